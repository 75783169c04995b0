frappe.query_reports["Meeting Attendance"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -3),
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
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("All") },
				{ value: "Case Management", label: __("Case Management") },
				{ value: "Review", label: __("Review") },
				{ value: "Coordination", label: __("Coordination") },
			],
		},
		{ fieldname: "by_reason", label: __("By Reason Missed"), fieldtype: "Check" },
	],
};
