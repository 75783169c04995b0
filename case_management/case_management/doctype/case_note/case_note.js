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
		ask_for_reasons(frm);
		if (frm.is_new() || !frm.doc.locked) return;
		frm.disable_form();
		frm.dashboard.set_headline_alert(
			__("This note is locked; what is to be added goes into an addendum."),
			"blue"
		);
	},
	kind: (frm) => ask_for_reasons(frm),
	intrusiveness: (frm) => ask_for_reasons(frm),
});

// Support that reaches far has a reason, and a less intrusive option was considered; information has a topic.
function ask_for_reasons(frm) {
	const reaches_far = cint((frm.doc.intrusiveness || "").slice(0, 1)) >= 3;
	frm.toggle_reqd(["intrusiveness_reason", "less_intrusive_considered"], reaches_far);
	frm.toggle_reqd("information_topic", frm.doc.kind === "Information Given");
}
