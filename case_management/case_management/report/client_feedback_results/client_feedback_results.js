{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Client Feedback Results"] = {
	filters: [
		...case_reports.this_month(),
		case_reports.program(),
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "During Support", "At Exit", "After Exit"].map((value) => ({
				value,
				label: __(value),
			})),
		},
		{ fieldname: "answer_days", label: __("Answered Within (Days)"), fieldtype: "Int", default: 14 },
	],
};
