{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Sensitive Rating");

frappe.ui.form.on("Sensitive Rating", {
	setup(frm) {
		frm.set_query("domain", () => ({ filters: { sensitive: 1, enabled: 1 } }));
	},
	async refresh(frm) {
		if (frm.is_new() || !frm.doc.assessment) return;
		const { message } = await frappe.db.get_value("Client Assessment", frm.doc.assessment, "status");
		if (message && !["Draft", "With Client"].includes(message.status)) frm.disable_form();
	},
});
