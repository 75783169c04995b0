{% include "case_management/public/js/case_actions.js" %}

const OPEN = ["New", "Screening", "Waitlisted"];

// Whether the person was told of the decision, or why that was not safe or possible.
function told(frm) {
	return [
		{ fieldtype: "Section Break", label: __("The Decision Was Told") },
		{
			fieldname: "informed_how",
			label: __("Told How"),
			fieldtype: "Data",
			description: __("For example by phone, in person, in writing."),
			default: frm.doc.status === "Waitlisted" ? "" : frm.doc.decision_informed_how,
		},
		{
			fieldname: "informed_on",
			label: __("Told on"),
			fieldtype: "Datetime",
			description: __("Empty: now."),
			default: frm.doc.status === "Waitlisted" ? "" : frm.doc.decision_informed_on,
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "not_informed_reason",
			label: __("Or Reason It Was Not Told"),
			fieldtype: "Small Text",
			description: __("Only where it was not safe or possible."),
			default: frm.doc.decision_not_informed_reason,
		},
	];
}

// A full program does not stand in the way; who accepts somebody into it is told.
function say_full(frm) {
	const places = (frm.doc.__onload || {}).places || {};
	if (!places.capacity || places.free) return [];
	const note = __("{0} is full: {1} of {2} places are taken.", [
		case_actions.text(frm.doc.program),
		places.taken,
		places.capacity,
	]);
	return [{ fieldtype: "HTML", options: `<p class="text-danger">${note}</p>` }];
}

// Of a client who is not seen: the year of birth where the date agrees, and whether there is an open case.
function get_born(match) {
	return match.birth_date ? frappe.datetime.str_to_user(match.birth_date) : match.birth_year || "";
}

function get_open_case(match) {
	if (match.open_case === undefined) return "";
	return match.open_case ? __("Has an open case") : __("No open case");
}

function get_match_label(match) {
	const who = [match.client, match.preferred_name, get_born(match), get_open_case(match)];
	return __("{0} ({1})", [who.filter(Boolean).join(", "), match.reasons.join(", ")]);
}

// The likely matches, to choose from; nobody is recorded twice, and nothing of a match is overwritten.
async function match_fields(frm) {
	const matches = (await case_actions.call(frm, "find_matches")) || [];
	if (!matches.length) {
		const note = __("No existing client is like this person: a new client record is made.");
		return [{ fieldtype: "HTML", options: `<p class="text-muted">${note}</p>` }];
	}
	return [
		{ fieldtype: "HTML", options: get_match_table(matches) },
		{
			fieldname: "match",
			label: __("This Person Is"),
			fieldtype: "Select",
			reqd: 1,
			options: [
				{ value: "", label: "" },
				...matches.map((match) => ({ value: match.client, label: get_match_label(match) })),
				{ value: "new", label: __("A new person: none of these") },
			],
			default: frm.doc.match_choice || (frm.doc.is_new_person ? "new" : ""),
		},
	];
}

function get_match_table(matches) {
	const rows = matches.map((match) => {
		const cells = [
			match.visible ? case_actions.link("Client", match.client) : case_actions.text(match.client),
			case_actions.text(match.preferred_name),
			case_actions.text(get_born(match)),
			case_actions.text(get_open_case(match)),
			case_actions.text(match.reasons.join(", ")),
			case_actions.text(match.score),
		];
		return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
	});
	const heads = [
		__("Client"),
		__("Preferred Name"),
		__("Date of Birth"),
		__("Open Case"),
		__("What Agrees"),
		__("Score"),
	];
	return `<table class="table table-bordered table-sm"><thead><tr>
		${heads.map((head) => `<th>${head}</th>`).join("")}
		</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

// A team leader is asked whether the person is an existing client; who asked does not answer it.
function is_asked(frm) {
	return frm.doc.match_confirmation === "Asked" && frappe.user.has_role("Case Manager Lead");
}

// What an agency is told about the person, and on which basis; and all that an alternative takes into the action.
const SHARED = ["what_was_shared", "agreed_how", "legal_basis", "legal_basis_note"];
const ALTERNATIVE = ["agency", "alternative", "kind", ...SHARED];

// As the table's own fields ask for it.
function shared_fields() {
	return SHARED.map((fieldname) => {
		const { label, fieldtype, options, description } = frappe.meta.get_docfield(
			"Intake Alternative",
			fieldname
		);
		const field = { fieldname, label: __(label), fieldtype, options, description: __(description || "") };
		return fieldname === "legal_basis" ? { ...field, get_query: legal_bases } : field;
	});
}

function legal_bases() {
	return { filters: { code_list: "Legal Basis for Disclosure", enabled: 1 } };
}

function get_referred(frm) {
	return (frm.doc.alternatives || []).filter((row) => row.kind === "Referral");
}

function say_accepted(answer) {
	if (!answer.client_case) {
		return answer.match_confirmation === "Asked"
			? __("A team leader is asked to confirm the existing client. The case is opened when they do.")
			: __("Confirmed. The worker can accept the intake now.");
	}
	return [
		__("Accepted."),
		case_actions.made("Client", answer.client),
		case_actions.made("Client Case", answer.client_case),
		...(answer.members || []).map((member) => case_actions.made("Client Case", member.client_case)),
	].join(" ");
}

case_actions.setup("Client Intake", {
	locked: ["Accepted", "Not Accepted"],
	actions: [
		{
			label: __("Record Response"),
			method: "respond",
			from: ["New"],
			to: "Screening",
			primary: true,
			fields: [
				{
					fieldname: "responded_on",
					label: __("Responded on"),
					fieldtype: "Datetime",
					description: __("Empty: now."),
				},
				{ fieldname: "note", label: __("What Was Said"), fieldtype: "Small Text" },
			],
			done: () => __("The response is recorded; screening has begun."),
		},
		{
			label: __("Explain Process"),
			method: "inform_of_process",
			from: OPEN,
			show: (frm) => !frm.doc.process_informed_on,
			fields: [
				{ fieldname: "how", label: __("Explained How"), fieldtype: "Data" },
				{
					fieldname: "on",
					label: __("Explained on"),
					fieldtype: "Datetime",
					description: __("Empty: now."),
				},
				{
					fieldname: "not_informed_reason",
					label: __("Or Reason It Was Not Explained"),
					fieldtype: "Small Text",
					description: __("Only where it was not safe or possible."),
				},
			],
		},
		{
			label: __("Accept"),
			method: "accept",
			from: ["Screening", "Waitlisted"],
			to: "Accepted",
			group: __("Decide"),
			fields: async (frm) => [
				...say_full(frm),
				...(await match_fields(frm)),
				case_actions.user("case_manager", __("Case Manager"), { default: frm.doc.case_manager }),
				...told(frm),
			],
			values: ({ match, ...values }) => ({
				...values,
				client: match === "new" ? null : match,
				new_person: match === "new" || !match ? 1 : null,
			}),
			done: (answer) => say_accepted(answer),
		},
		{
			label: __("Confirm Existing Client"),
			method: "confirm_match",
			from: ["Screening", "Waitlisted"],
			primary: true,
			show: is_asked,
			fields: (frm) => [
				{
					fieldtype: "HTML",
					options: `<p>${__(
						"The person is the client {0}. {1} asked to accept the intake for them; the case is opened at once.",
						[
							case_actions.link("Client", frm.doc.match_choice),
							case_actions.text(frm.doc.match_asked_by),
						]
					)}</p>`,
				},
			],
			done: (answer) => say_accepted(answer),
		},
		{
			label: __("Decline Existing Client"),
			method: "decline_match",
			from: ["Screening", "Waitlisted"],
			show: is_asked,
			fields: [case_actions.reason(__("Reason for Declining"))],
			done: () => __("Declined. The worker who asked is notified."),
		},
		{
			label: __("Put on Waiting List"),
			method: "waitlist",
			from: ["Screening"],
			to: "Waitlisted",
			group: __("Decide"),
			fields: (frm) => [
				{
					fieldname: "priority",
					label: __("Waiting List Priority"),
					fieldtype: "Select",
					options: case_actions.options(frm, "waitlist_priority"),
					default: frm.doc.waitlist_priority,
				},
				{ fieldname: "note", label: __("About the Decision"), fieldtype: "Small Text" },
				...told(frm),
			],
		},
		{
			label: __("Keep on Waiting List"),
			method: "keep_on_waiting_list",
			from: ["Waitlisted"],
			fields: [
				{
					fieldname: "on",
					label: __("In Touch on"),
					fieldtype: "Datetime",
					description: __("Empty: now."),
				},
				{ fieldname: "note", label: __("What Was Said"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("Do Not Accept"),
			method: "not_accept",
			from: ["Screening", "Waitlisted"],
			to: "Not Accepted",
			group: __("Decide"),
			fields: (frm) => [
				case_actions.code("reason", __("Reason Not Accepted"), "Reason Service Not Provided", {
					reqd: 1,
					default: frm.doc.decision_reason,
				}),
				{
					fieldname: "alternatives",
					label: __("Alternatives Given"),
					fieldtype: "Table",
					in_place_edit: true,
					data: [],
					description: frm.doc.alternatives.length
						? __("The alternatives on the form ({0}) are kept.", [frm.doc.alternatives.length])
						: "",
					fields: [
						{
							fieldname: "agency",
							label: __("Agency"),
							fieldtype: "Link",
							options: "External Agency",
							in_list_view: 1,
							get_query: () => ({ filters: { enabled: 1 } }),
						},
						{
							fieldname: "alternative",
							label: __("Or What Was Offered"),
							fieldtype: "Data",
							in_list_view: 1,
						},
						{
							fieldname: "kind",
							label: __("Kind"),
							fieldtype: "Select",
							options: ["Information", "Referral"],
							default: "Information",
							in_list_view: 1,
						},
						...shared_fields(),
					],
				},
				{
					fieldname: "no_alternative_reason",
					label: __("Or Reason No Alternative Was Given"),
					fieldtype: "Small Text",
					default: frm.doc.no_alternative_reason,
				},
				{
					fieldname: "note",
					label: __("About the Decision"),
					fieldtype: "Small Text",
					default: frm.doc.decision_note,
				},
				...told(frm),
			],
			values: (values) => ({
				...values,
				alternatives: (values.alternatives || [])
					.filter((row) => row.agency || row.alternative)
					.map((row) =>
						Object.fromEntries(ALTERNATIVE.filter((field) => row[field]).map((field) => [field, row[field]]))
					),
			}),
			done: (answer) =>
				[__("Not accepted."), case_actions.made("Unmet Need", answer.unmet_need)].join(" "),
		},
		{
			label: __("Record Answer"),
			method: "record_answer",
			from: ["Not Accepted"],
			show: (frm) => get_referred(frm).length > 0,
			fields: (frm) => [
				{
					fieldname: "alternative",
					label: __("Referred to"),
					fieldtype: "Select",
					reqd: 1,
					options: get_referred(frm).map((row) => ({
						value: row.name,
						label: row.agency || row.alternative,
					})),
					default: get_referred(frm)[0].name,
				},
				{
					fieldname: "answer",
					label: __("Answer"),
					fieldtype: "Select",
					reqd: 1,
					options: frappe.meta.get_docfield("Intake Alternative", "answer").options,
				},
				case_actions.date("on", __("Answered on"), { reqd: 1 }),
				{ fieldname: "note", label: __("What the Agency Said"), fieldtype: "Small Text" },
			],
		},
		{
			label: __("Find Matches"),
			method: "find_matches",
			from: OPEN,
			only_shown: true,
			fields: async (frm) => (await match_fields(frm)).filter((field) => field.fieldtype === "HTML"),
		},
		{
			label: __("Assign"),
			method: "assign",
			from: OPEN,
			fields: (frm) => [
				case_actions.user("intake_worker", __("Intake Worker"), {
					default: frm.doc.intake_worker || frappe.session.user,
				}),
			],
		},
	],
});

frappe.ui.form.on("Client Intake", {
	setup(frm) {
		frm.set_query("program", () => ({ filters: { enabled: 1 } }));
		frm.set_query("agency", "alternatives", () => ({ filters: { enabled: 1 } }));
	},
	refresh(frm) {
		const waits = ["New", "Screening"].includes(frm.doc.status) && !frm.doc.responded_on;
		if (waits && frm.doc.response_due && frm.doc.response_due < frappe.datetime.system_datetime()) {
			const due = frappe.datetime.str_to_user(frm.doc.response_due);
			frm.dashboard.set_headline_alert(__("A response was due on {0}.", [due]), "red");
		}
		if (frm.doc.match_confirmation === "Asked") {
			const message = __("A team leader is asked to confirm that this person is {0}.", [
				case_actions.text(frm.doc.match_choice),
			]);
			frm.dashboard.set_headline_alert(message, "orange");
		}
		const places = (frm.doc.__onload || {}).places;
		if (frm.doc.status === "Waitlisted" && places && places.capacity) {
			const message = __("Places free: {0} of {1}; people waiting: {2}.", [
				places.free,
				places.capacity,
				places.waiting,
			]);
			frm.dashboard.set_headline_alert(message, places.free ? "green" : "orange");
		}
	},
});
