// A meeting that is past and still Scheduled stands out: nobody has said whether it was held or missed.
frappe.listview_settings["Case Meeting"] = {
	add_fields: ["status"],
	formatters: {
		scheduled_on(value, df, doc) {
			if (!value) return "";
			const overdue = doc.status === "Scheduled" && value < frappe.datetime.system_datetime().slice(0, 10);
			// Without the seconds, so that the column holds it.
			const text = frappe.datetime.str_to_user(value).replace(/:[0-9]{2}$/, "");
			return overdue
				? `<span class="text-danger font-weight-bold" title="${__("Overdue")}">${text}</span>`
				: text;
		},
	},
};
