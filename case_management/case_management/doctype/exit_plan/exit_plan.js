{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Exit Plan", {
	locked: ["Agreed", "Completed"],
	actions: [
		...case_actions.share_and_agree("Agreed"),
		{
			label: __("Give to Client"),
			method: "give_to_client",
			from: ["Agreed", "Completed"],
			primary: true,
			show: (frm) => !frm.doc.given_on,
			fields: [case_actions.date("on", __("Printed Plan Given on"), { reqd: 1 })],
		},
		case_actions.revise("Exit Plan", "exit_plan"),
	],
});
