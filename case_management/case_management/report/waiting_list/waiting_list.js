frappe.query_reports["Waiting List"] = {
	filters: [
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Support Program" },
		{
			fieldname: "urgency",
			label: __("Urgency"),
			fieldtype: "Select",
			options: ["", "Emergency", "Urgent", "Soon", "Routine"].map((value) => ({
				value,
				label: __(value),
			})),
		},
	],
};
