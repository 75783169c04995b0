{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Support Intrusiveness"] = {
	filters: [
		...case_reports.three_months(),
		case_reports.program(),
	],
};
