{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Gaps and Extent of Need"] = {
	filters: [
		...case_reports.this_month(),
		case_reports.program(),
		{
			fieldname: "place",
			label: __("Place"),
			fieldtype: "Select",
			options: ["Program", "Locality", "Area of the Agency"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Program",
		},
		{
			fieldname: "period",
			label: __("Period"),
			fieldtype: "Select",
			options: ["", "Month", "Quarter", "Year"].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "still_unmet", label: __("Only What Is Still Unmet"), fieldtype: "Check" },
	],
};
