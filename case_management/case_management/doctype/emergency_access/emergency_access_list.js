frappe.listview_settings["Emergency Access"] = {
	add_fields: ["expires_on", "looked_at_on"],
	filters: [["Emergency Access", "looked_at_on", "is", "not set"]],
	get_indicator(doc) {
		if (doc.expires_on > frappe.datetime.system_datetime()) return [__("Running"), "red"];
		return doc.looked_at_on
			? [__("Looked at"), "gray", "looked_at_on,is,set"]
			: [__("To Look at"), "orange", "looked_at_on,is,not set"];
	},
};
