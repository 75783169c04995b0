// Filters that many reports share; a report's script includes this file.
frappe.provide("case_reports");

case_reports.program = () => ({
	fieldname: "program",
	label: __("Program"),
	fieldtype: "Link",
	options: "Support Program",
});

// Today on the site's calendar, by which the server counts: neither the browser's nor that of the user's own time zone.
case_reports.today = () => frappe.datetime.system_datetime().slice(0, 10);
case_reports.month_start = () => `${case_reports.today().slice(0, 8)}01`;

// The days from and to which a report counts: until today, from `start` on.
case_reports.period = (start) => [
	{ fieldname: "from_date", label: __("From"), fieldtype: "Date", default: start, reqd: 1 },
	{
		fieldname: "to_date",
		label: __("Until"),
		fieldtype: "Date",
		default: case_reports.today(),
		reqd: 1,
	},
];

case_reports.this_month = () => case_reports.period(case_reports.month_start());
case_reports.three_months = () =>
	case_reports.period(frappe.datetime.add_months(case_reports.today(), -3));
