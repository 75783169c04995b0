{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Children Without Assessment or Plan"] = {
	filters: [
		case_reports.program(),
	],
};
