{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Case Referral", {
	locked: ["Declined", "Withdrawn", "Completed"],
	actions: [
		{
			label: __("Send"),
			method: "send",
			from: ["Draft"],
			to: "Sent",
			primary: true,
			fields: (frm) => [
				case_actions.date("on", __("Sent on"), { reqd: 1 }),
				...(frm.doc.help_kind === "Information" ? [] : ask_basis(frm)),
			],
			done: (answer) => case_actions.made("Disclosure", answer.disclosure),
		},
		{
			label: __("Record as Accepted"),
			method: "accept",
			from: ["Sent"],
			to: "Accepted",
			group: __("Answer"),
			fields: [case_actions.date("on", __("Answered on"), { reqd: 1 })],
		},
		{
			label: __("Record as Declined"),
			method: "decline",
			from: ["Sent"],
			to: "Declined",
			group: __("Answer"),
			fields: [
				case_actions.code("reason", __("Reason Declined"), "Reason Service Not Provided", {
					reqd: 1,
				}),
				case_actions.date("on", __("Answered on"), { reqd: 1 }),
			],
			done: (answer) => case_actions.made("Unmet Need", answer.unmet_need),
		},
		{
			label: __("Complete"),
			method: "complete",
			from: ["Accepted"],
			to: "Completed",
			primary: true,
			fields: [
				{ fieldname: "outcome", label: __("Outcome"), fieldtype: "Small Text", reqd: 1 },
				case_actions.date("on", __("Outcome on"), { reqd: 1 }),
			],
		},
		{
			label: __("Withdraw"),
			method: "withdraw",
			from: ["Draft", "Sent", "Accepted"],
			to: "Withdrawn",
			fields: [case_actions.reason(__("Reason Withdrawn"))],
		},
	],
});

// A live consent that covers the agency, or a legal basis with its reason.
function ask_basis(frm) {
	return [
		{
			fieldname: "consent",
			label: __("Consent"),
			fieldtype: "Link",
			options: "Client Consent",
			default: frm.doc.consent,
			get_query: () => ({ filters: consents_of(frm) }),
			description: get_withheld(frm),
		},
		{ fieldtype: "Column Break" },
		case_actions.code("legal_basis", __("Or Legal Basis"), "Legal Basis for Disclosure", {
			default: frm.doc.legal_basis,
		}),
		{
			fieldname: "legal_basis_note",
			label: __("Why It Applies"),
			fieldtype: "Small Text",
			default: frm.doc.legal_basis_note,
			depends_on: "legal_basis",
			mandatory_depends_on: "legal_basis",
		},
		{ fieldtype: "Section Break" },
		{
			fieldname: "what_was_shared",
			label: __("What Is Shared"),
			fieldtype: "Small Text",
			reqd: 1,
			default: frm.doc.what_was_shared,
		},
	];
}

// What the client does not want to be shared, beside the words that are about to be.
function get_withheld(frm) {
	const consents = (frm.doc.__onload && frm.doc.__onload.consents) || [];
	return consents
		.filter((row) => row.what_to_withhold)
		.map((row) =>
			__("{0}: not to be shared: {1}", [
				case_actions.text(row.name),
				case_actions.text(row.what_to_withhold),
			])
		)
		.join("<br>");
}

function consents_of(frm) {
	return { client: frm.doc.client, withdrawn_on: ["is", "not set"] };
}

frappe.ui.form.on("Case Referral", {
	setup(frm) {
		frm.set_query("agency", () => ({ filters: { enabled: 1 } }));
		frm.set_query("consent", () => ({ filters: consents_of(frm) }));
	},
});
