// A risk that goes on stands out, before the status.
frappe.listview_settings["Critical Incident"] = {
	add_fields: ["status", "ongoing_risk"],
	has_indicator_for_draft: 1,
	get_indicator(doc) {
		if (doc.ongoing_risk) return [__("The Risk Goes on"), "red", "ongoing_risk,=,1"];
		return [
			__(doc.status),
			doc.status === "Open" ? "orange" : "gray",
			`status,=,${doc.status}|ongoing_risk,=,0`,
		];
	},
};
