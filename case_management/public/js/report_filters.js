// Filters that many reports share; a report's script includes this file.
frappe.provide("case_reports");

case_reports.program = () => ({
	fieldname: "program",
	label: __("Program"),
	fieldtype: "Link",
	options: "Support Program",
});

// The days from and to which a report counts: until today, from `start` on.
case_reports.period = (start) => [
	{ fieldname: "from_date", label: __("From"), fieldtype: "Date", default: start, reqd: 1 },
	{
		fieldname: "to_date",
		label: __("Until"),
		fieldtype: "Date",
		default: frappe.datetime.get_today(),
		reqd: 1,
	},
];

case_reports.this_month = () => case_reports.period(frappe.datetime.month_start());
case_reports.three_months = () =>
	case_reports.period(frappe.datetime.add_months(frappe.datetime.get_today(), -3));
