{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Turn-aways"] = {
	filters: [
		...case_reports.this_month(),
		case_reports.program(),
	],
};
