{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Meeting Attendance"] = {
	filters: [
		...case_reports.three_months(),
		case_reports.program(),
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
