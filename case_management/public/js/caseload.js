// A whole caseload handed over, or covered during leave: what moves is shown first. The rules are the server's.

const caseload = {
	add_button(listview) {
		if (!frappe.user.has_role("Case Manager Lead")) return;
		listview.page.add_inner_button(__("Hand Over a Caseload"), () => this.ask(listview));
	},

	ask(listview) {
		const user = (fieldname, label) => ({ fieldname, label, fieldtype: "Link", options: "User", reqd: 1 });
		const dialog = new frappe.ui.Dialog({
			title: __("Hand Over a Caseload"),
			fields: [
				{ ...user("worker", __("From Case Manager")), onchange: () => this.show(dialog, listview) },
				user("to_user", __("To")),
				{ fieldtype: "Column Break" },
				{ fieldname: "on", label: __("From"), fieldtype: "Date" },
				{
					fieldname: "until",
					label: __("Until"),
					fieldtype: "Date",
					description: __("Only for leave: the case manager stays, and the other covers until this day."),
				},
				{ fieldtype: "Section Break", label: __("What Moves") },
				{ fieldname: "preview", fieldtype: "HTML" },
			],
			primary_action_label: __("Hand Over"),
			primary_action: (values) => this.hand_over(dialog, listview, values),
		});
		dialog.show();
	},

	// The cases ticked in the list, or all of the case manager's.
	get_cases: (listview) => listview.get_checked_items(true),

	async show(dialog, listview) {
		const worker = dialog.get_value("worker");
		if (!worker) return;
		const cases = this.get_cases(listview);
		const answer = await frappe.call({
			method: "case_management.case_management.access.caseload.preview_caseload",
			args: { worker, cases },
		});
		dialog.fields_dict.preview.$wrapper.html(this.get_table(answer.message || []));
	},

	get_table(rows) {
		const columns = {
			name: __("Case"),
			client: __("Client"),
			meetings: __("Meetings"),
			follow_ups: __("Follow-ups"),
			steps: __("Goals with Steps"),
			tasks: __("To-dos"),
			referrals: __("Open Referrals"),
			members: __("Household Members"),
		};
		const line = (cells, tag) =>
			`<tr>${cells
				.map((cell) => `<${tag}>${frappe.utils.escape_html(String(cell))}</${tag}>`)
				.join("")}</tr>`;
		const body = rows.map((row) => line(Object.keys(columns).map((key) => row[key]), "td")).join("");
		return `<table class="table table-sm">${line(Object.values(columns), "th")}${body}</table>`;
	},

	async hand_over(dialog, listview, { worker, to_user, on, until }) {
		const args = { worker, to_user, on, until, cases: this.get_cases(listview) };
		const answer = await frappe.call({
			method: "case_management.case_management.access.caseload.hand_over_caseload",
			args,
			freeze: true,
		});
		dialog.hide();
		frappe.show_alert(__("Cases changed: {0}", [answer.message.cases.length]));
		listview.refresh();
	},
};
