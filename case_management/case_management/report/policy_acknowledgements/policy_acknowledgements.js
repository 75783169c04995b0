frappe.query_reports["Policy Acknowledgements"] = {
	filters: [
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: [
				"",
				"Rights and Responsibilities",
				"Privacy",
				"Record Keeping",
				"Complaints",
				"Incidents",
				"Conflict of Interest",
				"Code of Ethics",
				"Other",
			].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "user", label: __("Staff Member"), fieldtype: "Link", options: "User" },
		{ fieldname: "show_all", label: __("Also Who Has"), fieldtype: "Check" },
	],
};
