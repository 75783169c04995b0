// Incidents whose risk goes on stand out.
frappe.listview_settings["Critical Incident"] = {
	add_fields: ["status", "ongoing_risk"],
	formatters: {
		occurred_on(value, df, doc) {
			if (!value) return "";
			// Without the seconds, so that the column holds it.
			const text = frappe.datetime.str_to_user(value).replace(/:[0-9]{2}$/, "");
			return doc.ongoing_risk
				? `<span class="text-danger font-weight-bold" title="${__("The Risk Goes on")}">${text}</span>`
				: text;
		},
	},
};
