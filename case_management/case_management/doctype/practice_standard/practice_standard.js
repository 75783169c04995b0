frappe.ui.form.on("Practice Standard", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.check_name) {
			frm.set_intro(__("Not counted by the system: collect its evidence by hand."), "blue");
			return;
		}
		frm.add_custom_button(__("The Board"), () => {
			frappe.set_route("query-report", "Practice Standards");
		});
		frm.add_custom_button(__("Gaps"), () => {
			frappe.set_route("query-report", "Practice Standard Gaps", { standard: frm.doc.name });
		});
	},
});
