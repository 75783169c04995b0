{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Practice Standard Gaps"] = {
	filters: [
		{
			fieldname: "standard",
			label: __("Practice Standard"),
			fieldtype: "Link",
			options: "Practice Standard",
			get_query: () => ({ filters: { enabled: 1, check_name: ["is", "set"] } }),
		},
		...case_reports.three_months(),
		case_reports.program(),
	],
};
