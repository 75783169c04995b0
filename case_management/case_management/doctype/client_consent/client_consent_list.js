frappe.listview_settings["Client Consent"] = {
	add_fields: ["given_on", "expires_on", "withdrawn_on"],
	get_indicator(doc) {
		const today = frappe.datetime.system_datetime().slice(0, 10);
		if (doc.withdrawn_on) return [__("Withdrawn"), "gray", "withdrawn_on,is,set"];
		if (doc.expires_on && doc.expires_on < today) {
			return [__("Expired"), "orange", `withdrawn_on,is,not set|expires_on,<,${today}`];
		}
		return [__("Live"), "green", "withdrawn_on,is,not set"];
	},
};
