{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Client Outcomes"] = {
	filters: [
		...case_reports.period(frappe.datetime.add_months(case_reports.today(), -12)),
		case_reports.program(),
		{
			fieldname: "rated_by",
			label: __("Rated by"),
			fieldtype: "Select",
			options: [
				{ value: "Client", label: __("The Client") },
				{ value: "Worker", label: __("The Worker") },
			],
			default: "Client",
		},
	],
};
