{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Services and Goals"] = {
	filters: [
		...case_reports.three_months(),
		case_reports.program(),
		{ fieldname: "only_without_goal", label: __("Only Where Something Serves No Goal"), fieldtype: "Check" },
	],
};
