{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Response Times"] = {
	filters: [
		...case_reports.this_month(),
		case_reports.program(),
	],
};
