{% include "case_management/public/js/case_actions.js" %}
{% include "case_management/public/js/case_overview.js" %}

const OPEN = ["Pending", "Active", "Exit Planning"];
const SUPPORTED = ["Active", "Exit Planning"];
const is_voluntary = (frm) => frm.doc.participation === "Voluntary";

const team_actions = [
	{
		label: __("Add Team Member"),
		method: "add_team_member",
		from: OPEN,
		group: __("Team"),
		fields: [
			case_actions.user("user", __("User"), { reqd: 1 }),
			{
				fieldname: "team_role",
				label: __("Role on the Team"),
				fieldtype: "Select",
				reqd: 1,
				options: ["Co-worker", "Seconded Case Manager", "Specialist", "Cover"].map((value) => ({
					value,
					label: __(value),
				})),
				default: "Co-worker",
			},
			case_actions.date("from_date", __("From"), { reqd: 1 }),
			{
				fieldname: "to_date",
				label: __("Until"),
				fieldtype: "Date",
				description: __("The last day of access."),
				mandatory_depends_on: "eval:doc.team_role === 'Seconded Case Manager'",
			},
			{
				fieldname: "agency",
				label: __("From Agency"),
				fieldtype: "Link",
				options: "External Agency",
				mandatory_depends_on: "eval:doc.team_role === 'Seconded Case Manager'",
			},
			{ fieldname: "reason", label: __("Reason"), fieldtype: "Data" },
		],
	},
	{
		label: __("End Team Member"),
		method: "end_team_member",
		from: OPEN,
		group: __("Team"),
		show: (frm) => get_others(frm).length > 0,
		fields: (frm) => [
			{ fieldname: "user", label: __("User"), fieldtype: "Select", reqd: 1, options: get_others(frm) },
			case_actions.date("on", __("Last Day"), {
				default: "",
				description: __("Empty: access ends now."),
			}),
		],
	},
	{
		label: __("Change Case Manager"),
		method: "change_case_manager",
		from: OPEN,
		group: __("Team"),
		fields: [
			case_actions.user("user", __("Case Manager"), { reqd: 1 }),
			case_actions.date("on", __("From"), {
				reqd: 1,
				description: __("A day ahead is planned, and can be taken back until then."),
			}),
		],
	},
	{
		label: __("Take Back Hand-over"),
		method: "take_back_hand_over",
		from: OPEN,
		group: __("Team"),
		show: (frm) => get_planned(frm).length > 0,
	},
];

function get_planned(frm) {
	const today = case_actions.today();
	return (frm.doc.team || []).filter((row) => row.team_role === "Case Manager" && row.from_date > today);
}

function get_others(frm) {
	const today = case_actions.today();
	const on_team = (frm.doc.team || []).filter((row) => !row.to_date || row.to_date >= today);
	return [...new Set(on_team.map((row) => row.user))].filter((user) => user !== frm.doc.case_manager);
}

function ask_rights(frm) {
	const agreement = [
		{ fieldtype: "Section Break", label: __("Agreement to Take Part (Voluntary Program)") },
		{ fieldname: "agreed_on", label: __("Agreed to Take Part on"), fieldtype: "Date" },
		{ fieldtype: "Column Break" },
		{ fieldname: "agreement_how", label: __("How"), fieldtype: "Data" },
	];
	return [
		{
			fieldname: "policy",
			label: __("Rights Statement"),
			fieldtype: "Link",
			options: "Service Policy",
			description: __("Empty: the current one in the client's language."),
			get_query: () => ({ filters: { kind: "Rights and Responsibilities", is_current: 1 } }),
		},
		case_actions.date("on", __("Acknowledged on"), { reqd: 1 }),
		{
			fieldname: "by",
			label: __("Acknowledged by"),
			fieldtype: "Data",
			description: __("The client, or for a child a parent or guardian."),
		},
		{ fieldtype: "Column Break" },
		{ fieldname: "language", label: __("In Language"), fieldtype: "Data" },
		{ fieldname: "format", label: __("In Format"), fieldtype: "Data" },
		{
			fieldname: "override_reason",
			label: __("Or Reason It Was Not Acknowledged"),
			fieldtype: "Small Text",
			description: __("The case may then be Active, and counts as a gap."),
		},
		...(is_voluntary(frm) && !frm.doc.agreement_on ? agreement : []),
		{ fieldtype: "Section Break" },
		{ fieldname: "signature", label: __("Signature"), fieldtype: "Signature" },
		{
			fieldname: "no_signature_reason",
			label: __("Or Reason There Is No Signature"),
			fieldtype: "Small Text",
		},
	];
}

function say_status(answer) {
	const missing = answer.missing || [];
	if (!missing.length) return __("The case is {0}.", [__(answer.status)]);
	return __("Still missing: {0}.", [missing.map((text) => case_actions.text(text)).join("; ")]);
}

function what_client_said() {
	return {
		fieldname: "reason",
		label: __("What the Client Said"),
		fieldtype: "Small Text",
		description: __("Nobody has to give a reason."),
	};
}

function say_opted_out(answer) {
	const cancelled = answer.cancelled || [];
	return cancelled.length
		? __("Recorded. Support goes on. Meetings cancelled: {0}.", [cancelled.join(", ")])
		: __("Recorded. Support goes on.");
}

case_actions.setup("Client Case", {
	actions: [
		...case_actions.approvals(),
		{
			label: __("Acknowledge Rights"),
			method: "acknowledge_rights",
			from: OPEN,
			primary: true,
			show: (frm) => !frm.doc.rights_acknowledged_on || (frm.doc.__onload || {}).rights_outdated,
			fields: ask_rights,
			done: say_status,
		},
		{
			label: __("Record Agreement"),
			method: "record_agreement",
			from: OPEN,
			show: (frm) => is_voluntary(frm) && (!frm.doc.agreement_on || frm.doc.agreement_withdrawn_on),
			fields: [
				case_actions.date("on", __("Agreed to Take Part on"), { reqd: 1 }),
				{ fieldname: "how", label: __("How"), fieldtype: "Data", reqd: 1 },
			],
			done: say_status,
		},
		{
			label: __("Withdraw Agreement"),
			method: "withdraw_agreement",
			from: SUPPORTED,
			group: __("Taking Part"),
			show: (frm) => is_voluntary(frm) && frm.doc.agreement_on && !frm.doc.agreement_withdrawn_on,
			fields: [case_actions.date("on", __("Withdrawn on"), { reqd: 1 }), what_client_said()],
			done: (answer) => say_opted_out(answer),
		},
		{
			label: __("Decline Meetings"),
			method: "decline_meetings",
			from: SUPPORTED,
			group: __("Taking Part"),
			show: (frm) => is_voluntary(frm) && !frm.doc.meetings_declined_on,
			fields: [case_actions.date("on", __("Declined on"), { reqd: 1 }), what_client_said()],
			done: (answer) => say_opted_out(answer),
		},
		{
			label: __("Resume Meetings"),
			method: "resume_meetings",
			from: SUPPORTED,
			group: __("Taking Part"),
			show: (frm) => frm.doc.meetings_declined_on,
			done: (answer) => case_actions.made("Case Meeting", answer.next_meeting),
		},
		{
			label: __("Activate"),
			method: "activate",
			from: ["Pending"],
			to: "Active",
			show: (frm) => frm.doc.rights_acknowledged_on || frm.doc.rights_override_reason,
		},
		{
			label: __("Start Assessment"),
			method: "start_assessment",
			from: SUPPORTED,
			group: __("Work"),
			fields: [
				{
					fieldname: "kind",
					label: __("Kind"),
					fieldtype: "Select",
					options: ["", "Initial", "Reassessment", "Exit"].map((value) => ({
						value,
						label: __(value),
					})),
					description: __("Empty: Initial until one is agreed to, then Reassessment."),
				},
				{
					fieldname: "template",
					label: __("Template"),
					fieldtype: "Link",
					options: "Assessment Template",
					description: __("Empty: the program's template."),
					get_query: () => ({ filters: { enabled: 1 } }),
				},
			],
			done: (answer) => case_actions.made("Client Assessment", answer.assessment),
		},
		{
			label: __("Schedule Meeting"),
			method: "schedule_meeting",
			from: SUPPORTED,
			group: __("Work"),
			fields: [
				{ fieldname: "scheduled_on", label: __("Scheduled for"), fieldtype: "Datetime", reqd: 1 },
				{
					fieldname: "kind",
					label: __("Kind"),
					fieldtype: "Select",
					reqd: 1,
					options: ["Case Management", "Review", "Coordination"].map((value) => ({
						value,
						label: __(value),
					})),
					default: "Case Management",
				},
			],
			done: (answer) => case_actions.made("Case Meeting", answer.meeting),
		},
		{
			label: __("Leave Household"),
			method: "leave_household",
			from: OPEN,
			group: __("Work"),
			show: (frm) => !!frm.doc.head_case,
			fields: [case_actions.date("on", __("Left on"), { reqd: 1 })],
		},
		{
			label: __("Add Household Member"),
			method: "add_household_member",
			from: SUPPORTED,
			group: __("Work"),
			show: (frm) => !frm.doc.head_case,
			fields: [
				{
					fieldname: "client",
					label: __("Existing Client"),
					fieldtype: "Link",
					options: "Client",
					description: __("Or the name of a new one:"),
				},
				{
					fieldname: "preferred_name",
					label: __("Preferred Name"),
					fieldtype: "Data",
					depends_on: "eval:!doc.client",
					mandatory_depends_on: "eval:!doc.client",
				},
				{
					fieldname: "birth_date",
					label: __("Date of Birth"),
					fieldtype: "Date",
					depends_on: "eval:!doc.client",
				},
				case_actions.code(
					"relationship",
					__("Relationship to the Head"),
					"Relationship to Head of Household"
				),
				case_actions.date("on", __("Joined on"), { reqd: 1 }),
			],
			done: (answer) =>
				[
					case_actions.made("Client", answer.client),
					case_actions.made("Client Case", answer.client_case),
				].join(" "),
		},
		{
			label: __("Move to a Stage"),
			method: "move_to_stage",
			from: OPEN,
			group: __("Work"),
			show: (frm) => get_stages(frm).length > 0,
			fields: (frm) => [
				{
					fieldname: "stage",
					label: __("Stage"),
					fieldtype: "Select",
					reqd: 1,
					options: get_stages(frm).filter((stage) => stage !== frm.doc.stage),
				},
				case_actions.date("on", __("At the Stage from"), { reqd: 1 }),
				{ fieldname: "note", label: __("Note"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("Plan Exit"),
			method: "plan_exit",
			from: ["Active"],
			to: "Exit Planning",
			group: __("Ending"),
			fields: (frm) => [
				{
					fieldname: "planned_exit_on",
					label: __("Planned Exit"),
					fieldtype: "Date",
					default: frm.doc.planned_exit_on,
				},
				case_actions.date("on", __("Exit Planning Began on"), { reqd: 1 }),
			],
			done: (answer) => case_actions.made("Exit Plan", answer.exit_plan),
		},
		{
			label: __("Resume Support"),
			method: "activate",
			from: ["Exit Planning"],
			to: "Active",
			group: __("Ending"),
		},
		{
			label: __("Offer Evaluation"),
			method: "offer_evaluation",
			from: SUPPORTED,
			group: __("Ending"),
			fields: (frm) => [
				case_actions.date("on", __("Evaluation Offered on"), { reqd: 1 }),
				{
					fieldname: "answer",
					label: __("The Client's Answer"),
					fieldtype: "Select",
					options: case_actions.options(frm, "evaluation_answer"),
				},
				{ fieldname: "support", label: __("Support Given"), fieldtype: "Data" },
			],
			done: (answer) => case_actions.made("Client Feedback", answer.feedback),
		},
		{
			label: __("Close"),
			method: "close",
			from: OPEN,
			to: "Closed",
			group: __("Ending"),
			fields: (frm) => [
				case_actions.code("end_reason", __("Reason the Support Ended"), "Support Period End Reason", {
					reqd: 1,
				}),
				case_actions.code("destination", __("Destination"), "Exit Destination"),
				case_actions.date("closed_on", __("Closed on"), { reqd: 1 }),
				{ fieldtype: "Column Break" },
				case_actions.code(
					"exception",
					__("Reason Without an Exit Plan"),
					"Closure Without Exit Plan",
					{
						description: __("Only where there is no agreed exit plan."),
					}
				),
				{ fieldname: "note", label: __("About the Closure"), fieldtype: "Small Text" },
				{
					fieldname: "cancel_meetings",
					label: __("Cancel Meetings That Are Still Scheduled"),
					fieldtype: "Check",
					default: frm.doc.next_meeting_on ? 1 : 0,
				},
			],
			done: (answer, frm) =>
				[
					__("The case is {0}.", [__(frm.doc.status)]),
					answer.team_access_until &&
						__("The team sees it until {0}.", [
							frappe.datetime.str_to_user(answer.team_access_until),
						]),
					...(answer.follow_ups || []).map((name) => case_actions.made("Case Follow Up", name)),
				]
					.filter(Boolean)
					.join(" "),
		},
		{
			label: __("Reopen"),
			method: "reopen",
			from: ["Closed"],
			to: "Active",
			fields: [case_actions.reason(), case_actions.date("on", __("Reopened on"), { reqd: 1 })],
		},
	],
});

frappe.ui.form.on("Client Case", {
	setup(frm) {
		frm.set_query("program", () => ({ filters: { enabled: 1 } }));
		frm.set_query("head_case", () => ({
			filters: {
				head_case: ["is", "not set"],
				client: ["!=", frm.doc.client || ""],
				program: frm.doc.program,
			},
		}));
	},
	async refresh(frm) {
		show_stages(frm);
		if (frm.is_new() || !(frm.perm[0] || {}).write) return;
		if (await may_change_team(frm)) case_actions.add_buttons(frm, team_actions);
		if ((await get_household(frm)).length) case_actions.add_buttons(frm, [household_note]);
	},
});

// One note for several members of the household: each member's file gets its own.
const household_note = {
	label: __("Write Household Note"),
	method: "write_household_note",
	from: SUPPORTED,
	group: __("Work"),
	fields: async (frm) => [
		{
			fieldname: "members",
			label: __("Also Into the File of"),
			fieldtype: "MultiCheck",
			columns: 1,
			options: (await get_household(frm)).map((row) => ({
				value: row.name,
				label: case_actions.text(`${row.client_name} (${row.name})`),
			})),
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["Contact", "Direct Service", "Attempted Contact", "File Note"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Contact",
		},
		{
			fieldname: "noted_on",
			label: __("When"),
			fieldtype: "Datetime",
			default: frappe.datetime.system_datetime(),
		},
		{ fieldname: "minutes", label: __("Minutes"), fieldtype: "Int" },
		{ fieldname: "confidential", label: __("Confidential"), fieldtype: "Check" },
		{ fieldtype: "Section Break" },
		{
			fieldname: "note",
			label: __("Note"),
			fieldtype: "Text Editor",
			reqd: 1,
			description: __("Write it so that it fits each file: without the others' names."),
		},
	],
	done: (answer) => answer.notes.map((name) => case_actions.made("Case Note", name)).join(" "),
};

// The other open cases of the household that the user sees.
function get_household(frm) {
	const head = frm.doc.head_case || frm.docname;
	return frappe.db.get_list("Client Case", {
		filters: { status: ["!=", "Closed"], name: ["!=", frm.docname] },
		or_filters: { name: head, head_case: head },
		fields: ["name", "client_name"],
		limit: 50,
	});
}

// Team leaders change teams; case managers do where Settings say so.
async function may_change_team(frm) {
	if (frappe.user.has_role("Case Manager Lead") || frappe.session.user === "Administrator") return true;
	if (frm.doc.case_manager !== frappe.session.user) return false;
	return cint(await frappe.db.get_single_value("Case Management Settings", "case_manager_changes_team"));
}

// The stage changes by “Move to a Stage” only; the field says since when.
function show_stages(frm) {
	const days = (frm.doc.__onload || {}).days_at_stage;
	frm.toggle_display("stage", !!frm.doc.stage || get_stages(frm).length > 0);
	frm.set_df_property("stage", "read_only", 1);
	frm.set_df_property("stage", "description", Number.isInteger(days) ? __("For {0} days.", [days]) : "");
}

function get_stages(frm) {
	return (frm.doc.__onload || {}).stages || [];
}

frappe.ui.form.on("Client Case", {
	refresh: (frm) => case_overview.show(frm),
});
