frappe.query_reports["Client Outcomes"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("Until"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Support Program" },
		{
			fieldname: "rated_by",
			label: __("Rated by"),
			fieldtype: "Select",
			options: [
				{ value: "Client", label: __("The Client") },
				{ value: "Worker", label: __("The Worker") },
			],
			default: "Client",
		},
	],
};
