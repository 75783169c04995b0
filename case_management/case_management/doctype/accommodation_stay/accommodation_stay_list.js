// Where a client lives now stands out.
frappe.listview_settings["Accommodation Stay"] = {
	add_fields: ["to_date", "provided_by_program", "is_independent"],
	get_indicator(doc) {
		if (doc.to_date) return [__("Left"), "gray", "to_date,is,set"];
		if (doc.is_independent) return [__("Own Home"), "green", "to_date,is,not set|is_independent,=,1"];
		return [__("Lives There"), "blue", "to_date,is,not set"];
	},
};
