{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Case Management Activity"] = {
	filters: [
		...case_reports.this_month(),
		case_reports.program(),
	],
};
