{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Client Assessment", {
	locked: ["Agreed", "Superseded"],
	actions: [
		{ label: __("Share With Client"), method: "share_with_client", from: ["Draft"], to: "With Client" },
		{
			label: __("Record Agreement"),
			method: "agree",
			from: ["Draft", "With Client"],
			to: "Agreed",
			primary: true,
			fields: (frm) => case_actions.agreement(frm),
		},
		{
			label: __("Make Plan"),
			method: "make_plan",
			from: ["Agreed"],
			primary: true,
			done: (answer) => case_actions.made("Support Plan", answer.plan),
		},
		{
			label: __("Revise"),
			method: "revise",
			from: ["Agreed"],
			fields: [case_actions.reason(__("Reason of the Revision"))],
			done: (answer) => case_actions.made("Client Assessment", answer.assessment),
		},
	],
});

frappe.ui.form.on("Client Assessment", {
	setup(frm) {
		frm.set_query("template", () => ({ filters: { enabled: 1 } }));
		frm.set_query("domain", "domains", () => ({ filters: { enabled: 1 } }));
	},
});
