// The questions, one below the other, as large buttons to choose from; Frappe's form has no field for rows like these.
frappe.ready(() => {
	const form = frappe.web_form;
	if (!form || !form.fields_dict || !form.fields_dict.questions) return;
	const wrapper = form.fields_dict.questions.$wrapper;

	const text = (value) => frappe.utils.escape_html(String(value));

	const get_choices = (question) => {
		if (question.answer_kind === "Yes or No") return ["Yes", "No"].map((value) => [value, __(value)]);
		return ["1", "2", "3", "4", "5"].map((value) => [value, value]);
	};

	const get_control = (question) => {
		const name = text(question.name);
		if (question.answer_kind === "Text") {
			return `<textarea class="form-control" rows="3" data-question="${name}" aria-label="${text(
				question.question
			)}"></textarea>`;
		}
		const scale = question.answer_kind === "Rating 1 to 5";
		const buttons = get_choices(question).map(
			([value, label]) =>
				`<label class="btn btn-default mr-2 px-3 mb-1"><input type="radio" class="mr-1" name="${name}"
					data-question="${name}" value="${value}"> ${text(label)}</label>`
		);
		const ends = scale ? `<div class="text-muted small">${__("1: not at all. 5: very much.")}</div>` : "";
		return buttons.join("") + ends;
	};

	const show = () => {
		const questions = (form.questions || {})[form.get_value("kind") || "During Support"] || [];
		wrapper.html(
			questions
				.map(
					(question) => `<fieldset class="mb-4"><legend class="h6">${text(
						__(question.question)
					)}</legend>${get_control(question)}</fieldset>`
				)
				.join("")
		);
		return questions;
	};

	const collect = (questions) =>
		questions
			.map((question) => {
				const controls = wrapper.find("[data-question]").filter(function () {
					return this.dataset.question === question.name;
				});
				const value =
					question.answer_kind === "Text" ? controls.val() : controls.filter(":checked").val();
				const field = { "Rating 1 to 5": "rating", "Yes or No": "yes_no", Text: "answer" };
				return value && { question: question.name, [field[question.answer_kind]]: value };
			})
			.filter(Boolean);

	let questions = show();
	form.on("kind", () => (questions = show()));
	form.validate = () => {
		form.doc.answers = collect(questions);
		return true;
	};
});
