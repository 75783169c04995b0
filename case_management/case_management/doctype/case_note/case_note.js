{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Case Note", {
	actions: [
		{
			label: __("Add Addendum"),
			method: "add_addendum",
			fields: [{ fieldname: "text", label: __("What Is Added"), fieldtype: "Text", reqd: 1 }],
		},
	],
});

frappe.ui.form.on("Case Note", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.locked) return;
		frm.disable_form();
		frm.dashboard.set_headline_alert(
			__("This note is locked; what is to be added goes into an addendum."),
			"blue"
		);
	},
});
