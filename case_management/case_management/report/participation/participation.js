{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Participation"] = {
	filters: [
		...case_reports.three_months(),
		case_reports.program(),
	],
};
