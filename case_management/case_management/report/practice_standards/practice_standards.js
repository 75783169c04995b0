{% include "case_management/public/js/report_filters.js" %}

frappe.query_reports["Practice Standards"] = {
	filters: [
		...case_reports.three_months(),
		case_reports.program(),
		{
			fieldname: "area",
			label: __("Area"),
			fieldtype: "Select",
			options: [
				"",
				"Entry and Screening",
				"Assessment",
				"Planning",
				"Direct Service",
				"Co-ordination",
				"Monitoring and Review",
				"Exit and Follow-up",
				"Evaluation",
				"Record Keeping",
			],
		},
	],
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (!data) return shown;
		if (column.fieldname === "gaps" && value && this.opens_gaps()) {
			return `<a href="#" style="text-decoration: underline" onclick="frappe.query_reports['Practice Standards'].open_gaps('${encodeURIComponent(
				data.standard
			)}'); return false;">${shown}</a>`;
		}
		if (column.fieldname === "result" && value) {
			const colours = { [__("On target")]: "green", [__("Below target")]: "red" };
			return `<span class="indicator-pill ${colours[value] || "gray"}">${shown}</span>`;
		}
		return shown;
	},
	// Counts are for all; the records behind them only for who works with them.
	opens_gaps() {
		return frappe.user.has_role(["Case Manager Lead", "Case Worker", "Case Management Admin"]);
	},
	open_gaps(standard) {
		const chosen = frappe.query_report.get_filter_values();
		frappe.set_route("query-report", "Practice Standard Gaps", {
			standard: decodeURIComponent(standard),
			from_date: chosen.from_date,
			to_date: chosen.to_date,
			program: chosen.program,
		});
	},
};
