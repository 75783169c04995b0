{% include "case_management/public/js/case_actions.js" %}
{% include "case_management/public/js/case_overview.js" %}

const step_choice = (frm) => ({
	fieldname: "step_row",
	label: __("Step"),
	fieldtype: "Select",
	reqd: 1,
	options: get_open_steps(frm).map((row) => ({ value: row.name, label: row.step })),
});
const get_open_steps = (frm) => (frm.doc.steps || []).filter((row) => row.status === "Open");

case_actions.setup("Support Goal", {
	actions: [
		{ label: __("Begin"), method: "begin", from: ["Proposed", "Deferred"], to: "Active" },
		{ label: __("Resume"), method: "resume", from: ["On Hold", "Stopped"], to: "Active" },
		{
			label: __("Achieved"),
			method: "achieve",
			from: ["Active", "On Hold"],
			to: "Achieved",
			primary: true,
			fields: [
				case_actions.date("on", __("Achieved on"), { reqd: 1 }),
				case_actions.code("achievement_level", __("Achievement Level"), "Goal Achievement Level"),
				{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("Add Step"),
			method: "add_step",
			from: ["Proposed", "Active", "On Hold", "Sustaining"],
			group: __("Steps"),
			fields: [
				{ fieldname: "step", label: __("Step"), fieldtype: "Small Text", reqd: 1 },
				{
					fieldname: "responsible",
					label: __("Who"),
					fieldtype: "Select",
					reqd: 1,
					options: ["", "Client", "Worker", "Together", "Agency", "Support Person"].map((value) => ({
						value,
						label: __(value),
					})),
				},
				case_actions.user("responsible_user", __("Worker"), {
					depends_on: "eval:['Worker', 'Together'].includes(doc.responsible)",
				}),
				{ fieldname: "due_on", label: __("By"), fieldtype: "Date" },
			],
		},
		{
			label: __("Complete Step"),
			method: "complete_step",
			group: __("Steps"),
			show: (frm) => get_open_steps(frm).length > 0,
			fields: (frm) => [step_choice(frm), case_actions.date("on", __("Done on"), { reqd: 1 })],
		},
		{
			label: __("Drop Step"),
			method: "drop_step",
			group: __("Steps"),
			show: (frm) => get_open_steps(frm).length > 0,
			fields: (frm) => [step_choice(frm)],
		},
		{
			label: __("Goal That Follows"),
			method: "follow_on",
			from: ["Achieved", "Sustaining"],
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
					options: case_actions.options(frm, "horizon"),
					default: frm.doc.horizon,
				},
			],
			done: (answer) => case_actions.made("Support Goal", answer.goal),
		},
		{
			label: __("Sustain"),
			method: "sustain",
			from: ["Active", "Achieved"],
			to: "Sustaining",
			group: __("Status"),
			fields: [{ fieldname: "note", label: __("How It Is Kept"), fieldtype: "Small Text" }],
		},
		{
			label: __("Put on Hold"),
			method: "put_on_hold",
			from: ["Active"],
			to: "On Hold",
			group: __("Status"),
			fields: [case_actions.reason()],
		},
		{
			label: __("Defer"),
			method: "defer",
			from: ["Proposed", "Active", "On Hold"],
			to: "Deferred",
			group: __("Status"),
			fields: [
				case_actions.code("reason_code", __("Why It Waits"), "Reason a Goal Waits", { reqd: 1 }),
				{ fieldname: "reason", label: __("Note"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("Stop"),
			method: "stop",
			from: ["Proposed", "Active", "On Hold", "Sustaining", "Deferred"],
			to: "Stopped",
			group: __("Status"),
			fields: [case_actions.reason()],
		},
	],
});

frappe.ui.form.on("Support Goal", {
	refresh(frm) {
		frm.layout.wrapper.find(".goal-history").remove();
		const { history, drawing } = frm.doc.__onload || {};
		if (frm.is_new() || !(history || []).length) return;
		$(`<div class="goal-history w-100 px-3 mb-4">${drawing || ""}${case_overview.get_table(history)}</div>`).appendTo(
			frm.fields_dict.client_rating.$wrapper.closest(".form-section")
		);
	},
});
