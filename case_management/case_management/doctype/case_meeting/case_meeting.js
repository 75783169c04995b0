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
