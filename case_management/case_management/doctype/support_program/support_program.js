frappe.ui.form.on("Support Program", {
	setup(frm) {
		const of_kind = (for_whom) => () => ({ filters: { for_whom, enabled: 1 } });
		frm.set_query("assessment_template", of_kind("Adult"));
		frm.set_query("child_assessment_template", of_kind("Child"));
		for (const field of ["lead", "deputy_lead"]) {
			frm.set_query(field, () => ({ filters: { enabled: 1, user_type: "System User" } }));
		}
	},
	refresh(frm) {
		frm.toggle_display("stages_section", frm.doc.program_type === "Residential");
	},
	program_type: (frm) => frm.trigger("refresh"),
});
