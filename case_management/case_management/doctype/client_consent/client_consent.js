{% include "case_management/public/js/case_actions.js" %}

function say_reliance(answer) {
	const rows = (answer.relied_on || []).map((row) => {
		const when = row.on ? frappe.datetime.str_to_user(row.on) : "";
		return `<li>${case_actions.made(row.doctype, row.name)} ${when} ${case_actions.text(
			row.agency
		)}</li>`;
	});
	if (rows.length) {
		frappe.msgprint({
			title: __("What Relied on This Consent"),
			message: `<p>${__("Tell the agencies, and stop what goes on:")}</p><ul>${rows.join("")}</ul>`,
		});
	}
	return __("The consent is withdrawn.");
}

case_actions.setup("Client Consent", {
	actions: [
		{
			label: __("Withdraw"),
			method: "withdraw",
			show: (frm) => !frm.doc.withdrawn_on,
			fields: [
				case_actions.date("on", __("Withdrawn on"), { reqd: 1 }),
				{ fieldname: "note", label: __("About the Withdrawal"), fieldtype: "Small Text" },
			],
			done: say_reliance,
		},
	],
});
