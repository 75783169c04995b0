{% include "case_management/public/js/case_actions.js" %}

// Who may read a policy acknowledges it, for nobody but themselves.
case_actions.setup("Service Policy", {
	actions: [
		{
			label: __("Acknowledge"),
			method: "acknowledge",
			needs: "read",
			show: (frm) =>
				frm.doc.is_current &&
				!(frm.doc.acknowledgements || []).some((row) => row.user === frappe.session.user),
			done: () => __("Thank you: it is recorded that you have read this version."),
		},
	],
});
