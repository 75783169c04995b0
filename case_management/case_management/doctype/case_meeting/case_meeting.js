{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Case Meeting", {
	locked: ["Held", "Missed", "Cancelled"],
	written_later: ["notes", "summary_given_on"],
	actions: [
		{
			label: __("Record as Held"),
			method: "hold",
			from: ["Scheduled"],
			to: "Held",
			primary: true,
			fields: (frm) => [
				case_actions.date("held_on", __("Held on"), { reqd: 1, default: get_day(frm) }),
				{
					fieldname: "participation",
					label: __("How the Client Took Part"),
					fieldtype: "Select",
					options: case_actions.options(frm, "participation"),
					default: frm.doc.participation,
					reqd: is_review(frm) ? 1 : 0,
				},
				...ask_presence(frm),
				...ask_words(frm),
				...ask_steps(frm),
				...(is_review(frm) ? ask_review(frm) : []),
				...(frm.doc.interpreter_required ? ask_interpreter(frm) : []),
				{ fieldname: "feedback_asked", label: __("Feedback Was Asked for"), fieldtype: "Check" },
				{
					fieldname: "next_meeting_on",
					label: __("Next Meeting"),
					fieldtype: "Datetime",
					description: __("Empty: as the program's cycle gives it."),
				},
				{
					fieldname: "summary",
					label: __("Summary for the Client"),
					fieldtype: "Small Text",
					description: __("In plain language, to take away."),
					default: frm.doc.summary,
				},
			],
			values: (values, frm) => take_presence(take_words(values, frm), frm),
			done: say_next,
		},
		{
			label: __("Prepare"),
			method: "prepare",
			from: ["Scheduled"],
			done: (answer) => __("{0} goals are on the agenda.", [answer.goals]),
		},
		{
			label: __("Reschedule"),
			method: "reschedule",
			from: ["Scheduled"],
			group: __("Other"),
			fields: (frm) => [
				{
					fieldname: "scheduled_on",
					label: __("Scheduled for"),
					fieldtype: "Datetime",
					reqd: 1,
					default: frm.doc.scheduled_on,
				},
			],
		},
		{
			label: __("Record as Missed"),
			method: "miss",
			from: ["Scheduled"],
			to: "Missed",
			group: __("Other"),
			fields: (frm) => [
				case_actions.code("reason", __("Reason Missed"), "Missed Meeting Reason", { reqd: 1 }),
				case_actions.date("on", __("Missed on"), { reqd: 1, default: get_day(frm) }),
			],
			done: say_next,
		},
		{
			label: __("Cancel Meeting"),
			method: "cancel",
			from: ["Scheduled"],
			to: "Cancelled",
			group: __("Other"),
			fields: [case_actions.reason(__("Reason Cancelled"))],
			done: say_next,
		},
	],
});

frappe.ui.form.on("Case Meeting", {
	refresh(frm) {
		show_open_steps(frm);
		if (frm.is_new() || frm.doc.status !== "Scheduled") return;
		frm.add_custom_button(
			__("Record Feedback"),
			() =>
				frappe.new_doc("Client Feedback", {
					client: frm.doc.client,
					client_case: frm.doc.client_case,
				}),
			__("Other")
		);
		if (frm.doc.scheduled_on < case_actions.today()) {
			const day = frappe.datetime.str_to_user(frm.doc.scheduled_on);
			frm.dashboard.set_headline_alert(
				__("It was scheduled for {0}: record whether it was held or missed.", [day]),
				"orange"
			);
		} else if (frm.doc.interpreter_required && !frm.doc.interpreter_booked_on) {
			frm.dashboard.set_headline_alert(
				__("The client needs an interpreter, and none is booked yet."),
				"orange"
			);
		}
	},
});

// Goals of which the form says nothing yet: each gets a word, or the reason it was not discussed.
const SAID = [
	"client_rating",
	"worker_rating",
	"level",
	"client_words",
	"progress",
	"impediment",
	"impediment_note",
	"impediment_overcome",
	"responsibility",
	"follow_on_goal",
	"not_discussed_reason",
];

const get_silent = (frm) =>
	(frm.doc.goals || []).filter(
		(row) => (row.outcome || "Continue") === "Continue" && !SAID.some((field) => row[field])
	);

const ask_words = (frm) =>
	get_silent(frm).flatMap((row) => [
		{ fieldtype: "Section Break", label: row.goal_text || row.goal },
		{ fieldname: `progress:${row.goal}`, label: __("Progress"), fieldtype: "Small Text" },
		{ fieldtype: "Column Break" },
		case_actions.code(
			`not_discussed_reason:${row.goal}`,
			__("Reason It Was Not Discussed"),
			"Reason a Goal Was Not Discussed"
		),
	]).concat(get_silent(frm).length ? [{ fieldtype: "Section Break" }] : []);

// What was entered of each goal, as rows of the action.
function take_words(values, frm) {
	const given = { ...values, goals: [] };
	for (const { goal } of get_silent(frm)) {
		const row = { goal };
		for (const field of ["progress", "not_discussed_reason"]) {
			if (given[`${field}:${goal}`]) row[field] = given[`${field}:${goal}`];
			delete given[`${field}:${goal}`];
		}
		if (Object.keys(row).length > 1) given.goals.push(row);
	}
	if (!given.goals.length) delete given.goals;
	return given;
}

// Who was there, where the form has nobody marked as present.
const is_anybody_there = (frm) => (frm.doc.attendees || []).some((row) => row.attended);

const ask_presence = (frm) =>
	is_anybody_there(frm) || !(frm.doc.attendees || []).length
		? []
		: [
				{ fieldtype: "Section Break", label: __("Who Was There") },
				...frm.doc.attendees.map((row) => ({
					fieldname: `present:${row.idx}`,
					label: [__(row.kind), row.person_name || row.user].filter((part) => part).join(": "),
					fieldtype: "Check",
				})),
				{ fieldtype: "Section Break" },
		  ];

function take_presence(values, frm) {
	const given = { ...values };
	const rows = (frm.doc.attendees || []).filter((row) => given[`present:${row.idx}`]);
	for (const row of frm.doc.attendees || []) delete given[`present:${row.idx}`];
	if (rows.length)
		given.attendees = rows.map(({ kind, user, person_name }) =>
			case_actions.drop_empty({ kind, user, person_name, attended: 1 })
		);
	return given;
}

const get_open_steps = (frm) => (frm.doc.__onload || {}).open_steps || [];

const ask_steps = (frm) =>
	get_open_steps(frm).length
		? [
				{
					fieldname: "steps_done",
					label: __("Steps That Are Done"),
					fieldtype: "MultiCheck",
					options: get_open_steps(frm).map((row) => ({ label: row.step, value: row.step_row })),
				},
		  ]
		: [];

const is_review = (frm) => frm.doc.kind === "Review";

const ask_review = (frm) => [
	{
		fieldname: "services_reviewed",
		label: __("Service Activities Reviewed"),
		fieldtype: "Small Text",
		description: __("Empty: as the record has them since the last review."),
		default: frm.doc.services_reviewed,
	},
	{
		fieldname: "reassessment_wanted",
		label: __("A New Assessment Is Wanted"),
		fieldtype: "Check",
		default: frm.doc.reassessment_wanted,
	},
];

const ask_interpreter = (frm) => [
	{
		fieldname: "interpreter_attended",
		label: __("The Interpreter Attended"),
		fieldtype: "Check",
		default: frm.doc.interpreter_attended,
	},
	{
		fieldname: "no_interpreter_reason",
		label: __("Reason There Was No Interpreter"),
		fieldtype: "Small Text",
		depends_on: "eval:!doc.interpreter_attended",
		default: frm.doc.no_interpreter_reason,
	},
];

// The day the meeting was scheduled for, or today if that is still to come.
function get_day(frm) {
	const [day, today] = [(frm.doc.scheduled_on || "").slice(0, 10), case_actions.today()];
	return day && day < today ? day : today;
}

function say_next(answer) {
	if (!answer.next_meeting) return null;
	return __("Next meeting: {0}", [case_actions.link("Case Meeting", answer.next_meeting)]);
}

// What was agreed before and is not done yet, under the goals of the agenda.
function show_open_steps(frm) {
	frm.layout.wrapper.find(".open-steps").remove();
	if (frm.is_new() || !get_open_steps(frm).length) return;
	const rows = get_open_steps(frm).map((row) => {
		const due = row.due_on ? `, ${frappe.datetime.str_to_user(row.due_on)}` : "";
		const who = case_actions.text(row.who || __(row.responsible));
		return `<li class="${row.overdue ? "text-danger" : ""}">${case_actions.text(row.step)} (${who}${due})</li>`;
	});
	$(`<div class="open-steps w-100 px-3 mb-4"><div class="control-label mb-1">${__("Open Steps")}</div>
		<ul class="pl-3 mb-0">${rows.join("")}</ul></div>`).appendTo(
		frm.fields_dict.goals.$wrapper.closest(".form-section")
	);
}
