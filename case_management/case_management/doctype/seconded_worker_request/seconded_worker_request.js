{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Seconded Worker Request", {
	locked: ["Ended", "Not Met", "Withdrawn"],
	actions: [
		{
			label: __("Give a Worker"),
			method: "give",
			from: ["Requested"],
			to: "Given",
			primary: true,
			fields: (frm) => [
				{
					...case_actions.user("user", __("Worker"), { reqd: 1 }),
					description: __("A user with the role Seconded Case Worker."),
				},
				{
					fieldname: "agency",
					label: __("From Agency"),
					fieldtype: "Link",
					options: "External Agency",
					default: frm.doc.agency,
					reqd: 1,
				},
				case_actions.date("on", __("Answered on"), { reqd: 1 }),
				{ fieldtype: "Column Break" },
				case_actions.date("from_date", __("From"), { reqd: 1 }),
				ask_last_day(),
				{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("Record as Not Met"),
			method: "not_met",
			from: ["Requested"],
			to: "Not Met",
			fields: [
				case_actions.code(
					"reason",
					__("Reason It Could Not Be Met"),
					"Reason Service Not Provided",
					{ reqd: 1 }
				),
				case_actions.date("on", __("Answered on"), { reqd: 1 }),
				{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
			],
			done: (answer) => case_actions.made("Unmet Need", answer.unmet_need),
		},
		{
			label: __("Withdraw"),
			method: "withdraw",
			from: ["Requested"],
			to: "Withdrawn",
			fields: [case_actions.reason(__("Reason Withdrawn"))],
		},
		{
			label: __("Change the Last Day"),
			method: "extend",
			from: ["Given"],
			fields: [
				ask_last_day(),
				{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("End"),
			method: "end",
			from: ["Given"],
			to: "Ended",
			fields: [
				case_actions.date("on", __("Last Day"), {
					default: "",
					description: __("Empty: access ends now."),
				}),
				{ fieldname: "note", label: __("About the End"), fieldtype: "Small Text" },
			],
		},
	],
});

function ask_last_day() {
	return {
		fieldname: "to_date",
		label: __("Until"),
		fieldtype: "Date",
		reqd: 1,
		description: __("The last day of access."),
	};
}

frappe.ui.form.on("Seconded Worker Request", {
	setup(frm) {
		frm.set_query("agency", () => ({ filters: { enabled: 1 } }));
	},
});
