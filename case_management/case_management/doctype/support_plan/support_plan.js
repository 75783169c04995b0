{% include "case_management/public/js/case_actions.js" %}

function lines(text) {
	return (text || "")
		.split(String.fromCharCode(10))
		.map((line) => line.trim())
		.filter(Boolean);
}

case_actions.setup("Support Plan", {
	locked: ["Active", "Completed", "Superseded"],
	actions: [
		{
			label: __("Add Goal"),
			method: "add_goal",
			from: ["Draft", "With Client", "Active"],
			fields: [
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
					options: ["Client", "Together", "Worker"].map((value) => ({ value, label: __(value) })),
					default: "Client",
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
			],
			values: ({ idea, steps, strategies, ...values }) => ({
				...values,
				steps: lines(steps),
				strategies: lines(strategies),
			}),
			done: (answer) => case_actions.made("Support Goal", answer.goal),
		},
		{ label: __("Share With Client"), method: "share_with_client", from: ["Draft"], to: "With Client" },
		{
			label: __("Record Agreement"),
			method: "agree",
			from: ["Draft", "With Client"],
			to: "Active",
			primary: true,
			fields: (frm) => case_actions.agreement(frm),
			done: (answer) => __("The plan is Active, with {0} goals.", [(answer.goals || []).length]),
		},
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
	refresh: (frm) => show_goals(frm),
});

// The case's goals as they stand now, under the plan: each with its status, in the client's words.
async function show_goals(frm) {
	frm.layout.wrapper.find(".case-goals").remove();
	if (frm.is_new() || !["Draft", "With Client", "Active"].includes(frm.doc.status)) return;
	await new Promise((resolve) => frappe.model.with_doctype("Support Goal", resolve));
	const goals = await frappe.db.get_list("Support Goal", {
		filters: { client_case: frm.doc.client_case, status: ["not in", ["Stopped"]] },
		fields: ["name", "goal", "status", "horizon"],
		order_by: "creation asc",
		limit: 50,
	});
	const colours = Object.fromEntries(
		(frappe.get_meta("Support Goal").states || []).map((row) => [row.title, row.color])
	);
	const rows = goals.map((goal) => {
		const cells = [
			case_actions.link("Support Goal", goal.name),
			case_actions.text(goal.goal),
			case_actions.text(__(goal.horizon)),
			case_actions.pill(__(goal.status), (colours[goal.status] || "gray").toLowerCase()),
		];
		return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
	});
	const empty = `<p class="text-muted">${__("No goals yet: add the first one with “Add Goal”.")}</p>`;
	const table = `<table class="table table-sm"><tbody>${rows.join("")}</tbody></table>`;
	const body = `<div class="case-goals w-100 px-3 mb-4"><div class="control-label mb-2">${__(
		"Goals of This Case"
	)}</div>
		${rows.length ? table : empty}</div>`;
	frm.layout.wrapper.find(".case-goals").remove();
	$(body).appendTo(frm.fields_dict.vision.$wrapper.closest(".form-section"));
}
