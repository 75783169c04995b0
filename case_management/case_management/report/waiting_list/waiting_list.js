{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Waiting List"] = {
	filters: [
		case_reports.program(),
		{
			fieldname: "urgency",
			label: __("Urgency"),
			fieldtype: "Select",
			options: ["", "Emergency", "Urgent", "Soon", "Routine"].map((value) => ({
				value,
				label: __(value),
			})),
		},
	],
};
