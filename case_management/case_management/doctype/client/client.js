{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Client");

frappe.ui.form.on("Client", {
	setup(frm) {
		// An intake finds its client when it is accepted; a case comes from there, too.
		frm.can_make_methods = { "Client Intake": () => false };
		frm.set_query("related_client", "relationships", () => ({ filters: { name: ["!=", frm.docname] } }));
	},
});
