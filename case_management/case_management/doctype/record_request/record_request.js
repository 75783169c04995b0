{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Record Request", {
	locked: ["Decided", "Completed"],
	written_later: ["team_leader"],
	actions: [
		{
			label: __("Decide"),
			method: "decide",
			from: ["Received"],
			to: "Decided",
			primary: true,
			fields: (frm) => ask_decision(frm),
			values: (values) => ({
				...values,
				withheld: (values.withheld || []).map(({ record_type, record_name, reason, note }) =>
					case_actions.drop_empty({ record_type, record_name, reason, note })
				),
			}),
		},
		{
			label: __("Take More Time"),
			method: "extend_due",
			from: ["Received"],
			show: (frm) => !frm.doc.extension_reason,
			fields: (frm) => [
				case_actions.date("until", __("Until"), {
					reqd: 1,
					default: frappe.datetime.add_days(frm.doc.due_on, 30),
				}),
				case_actions.reason(__("Reason for More Time")),
				case_actions.date("told_on", __("Told the Client on"), { reqd: 1 }),
			],
		},
		{
			label: __("Attach Statement"),
			method: "attach_statement",
			show: (frm) => !frm.doc.stated_on,
			fields: (frm) => ask_statement(frm),
		},
		{
			label: __("Make Bundle"),
			method: "make_bundle",
			from: ["Decided", "Completed"],
			show: (frm) => is_lead() && gives_access(frm),
			fields: (frm) =>
				frm.doc.bundle
					? [{ fieldname: "again", label: __("Make a New One"), fieldtype: "Check", default: 1 }]
					: [],
			done: (answer) => __("Bundle made. Left out: {0}", [answer.left_out]),
		},
		{
			label: __("Complete"),
			method: "complete",
			from: ["Decided"],
			to: "Completed",
			primary: true,
			show: (frm) => frm.doc.kind !== "Deletion" || frm.doc.decision === "Refused",
			fields: (frm) => [
				{
					fieldname: "outcome",
					label: __("What Was Done"),
					fieldtype: "Small Text",
					reqd: frm.doc.decision !== "Refused" && !frm.doc.bundle && !frm.doc.stated_on ? 1 : 0,
				},
				case_actions.date("on", __("Completed on"), { reqd: 1 }),
			],
		},
	],
});

function is_lead() {
	return frappe.user.has_role("Case Manager Lead");
}

function gives_access(frm) {
	return frm.doc.kind === "Access" && frm.doc.decision !== "Refused";
}

function ask_decision(frm) {
	const in_part = 'eval:doc.decision && doc.decision !== "Granted"';
	return [
		{
			fieldname: "decision",
			label: __("Decision"),
			fieldtype: "Select",
			options: case_actions.options(frm, "decision"),
			reqd: 1,
		},
		case_actions.date("on", __("Decided on"), { reqd: 1 }),
		{ fieldname: "reasons", label: __("Reasons"), fieldtype: "Small Text", mandatory_depends_on: in_part },
		case_actions.date("informed_on", __("Client Informed in Writing on"), {
			mandatory_depends_on: in_part,
		}),
		{
			fieldname: "complaint_path_told",
			label: __("Told How to Complain"),
			fieldtype: "Check",
			mandatory_depends_on: in_part,
		},
		...(frm.doc.kind === "Access" ? ask_withheld(frm) : []),
	];
}

function ask_withheld(frm) {
	const kinds = () => ({ filters: { module: "Case Management", istable: 0, issingle: 0 } });
	const columns = [
		{
			fieldname: "record_type",
			label: __("Kind of Record"),
			fieldtype: "Link",
			options: "DocType",
			in_list_view: 1,
			only_select: 1,
			get_query: kinds,
		},
		{
			fieldname: "record_name",
			label: __("Record (Empty: All)"),
			fieldtype: "Dynamic Link",
			options: "record_type",
			in_list_view: 1,
			get_query: () => ({ filters: { client: frm.doc.client } }),
		},
		case_actions.code("reason", __("Reason"), "Reason Information Is Withheld", { in_list_view: 1 }),
		{ fieldname: "note", label: __("Note"), fieldtype: "Data", in_list_view: 1 },
	];
	return [
		{
			fieldname: "include_confidential",
			label: __("Confidential Notes Are Given out Too"),
			fieldtype: "Check",
			depends_on: 'eval:doc.decision !== "Refused"',
		},
		{
			fieldname: "withheld",
			label: __("Withheld"),
			fieldtype: "Table",
			fields: columns,
			data: [],
			depends_on: 'eval:doc.decision === "Granted in Part"',
		},
	];
}

function ask_statement(frm) {
	return [
		{
			fieldname: "statement",
			label: __("The Client's Statement"),
			fieldtype: "Text",
			default: frm.doc.statement,
		},
		{ fieldname: "file", label: __("Or a File"), fieldtype: "Attach", default: frm.doc.statement_file },
	];
}

frappe.ui.form.on("Record Request", {
	setup(frm) {
		frm.set_query("record_type", () => ({
			filters: { module: "Case Management", istable: 0, issingle: 0 },
		}));
		frm.set_query("record_name", () => ({
			filters: frm.doc.record_type === "Client" ? { name: frm.doc.client } : { client: frm.doc.client },
		}));
	},
	refresh(frm) {
		if (!frm.doc.bundle || !is_lead()) return;
		frm.add_custom_button(__("Open Bundle"), () => window.open(encodeURI(frm.doc.bundle)));
	},
});
