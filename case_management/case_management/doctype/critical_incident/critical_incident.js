{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Critical Incident", {
	locked: ["Closed"],
	actions: [
		...case_actions.approvals(),
		{
			label: __("The Risk Goes on"),
			method: "record_ongoing_risk",
			from: ["Open"],
			show: (frm) => !frm.doc.ongoing_risk,
			fields: ask_plan,
			done: say_risk,
		},
		{
			label: __("End the Risk"),
			method: "end_risk",
			from: ["Open"],
			show: (frm) => frm.doc.ongoing_risk,
			fields: [
				case_actions.date("on", __("Risk Ended on"), { reqd: 1 }),
				case_actions.reason(__("How the Risk Ended"), "note"),
			],
		},
		{
			label: __("Record the Report"),
			method: "report",
			from: ["Open"],
			show: (frm) => !frm.doc.reported_on,
			fields: [
				{ fieldname: "to", label: __("Reported to"), fieldtype: "Data", reqd: 1 },
				case_actions.date("on", __("Reported on"), { reqd: 1 }),
				{ fieldname: "reference", label: __("Reference"), fieldtype: "Data" },
			],
		},
		{
			label: __("Close"),
			method: "close",
			from: ["Open"],
			to: "Closed",
			show: (frm) => !frm.doc.ongoing_risk,
			fields: (frm) => [
				case_actions.date("on", __("Closed on"), { reqd: 1 }),
				...(frm.doc.follow_up && !frm.doc.follow_up_outcome ? [ask_outcome(frm)] : []),
				{ fieldname: "note", label: __("What Was Learned"), fieldtype: "Small Text" },
			],
		},
	],
});

function ask_outcome(frm) {
	return {
		...case_actions.reason(__("What Came of It"), "follow_up_outcome"),
		description: case_actions.text(frm.doc.follow_up),
	};
}

// Where the client has no current safety plan, its first words are asked for in the same dialog.
async function ask_plan(frm) {
	const plans = await frappe.db.get_list("Safety Plan", {
		filters: { client: frm.doc.client, is_current: 1 },
		limit: 1,
	});
	if (plans.length) return [];
	const text = (fieldname, label, options = {}) => ({
		fieldname,
		label,
		fieldtype: "Small Text",
		...options,
	});
	return [
		{
			fieldtype: "HTML",
			options: `<p>${__(
				"This client has no safety plan yet. A few words each will do for now, with the client where you can; the team leader is told at once."
			)}</p>`,
		},
		text("what_to_do", __("What to Do"), { reqd: 1 }),
		text("safe_places", __("Safe Places"), { reqd: 1 }),
		text("warning_signs", __("Warning Signs"), { reqd: 1 }),
		text("children_safety", __("Keeping the Children Safe")),
		{
			fieldname: "set_by",
			label: __("Whose Words"),
			fieldtype: "Select",
			options: ["", "Client", "Together", "Worker"].map((value) => ({ value, label: __(value) })),
		},
	];
}

function say_risk(answer) {
	return [
		case_actions.made("Safety Plan", answer.safety_plan),
		answer.lead_told_on && __("The team leader was told."),
	]
		.filter(Boolean)
		.join(" ");
}

frappe.ui.form.on("Critical Incident", {
	setup(frm) {
		frm.set_query("related_client", "people_at_risk", () => ({
			filters: { name: ["!=", frm.doc.client || ""] },
		}));
	},

	// A new incident is never held up: without a safety plan it is stored first, then the plan is asked for.
	async before_save(frm) {
		if (!frm.is_new() || !frm.doc.ongoing_risk || !frm.doc.client) return;
		if ((await ask_plan(frm)).length) {
			frm.doc.ongoing_risk = 0;
			frm.ask_for_plan = true;
			frm.asked_for_plan = false;
		}
	},

	refresh(frm) {
		if (!frm.ask_for_plan || frm.is_new() || frm.doc.ongoing_risk) return;
		frm.set_intro(
			__(
				"It is not recorded yet that the risk goes on, and no leader was told: use “The Risk Goes on”."
			),
			"red"
		);
	},

	after_save(frm) {
		if (!frm.ask_for_plan || frm.asked_for_plan) return;
		frm.asked_for_plan = true;
		case_actions.open(frm, {
			label: __("The Risk Goes on"),
			method: "record_ongoing_risk",
			fields: ask_plan,
			done: say_risk,
		});
	},
});
