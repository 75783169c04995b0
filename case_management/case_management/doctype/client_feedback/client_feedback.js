{% include "case_management/public/js/case_actions.js" %}

// What the client says, asked for in one dialog: the questions in their order, each as it is answered.
function ask_feedback(frm) {
	return [
		case_actions.date("given_on", __("Given on"), { reqd: 1 }),
		{
			fieldname: "channel",
			label: __("By"),
			fieldtype: "Select",
			options: case_actions.options(frm, "channel"),
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "nature",
			label: __("Nature"),
			fieldtype: "Select",
			options: case_actions.options(frm, "nature"),
		},
		case_actions.code("support", __("Support Given"), "Support Used"),
		{ fieldtype: "Section Break", label: __("Questions") },
		...(frm.doc.answers || []).map((row) => ask_question(frm, row)),
		{ fieldtype: "Section Break" },
		{ fieldname: "comments", label: __("In Their Words"), fieldtype: "Small Text" },
	];
}

function ask_question(frm, row) {
	const field = { fieldname: `question_${row.idx}`, label: __(row.question_text) };
	if (row.answer_kind === "Text") {
		return { ...field, fieldtype: "Small Text", default: row.answer };
	}
	const name = row.answer_kind === "Yes or No" ? "yes_no" : "rating";
	const docfield = frappe.meta.get_docfield("Client Feedback Answer", name);
	return {
		...field,
		fieldtype: "Select",
		default: row[name],
		description: name === "rating" ? __("1: not at all. 5: very much.") : "",
		options: (docfield.options || "")
			.split(String.fromCharCode(10))
			.map((value) => ({ value, label: __(value) })),
	};
}

const FIELDS = { "Rating 1 to 5": "rating", "Yes or No": "yes_no", Text: "answer" };

function get_feedback(values, frm) {
	const answers = (frm.doc.answers || [])
		.filter((row) => values[`question_${row.idx}`])
		.map((row) => ({ question: row.question, [FIELDS[row.answer_kind]]: values[`question_${row.idx}`] }));
	const { given_on, channel, nature, comments, support } = values;
	return { given_on, channel, nature, comments, answers, support_used: support ? [support] : [] };
}

const has_said_nothing = (frm) =>
	!frm.doc.anonymous && !["Given", "Given Without a Name"].includes(frm.doc.response);

function ask_response(label) {
	return [
		case_actions.date("on", label, { reqd: 1 }),
		{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
	];
}

case_actions.setup("Client Feedback", {
	actions: [
		{
			label: __("Record What They Say"),
			method: "record",
			from: ["New"],
			primary: true,
			show: has_said_nothing,
			fields: ask_feedback,
			values: get_feedback,
		},
		{
			label: __("Record Without Their Name"),
			method: "give_without_name",
			from: ["New"],
			show: has_said_nothing,
			fields: ask_feedback,
			values: get_feedback,
			done: () => __("It is recorded on its own, and nothing in it leads back here."),
		},
		{
			label: __("Declined"),
			method: "decline",
			from: ["New"],
			group: __("No Feedback"),
			show: (frm) => has_said_nothing(frm) && frm.doc.response !== "Declined",
			fields: ask_response(__("Declined on")),
		},
		{
			label: __("No Answer"),
			method: "no_answer",
			from: ["New"],
			group: __("No Feedback"),
			show: (frm) => has_said_nothing(frm) && frm.doc.response !== "No Answer",
			fields: ask_response(__("Asked the Last Time on")),
		},
		{
			label: __("Answer"),
			method: "reply",
			from: ["New"],
			to: "Answered",
			primary: true,
			show: (frm) => frm.doc.response === "Given",
			fields: [
				{ fieldname: "answer", label: __("Answer"), fieldtype: "Small Text", reqd: 1 },
				{
					fieldname: "what_changed",
					label: __("What Changed"),
					fieldtype: "Small Text",
					reqd: 1,
					description: __("What the service did because of it, or why nothing could be done."),
				},
				case_actions.date("on", __("Answered on"), { reqd: 1 }),
			],
		},
		{
			label: __("Client Was Told"),
			method: "tell_client",
			from: ["Answered"],
			primary: true,
			show: (frm) => !frm.doc.anonymous && !frm.doc.client_told_on,
			fields: [case_actions.date("on", __("Told on"), { reqd: 1 })],
		},
	],
	locked: ["Answered"],
});

frappe.ui.form.on("Client Feedback", {
	refresh(frm) {
		// The server asks the questions of the kind when the record is first saved.
		frm.toggle_display("questions_section", !frm.is_new());
		frm.toggle_display(["invitation_section", "client_name"], !frm.doc.anonymous);
		if (frm.doc.nature === "Complaint" && frm.doc.status === "New") {
			frm.dashboard.set_headline_alert(
				__("A complaint is also taken as a Record Request of the kind Complaint, which has a date to answer by."),
				"orange"
			);
		}
	},

	anonymous(frm) {
		frm.toggle_display(["invitation_section", "client_name"], !frm.doc.anonymous);
		if (!frm.doc.anonymous) return;
		for (const field of ["client", "client_name", "client_case", "invited_on", "invited_by", "response_note"]) {
			frm.set_value(field, null);
		}
		frm.clear_table("support_used");
		frm.refresh_field("support_used");
	},

	async client_case(frm) {
		if (!frm.doc.client_case) return;
		const { message } = await frappe.db.get_value("Client Case", frm.doc.client_case, "program");
		if (message && message.program) frm.set_value("program", message.program);
	},
});
