{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["What Is Missing"] = {
	filters: [
		case_reports.program(),
		{ fieldname: "case_manager", label: __("Case Manager"), fieldtype: "Link", options: "User" },
		{
			fieldname: "missing",
			label: __("What Is Missing"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("All") },
				{ value: "Case Manager", label: __("Case Manager") },
				{ value: "Rights", label: __("Rights Statement") },
				{ value: "Assessment", label: __("Assessment") },
				{ value: "Plan", label: __("Plan") },
				{ value: "Goal", label: __("Goal for a Need") },
				{ value: "Step", label: __("Next Step") },
			],
		},
	],
};
