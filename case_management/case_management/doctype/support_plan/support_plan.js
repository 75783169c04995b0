{% include "case_management/public/js/case_actions.js" %}
{% include "case_management/public/js/case_overview.js" %}

function lines(text) {
	return (text || "")
		.split(String.fromCharCode(10))
		.map((line) => line.trim())
		.filter(Boolean);
}

// What the rows say, as suggestions; they are shown as text and not as HTML.
function get_choices(rows, field) {
	const texts = (rows || []).map((row) => row[field]).filter(Boolean);
	return texts.map((value) => ({ value, label: case_actions.text(value) }));
}

case_actions.setup("Support Plan", {
	locked: ["Active", "Completed", "Superseded"],
	actions: [
		...case_actions.approvals(),
		{
			label: __("Add Goal"),
			method: "add_goal",
			from: ["Draft", "With Client", "Active"],
			fields: (frm) => [
				{
					fieldname: "goal",
					label: __("Goal in the Client's Words"),
					fieldtype: "Small Text",
					reqd: 1,
				},
				{
					fieldname: "horizon",
					label: __("Horizon"),
					fieldtype: "Select",
					reqd: 1,
					options: ["Immediate", "Short", "Medium", "Long"].map((value) => ({
						value,
						label: __(value),
					})),
					default: "Short",
				},
				{
					fieldname: "set_by",
					label: __("Whose Words"),
					fieldtype: "Select",
					options: ["", "Client", "Together", "Worker"].map((value) => ({ value, label: __(value) })),
				},
				{
					fieldname: "domain",
					label: __("Life Domain"),
					fieldtype: "Link",
					options: "Assessment Domain",
				},
				{ fieldtype: "Column Break" },
				{
					fieldname: "idea",
					label: __("Ideas"),
					fieldtype: "Link",
					options: "Goal Idea",
					description: __("A suggestion to begin from; the words are the client's."),
					get_query: () => ({ filters: { enabled: 1 } }),
					onchange() {
						const dialog = cur_dialog;
						const idea = dialog.get_value("idea");
						if (!idea || dialog.get_value("goal")) return;
						frappe.db
							.get_value("Goal Idea", idea, "idea")
							.then(({ message }) => dialog.set_value("goal", message.idea));
					},
				},
				{
					fieldname: "steps",
					label: __("Steps"),
					fieldtype: "Small Text",
					description: __("One a line."),
				},
				{
					fieldname: "strategies",
					label: __("Strategies"),
					fieldtype: "Small Text",
					description: __("One a line."),
				},
				{
					fieldname: "strength",
					label: __("Strength It Builds on"),
					fieldtype: "Autocomplete",
					options: get_choices(frm.doc.strengths, "strength"),
					ignore_validation: 1,
					description: __("One of the assessment, or other words."),
				},
				{
					fieldname: "need",
					label: __("Assessed Need"),
					fieldtype: "Autocomplete",
					options: get_choices(frm.doc.needs, "need"),
					ignore_validation: 1,
				},
			],
			values: ({ idea, steps, strategies, ...values }) => ({
				...values,
				steps: lines(steps),
				strategies: lines(strategies),
			}),
			done: (answer) => case_actions.made("Support Goal", answer.goal),
		},
		...case_actions.share_and_agree("Active", {
			done: (answer) => __("The plan is Active, with {0} goals.", [(answer.goals || []).length]),
		}),
		{
			label: __("Revise"),
			method: "revise",
			from: ["Active"],
			fields: [
				case_actions.code("kind", __("What Changed"), "Plan Revision Reason", { reqd: 1 }),
				case_actions.reason(__("Reason of the Revision")),
			],
			done: (answer) => case_actions.made("Support Plan", answer.plan),
		},
		{
			label: __("Complete"),
			method: "complete",
			from: ["Active"],
			to: "Completed",
			fields: [case_actions.date("on", __("Completed on"), { reqd: 1 })],
		},
	],
});

frappe.ui.form.on("Support Plan", {
	refresh(frm) {
		case_overview.show(frm);
		frm.set_df_property("t_score", "hidden", !frm.doc.t_score);
	},
});
