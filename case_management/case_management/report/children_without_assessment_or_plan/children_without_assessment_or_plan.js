frappe.query_reports["Children Without Assessment or Plan"] = {
	filters: [
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Support Program" },
	],
};
