{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Goals by Kind and Horizon"] = {
	filters: [
		...case_reports.three_months(),
		case_reports.program(),
		{
			fieldname: "group_by",
			label: __("By"),
			fieldtype: "Select",
			options: [
				{ value: "Kind", label: __("Kind") },
				{ value: "Life Domain", label: __("Life Domain") },
			],
			default: "Kind",
		},
	],
};
