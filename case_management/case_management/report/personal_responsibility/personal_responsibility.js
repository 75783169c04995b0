{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Personal Responsibility"] = {
	filters: [
		...case_reports.period(frappe.datetime.add_months(case_reports.today(), -12)),
		case_reports.program(),
	],
};
