frappe.listview_settings["Practice Standard"] = {
	add_fields: ["enabled", "check_name"],
	get_indicator(doc) {
		if (!doc.enabled) return [__("Not in Use"), "gray", "enabled,=,0"];
		if (!doc.check_name) return [__("Evidence by Hand"), "blue", "enabled,=,1|check_name,is,not set"];
		return [__("Counted"), "green", "enabled,=,1|check_name,is,set"];
	},
};
