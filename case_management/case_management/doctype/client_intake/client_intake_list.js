// Responses that are overdue stand out.
frappe.listview_settings["Client Intake"] = {
	add_fields: ["status", "responded_on"],
	formatters: {
		response_due(value, df, doc) {
			if (!value) return "";
			const overdue =
				["New", "Screening"].includes(doc.status) &&
				!doc.responded_on &&
				value < frappe.datetime.system_datetime();
			// Without the seconds, so that the column holds it.
			const text = frappe.datetime.str_to_user(value).replace(/:[0-9]{2}$/, "");
			return overdue
				? `<span class="text-danger font-weight-bold" title="${__("Overdue")}">${text}</span>`
				: text;
		},
	},
};
