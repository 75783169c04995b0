// Responses that are overdue stand out.
frappe.listview_settings["Client Intake"] = {
	add_fields: ["status", "responded_on"],
	formatters: {
		response_due(value, df, doc) {
			if (!value) return "";
			const overdue =
				["New", "Screening"].includes(doc.status) &&
				!doc.responded_on &&
				value < frappe.datetime.now_datetime();
			const text = frappe.datetime.str_to_user(value);
			return overdue
				? `<span class="text-danger font-weight-bold" title="${__("Overdue")}">${text}</span>`
				: text;
		},
	},
};
