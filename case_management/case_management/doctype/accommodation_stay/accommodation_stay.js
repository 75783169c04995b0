{% include "case_management/public/js/case_actions.js" %}

const lives_there = (frm) => !frm.doc.to_date;

case_actions.setup("Accommodation Stay", {
	actions: [
		{
			label: __("Move Out"),
			method: "move_out",
			primary: true,
			show: lives_there,
			fields: [
				case_actions.date("on", __("Left on"), { reqd: 1 }),
				{ fieldname: "reason_left", label: __("Reason for Leaving"), fieldtype: "Small Text" },
				{
					fieldname: "household",
					label: __("Members of the Household Left Too"),
					fieldtype: "Check",
					description: __("Those who moved in on the same day."),
				},
			],
			done: (answer) =>
				[
					__("Left on {0}.", [frappe.datetime.str_to_user(answer.to_date)]),
					...(answer.household || []).map((name) => case_actions.made("Accommodation Stay", name)),
				].join(" "),
		},
		{
			label: __("Record for Household"),
			method: "record_for_household",
			show: lives_there,
			done: (answer) =>
				answer.stays.length
					? answer.stays
							.map((row) => case_actions.made("Accommodation Stay", row.stay))
							.join(" ")
					: __("No member of the household has a case."),
		},
	],
});

frappe.ui.form.on("Accommodation Stay", {
	setup: (frm) => frm.set_query("agency", () => ({ filters: { enabled: 1 } })),
	// A place of the program is not the client's own home.
	provided_by_program: (frm) => frm.doc.provided_by_program && frm.set_value("is_independent", 0),
	is_independent: (frm) => frm.doc.is_independent && frm.set_value("provided_by_program", 0),
});
