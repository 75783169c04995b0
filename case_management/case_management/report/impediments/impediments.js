{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Impediments"] = {
	filters: [
		...case_reports.period(frappe.datetime.add_months(case_reports.today(), -12)),
		case_reports.program(),
	],
};
