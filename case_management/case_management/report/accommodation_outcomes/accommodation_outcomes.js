{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Accommodation Outcomes"] = {
	filters: [
		...case_reports.this_month(),
		case_reports.program(),
	],
};
