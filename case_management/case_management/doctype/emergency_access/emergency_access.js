{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Emergency Access", {
	actions: [
		{
			label: __("Looked at"),
			method: "look_at",
			primary: true,
			show: (frm) =>
				!frm.doc.looked_at_on &&
				frm.doc.user !== frappe.session.user &&
				frappe.user.has_role("Case Manager Lead"),
			fields: (frm) => [
				{
					fieldname: "justified",
					label: __("Justified"),
					fieldtype: "Select",
					reqd: 1,
					options: case_actions.options(frm, "justified"),
				},
				{ fieldname: "note", label: __("What Was Found"), fieldtype: "Small Text", reqd: 1 },
			],
		},
	],
});
