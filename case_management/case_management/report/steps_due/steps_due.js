{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Steps Due"] = {
	filters: [
		case_reports.program(),
		{ fieldname: "until", label: __("Due Until"), fieldtype: "Date" },
		{ fieldname: "user", label: __("Worker"), fieldtype: "Link", options: "User" },
		{
			fieldname: "responsible",
			label: __("Who"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("All") },
				{ value: "Client", label: __("Client") },
				{ value: "Worker", label: __("Worker") },
				{ value: "Together", label: __("Together") },
				{ value: "Agency", label: __("Agency") },
				{ value: "Support Person", label: __("Support Person") },
				{ value: "Not Said", label: __("Not Said") },
			],
		},
		{ fieldname: "only_overdue", label: __("Only Overdue"), fieldtype: "Check" },
	],
};
