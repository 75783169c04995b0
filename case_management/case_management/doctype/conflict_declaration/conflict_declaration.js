{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Conflict Declaration", {
	actions: [
		{
			label: __("End the Declaration"),
			method: "end",
			show: (frm) => !frm.doc.ended_on && frappe.user.has_role("Case Manager Lead"),
			fields: [
				case_actions.date("on", __("Ended on"), { reqd: 1 }),
				case_actions.reason(__("Reason It Ended")),
			],
		},
	],
});

frappe.ui.form.on("Conflict Declaration", {
	setup(frm) {
		frm.set_query("user", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},
	refresh(frm) {
		if (!frm.is_new()) return;
		frm.set_intro(
			__("From the moment it is saved, the worker sees nothing of the client. Only the client's team leader ends it.")
		);
		if (!frm.doc.user && frm.doc.declared_by === "Worker") frm.set_value("user", frappe.session.user);
	},
	after_save(frm) {
		// Who has just lost sight of the client has no more to do with the declaration either.
		if (frm.doc.user === frappe.session.user) frappe.set_route("List", "Client");
	},
	declared_by(frm) {
		if (frm.is_new()) frm.set_value("user", frm.doc.declared_by === "Worker" ? frappe.session.user : "");
	},
});
