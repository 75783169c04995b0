frappe.listview_settings["Service Policy"] = {
	add_fields: ["is_current", "review_due"],
	get_indicator(doc) {
		const today = frappe.datetime.system_datetime().slice(0, 10);
		if (!doc.is_current) return [__("Not Current"), "gray", "is_current,=,0"];
		if (doc.review_due && doc.review_due < today) {
			return [__("Review Overdue"), "red", `is_current,=,1|review_due,<,${today}`];
		}
		return [__("Current"), "green", "is_current,=,1"];
	},
};
