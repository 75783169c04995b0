{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Exit Plan", {
	locked: ["Agreed", "Completed"],
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
			label: __("Give to Client"),
			method: "give_to_client",
			from: ["Agreed", "Completed"],
			primary: true,
			show: (frm) => !frm.doc.given_on,
			fields: [case_actions.date("on", __("Printed Plan Given on"), { reqd: 1 })],
		},
		{
			label: __("Revise"),
			method: "revise",
			from: ["Agreed"],
			fields: [case_actions.reason(__("Reason of the Revision"))],
			done: (answer) => case_actions.made("Exit Plan", answer.exit_plan),
		},
	],
});
