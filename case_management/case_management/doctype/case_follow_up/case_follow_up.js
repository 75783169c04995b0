{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Case Follow Up", {
	locked: ["Done", "Cancelled"],
	actions: [
		{
			label: __("Record Outcome"),
			method: "record_done",
			from: ["Due", "Not Reached"],
			to: "Done",
			primary: true,
			fields: (frm) => [
				{ fieldname: "outcome", label: __("How Things Are"), fieldtype: "Small Text", reqd: 1 },
				case_actions.date("on", __("Date of Contact"), { reqd: 1 }),
				{
					fieldname: "achievements_kept",
					label: __("Achievements Kept"),
					fieldtype: "Select",
					options: case_actions.options(frm, "achievements_kept"),
				},
				{ fieldname: "needs_support_again", label: __("Needs Support Again"), fieldtype: "Check" },
			],
		},
		{
			label: __("Not Reached"),
			method: "not_reached",
			from: ["Due"],
			to: "Not Reached",
			fields: [
				{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
				case_actions.date("on", __("Tried on"), { reqd: 1 }),
			],
		},
		{
			label: __("Cancel Follow-up"),
			method: "cancel",
			from: ["Due", "Not Reached"],
			to: "Cancelled",
			fields: [case_actions.reason()],
		},
	],
});
