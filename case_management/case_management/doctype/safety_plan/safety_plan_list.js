// Which plan is in force, and whether its review is overdue.
frappe.listview_settings["Safety Plan"] = {
	add_fields: ["is_current", "review_due"],
	get_indicator(doc) {
		const today = frappe.datetime.system_datetime().slice(0, 10);
		if (!doc.is_current) return [__("Replaced"), "gray", "is_current,=,0"];
		if (doc.review_due && doc.review_due < today) {
			return [__("Review Overdue"), "orange", `is_current,=,1|review_due,<,${today}`];
		}
		return [__("Current"), "green", "is_current,=,1"];
	},
};
