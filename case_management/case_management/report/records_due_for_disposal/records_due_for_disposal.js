// One record at a time is disposed of, and asked about: it cannot be undone.
frappe.query_reports["Records Due for Disposal"] = {
	filters: [],
	get_datatable_options: (options) => ({ ...options, checkboxColumn: true }),
	onload(report) {
		report.page.add_inner_button(__("Dispose of What Is Ticked"), () => dispose(report));
	},
};

function dispose(report) {
	const ticked = report.datatable.rowmanager.getCheckedRows().map((index) => report.data[index]);
	if (!ticked.length) return frappe.msgprint(__("Tick the records first."));
	const codes = ticked.map((row) => frappe.utils.escape_html(row.code)).join(", ");
	frappe.confirm(
		__("Everything about {0} is deleted for good, with every trace. Go on?", [codes]),
		async () => {
			for (const row of ticked) {
				const of_client = row.kind === "Client";
				await frappe.xcall(
					`case_management.case_management.keeping.disposal.${of_client ? "dispose" : "dispose_intake"}`,
					of_client ? { client: row.code } : { intake: row.code }
				);
			}
			frappe.show_alert({ message: __("Disposed of: {0}", [codes]), indicator: "green" });
			report.refresh();
		}
	);
}
