{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Client");

frappe.ui.form.on("Client", {
	setup(frm) {
		// An intake finds its client when it is accepted; a case comes from there, too.
		frm.can_make_methods = { "Client Intake": () => false };
		frm.set_query("related_client", "relationships", () => ({ filters: { name: ["!=", frm.docname] } }));
	},
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("Conflict Declaration")) return;
		const client = { client: frm.docname };
		frm.add_custom_button(
			__("Declare a Conflict"),
			() => frappe.new_doc("Conflict Declaration", client),
			__("Access")
		);
		frm.add_custom_button(
			__("Conflicts Declared"),
			() => frappe.set_route("List", "Conflict Declaration", client),
			__("Access")
		);
	},
});
