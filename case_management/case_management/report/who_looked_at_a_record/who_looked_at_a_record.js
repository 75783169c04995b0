{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Who Looked at a Record"] = {
	filters: [
		{ fieldname: "client", label: __("Client"), fieldtype: "Link", options: "Client" },
		{ fieldname: "user", label: __("Who"), fieldtype: "Link", options: "User" },
		{
			fieldname: "access_kind",
			label: __("How"),
			fieldtype: "Select",
			options: [
				"",
				"Opened",
				"Listed",
				"Printed",
				"Downloaded",
				"Exported",
				"Read by API",
				"Record Bundle",
				"Emergency Access",
				"Searched",
				"Shown as Match",
			].map((value) => ({ value, label: __(value) })),
		},
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: case_reports.month_start(),
		},
		{
			fieldname: "to_date",
			label: __("Until"),
			fieldtype: "Date",
			default: case_reports.today(),
		},
	],
};
