// Plans whose review is overdue stand out.
frappe.listview_settings["Support Plan"] = {
	add_fields: ["status"],
	formatters: {
		review_due(value, df, doc) {
			if (!value) return "";
			const overdue = doc.status === "Active" && value < frappe.datetime.system_datetime().slice(0, 10);
			const text = frappe.datetime.str_to_user(value);
			return overdue
				? `<span class="text-danger font-weight-bold" title="${__("Overdue")}">${text}</span>`
				: text;
		},
	},
};
