frappe.query_reports["Client Feedback Results"] = {
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
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "During Support", "At Exit", "After Exit"].map((value) => ({
				value,
				label: __(value),
			})),
		},
		{ fieldname: "answer_days", label: __("Answered Within (Days)"), fieldtype: "Int", default: 14 },
	],
};
