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
		show_places(frm);
	},
	program_type: (frm) => frm.trigger("refresh"),
});

// How full the program is, and who waits.
function show_places(frm) {
	const places = (frm.doc.__onload || {}).places;
	if (!places || frm.is_new()) return;
	const taken = places.capacity
		? __("Places taken: {0} of {1}.", [places.taken, places.capacity])
		: __("Places taken: {0}; there is no limit.", [places.taken]);
	const waiting = __("People waiting: {0}.", [places.waiting]);
	frm.dashboard.set_headline_alert(`${taken} ${waiting}`, places.free === 0 ? "orange" : "blue");
	frm.add_custom_button(__("Waiting List"), () =>
		frappe.set_route("query-report", "Waiting List", { program: frm.doc.name })
	);
}
