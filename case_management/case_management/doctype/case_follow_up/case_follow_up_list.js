// Follow-ups that are overdue stand out.
frappe.listview_settings["Case Follow Up"] = {
	add_fields: ["status"],
	formatters: {
		due_on(value, df, doc) {
			if (!value) return "";
			const overdue = doc.status === "Due" && value < frappe.datetime.system_datetime().slice(0, 10);
			const text = frappe.datetime.str_to_user(value);
			return overdue
				? `<span class="text-danger font-weight-bold" title="${__("Overdue")}">${text}</span>`
				: text;
		},
	},
};
