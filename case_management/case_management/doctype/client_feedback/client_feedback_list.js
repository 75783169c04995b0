// Who was asked and has not answered, and what waits for an answer of the service, are told apart.
frappe.listview_settings["Client Feedback"] = {
	add_fields: ["status", "response"],
	get_indicator(doc) {
		if (doc.status === "Answered") return [__("Answered"), "green", "status,=,Answered"];
		if (doc.response === "Given") {
			return [__("To Be Answered"), "orange", "status,=,New|response,=,Given"];
		}
		if (!doc.response) return [__("To Be Asked"), "blue", "response,is,not set"];
		return [__(doc.response), "gray", `response,=,${doc.response}`];
	},
};
