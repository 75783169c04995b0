frappe.query_reports["Gaps and Extent of Need"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.month_start(),
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
			fieldname: "place",
			label: __("Place"),
			fieldtype: "Select",
			options: ["Program", "Locality", "Area of the Agency"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Program",
		},
		{
			fieldname: "period",
			label: __("Period"),
			fieldtype: "Select",
			options: ["", "Month", "Quarter", "Year"].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "still_unmet", label: __("Only What Is Still Unmet"), fieldtype: "Check" },
	],
};
