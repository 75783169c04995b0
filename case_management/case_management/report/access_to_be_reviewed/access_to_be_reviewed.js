// One row at a time: a declaration is ended, an emergency access looked at, or somebody is put on the list of a restricted client.
frappe.query_reports["Access to Be Reviewed"] = {
	filters: [],
	get_datatable_options: (options) => ({ ...options, checkboxColumn: true }),
	onload(report) {
		report.page.add_inner_button(__("End the Declaration"), () => end_declaration(report));
		report.page.add_inner_button(__("Look at the Emergency Access"), () => look_at(report));
		report.page.add_inner_button(__("Add Somebody to the Access List"), () => add_to_list(report));
	},
};

const REASON = { fieldname: "reason", label: __("Reason"), fieldtype: "Small Text", reqd: 1 };

// The ticked row of a kind; anything else is said.
function get_ticked(report, kind) {
	const ticked = report.datatable.rowmanager.getCheckedRows().map((index) => report.data[index]);
	if (ticked.length === 1 && ticked[0].kind === kind) return ticked[0].code;
	frappe.msgprint(__("Tick one row of the kind {0} first.", [__(kind)]));
	return null;
}

function end_declaration(report) {
	const declaration = get_ticked(report, "Conflict Declaration");
	if (!declaration) return;
	ask(report, __("End the Declaration"), [REASON], (values) =>
		frappe.xcall("case_management.case_management.access.reviewing.end_declaration", {
			declaration,
			...values,
		})
	);
}

function look_at(report) {
	const access = get_ticked(report, "Emergency Access");
	if (!access) return;
	const fields = [
		{
			fieldname: "justified",
			label: __("Justified"),
			fieldtype: "Select",
			options: "\nYes\nNo",
			reqd: 1,
		},
		{ fieldname: "note", label: __("What Was Found"), fieldtype: "Small Text", reqd: 1 },
	];
	ask(report, __("Look at the Emergency Access"), fields, (values) =>
		frappe.xcall("case_management.case_management.access.reviewing.look_at_emergency", {
			access,
			...values,
		})
	);
}

function add_to_list(report) {
	const client = get_ticked(report, "Client");
	if (!client) return;
	const user = {
		fieldname: "user",
		label: __("User"),
		fieldtype: "Link",
		options: "User",
		reqd: 1,
		only_select: 1,
		get_query: () => ({ filters: { enabled: 1, user_type: "System User" } }),
	};
	ask(report, __("Add Somebody to the Access List"), [user, REASON], (values) =>
		frappe.xcall("case_management.case_management.access.reviewing.add_to_access_list", {
			client,
			...values,
		})
	);
}

function ask(report, title, fields, act) {
	const dialog = new frappe.ui.Dialog({
		title,
		fields,
		primary_action_label: title,
		primary_action: (values) => {
			dialog.disable_primary_action();
			act(values)
				.then(() => {
					dialog.hide();
					report.refresh();
				})
				.catch(() => dialog.enable_primary_action());
		},
	});
	dialog.show();
}
