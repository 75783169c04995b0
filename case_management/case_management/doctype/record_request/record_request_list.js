frappe.listview_settings["Record Request"] = {
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		const today = frappe.datetime.system_datetime().slice(0, 10);
		if (doc.status === "Received" && doc.due_on < today) {
			return [__("Overdue"), "red", `status,=,Received|due_on,<,${today}`];
		}
		const colour = { Received: "orange", Decided: "blue", Completed: "green" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
