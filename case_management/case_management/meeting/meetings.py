"""The meeting cycle: the next meeting of an Active case that needs one always exists (design rule 6; C19, C21)."""

from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, format_datetime, get_datetime, get_timedelta, getdate, now_datetime

from case_management.case_management.access.grants import is_in_conflict
from case_management.case_management.households.household import is_minor
from case_management.case_management.meeting.open_days import move_to_open_day
from case_management.case_management.record.actions import lock_case, store
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.settings import get_setting

CASE_MEETING = "Case Management"
OVER = ("Held", "Missed", "Cancelled")
# What is still added to a meeting that is over; its notes only for the days in Settings.
ADDED_LATER = frozenset(
	{
		"summary",
		"summary_given_on",
		"interpreter_attended",
		"previous_meeting",
		"next_meeting",
		"workflow_state",
		"client_name",
	}
)


def needs_meetings(case: str) -> bool:
	"""Tell whether the next meeting of a case always exists (C19, C21).

	An Active case of a compulsory program, and of a voluntary one unless Settings say otherwise or the client has opted out.
	A child of a household has no cycle of its own: it is spoken of in the head's meetings while the head's case is open, and
	may be given meetings besides.
	"""
	fields = ["status", "program", "head_case", "client.birth_date as birth_date"]
	fields += ["client.died_on as died_on", "agreement_withdrawn_on", "meetings_declined_on"]
	row = next(iter(frappe.get_all("Client Case", filters={"name": case}, fields=fields)), None)
	if not row or row.died_on or row.status != "Active" or is_spoken_of(row):
		return False
	if frappe.get_cached_value("Support Program", row.program, "participation") == "Compulsory":
		return True
	opted_out = row.agreement_withdrawn_on or row.meetings_declined_on
	return bool(get_setting("meetings_for_voluntary")) and not opted_out


def is_spoken_of(case: frappe._dict) -> bool:
	"""Tell whether a case is a child's who is spoken of in the meetings of an open head's case."""
	if not case.head_case or not is_minor(case.birth_date):
		return False
	return frappe.db.get_value("Client Case", case.head_case, "status") != "Closed"


def ensure_next_meeting(
	case: str, after: date | None = None, scheduled_on: datetime | None = None, previous: str | None = None
) -> str | None:
	"""Return the code of the case's next Case Management meeting, made now if none is scheduled.

	:param after: the day from which the program's interval counts; the last meeting's, or today, by default
	:param scheduled_on: the time agreed with the client, instead of the one the cycle gives
	:param previous: the meeting it follows
	:return: None where none is scheduled and the case needs none
	"""
	lock_case(case)
	existing = get_scheduled_meeting(case)
	if existing:
		return move_meeting(existing, scheduled_on) if scheduled_on else existing
	if not scheduled_on and not needs_meetings(case):
		return None
	doc = frappe.get_doc("Client Case", case)
	last = get_last_meeting(case)
	when = scheduled_on or get_next_time(doc, after or (last and getdate(last.scheduled_on)) or getdate())
	return store(make_meeting(doc, when, CASE_MEETING, previous or (last and last.name))).name


def get_scheduled_meeting(case: str, **filters: object) -> str | None:
	"""Return the earliest scheduled meeting of a case, read past what this transaction saw at its beginning."""
	wanted = {"client_case": case, "status": "Scheduled", "kind": CASE_MEETING, **filters}
	return frappe.db.get_value("Case Meeting", wanted, "name", order_by="scheduled_on asc", for_update=True)


def get_last_meeting(case: str) -> frappe._dict | None:
	"""Return `name` and `scheduled_on` of the last meeting that was held or missed."""
	filters = {"client_case": case, "kind": CASE_MEETING, "status": ("in", ("Held", "Missed"))}
	return frappe.db.get_value(
		"Case Meeting", filters, ["name", "scheduled_on"], order_by="scheduled_on desc", as_dict=True
	)


def get_next_time(case: Document, after: date) -> datetime:
	"""Return the first time of the program's cycle after a day that is not past, on a day that is open."""
	program = frappe.get_cached_doc("Support Program", case.program)
	interval = max(cint(program.meeting_interval_days), 1)
	time = get_timedelta(program.meeting_time)
	when = get_datetime(add_days(getdate(after), interval)) + timedelta(seconds=time.seconds)
	behind = now_datetime() - when
	if behind > timedelta(0):
		when += timedelta(days=interval * -(-behind // timedelta(days=interval)))
	return move_to_open_day(when, program.meeting_on_closed_days, now_datetime())


def move_meeting(name: str, scheduled_on: datetime) -> str:
	"""Move a scheduled meeting to the time agreed with the client; return its code."""
	meeting = frappe.get_doc("Case Meeting", name, for_update=True)
	if get_datetime(meeting.scheduled_on) != scheduled_on:
		meeting.scheduled_on = scheduled_on
		store(meeting)
	return name


def schedule_meeting(
	case: Document, scheduled_on: str | datetime | None, kind: str | None = None
) -> Document:
	"""Return the meeting of a kind at a time, made now unless it is already scheduled.

	:param kind: Case Management, Review or Coordination
	:raises frappe.ValidationError: no time is given, or the case is neither Active nor in exit planning
	"""
	if not scheduled_on:
		refuse(case, _("A meeting has a time."), _("Give the date and time it is scheduled for."))
	when = get_time(case, _("Scheduled for"), scheduled_on)
	kind = kind or CASE_MEETING
	lock_case(case.name)
	existing = get_scheduled_meeting(case.name, kind=kind, scheduled_on=when)
	if existing:
		return frappe.get_doc("Case Meeting", existing)
	last = get_last_meeting(case.name)
	return store(make_meeting(case, when, kind, last and last.name))


def make_meeting(case: Document, scheduled_on: datetime, kind: str, previous: str | None = None) -> Document:
	"""Return a new meeting of the case, not stored; its agenda is filled when it is."""
	interpreter = frappe.db.get_value("Client", case.client, "interpreter_required")
	worker = get_case_manager(case)
	meeting = {
		"doctype": "Case Meeting",
		"client": case.client,
		"client_case": case.name,
		"kind": kind,
		"scheduled_on": scheduled_on,
		"worker": worker,
		"minutes": frappe.get_cached_value("Support Program", case.program, "meeting_minutes"),
		"interpreter_required": interpreter,
		"previous_meeting": previous,
		"attendees": [{"kind": "Client"}, *([{"kind": "Case Manager", "user": worker}] if worker else [])],
	}
	return frappe.get_doc(meeting)


def get_case_manager(case: Document) -> str | None:
	"""Return the case's manager; for a household's member without a manager of its own, the head's.

	None while a conflict keeps the manager from the client, and once they have left.
	"""
	manager = case.case_manager
	if not manager and case.head_case:
		manager = frappe.db.get_value("Client Case", case.head_case, "case_manager")
	if not manager or not frappe.db.get_value("User", manager, "enabled"):
		return None
	return None if is_in_conflict(manager, case.client) else manager


def give_meetings(case: str, before: str | None, worker: str | None, days: list | None = None) -> None:
	"""Give the meetings ahead to another worker: those of the one before, and those that nobody holds.

	:param before: who held them; in the rows of who attends, the new one takes their place
	:param worker: the new one; None while a conflict keeps them from the client
	:param days: filters for some of the meetings only
	"""
	table, row = frappe.qb.DocType("Case Meeting"), frappe.qb.DocType("Meeting Attendee")
	filters = [["client_case", "=", case], ["status", "=", "Scheduled"], *(days or [])]
	ahead = frappe.get_all("Case Meeting", filters, pluck="name")
	if not ahead:
		return
	query = frappe.qb.update(table).set(table.worker, worker).where(table.name.isin(ahead))
	query.where(table.worker.isnull() | (table.worker == before)).run()
	theirs = (row.parenttype == "Case Meeting") & row.parent.isin(ahead) & (row.kind == "Case Manager")
	query = frappe.qb.update(row).set(row.user, worker)
	query.where(theirs & (row.user.isnull() | (row.user == before))).run()


def update_next_meeting(case: str) -> None:
	"""Show the earliest scheduled meeting on the case; the case does not count as modified by it."""
	filters = {"client_case": case, "status": "Scheduled"}
	when = frappe.db.get_value("Case Meeting", filters, "scheduled_on", order_by="scheduled_on asc")
	frappe.db.set_value("Client Case", case, "next_meeting_on", when, update_modified=False)


def update_following(meeting: Document, scheduled_on: datetime | None = None) -> None:
	"""See that a meeting follows one that was held, missed or cancelled, and link it."""
	after = getdate(meeting.scheduled_on)
	name = ensure_next_meeting(meeting.client_case, after, scheduled_on, meeting.name)
	meeting.db_set("next_meeting", name, update_modified=False)


# What a meeting must keep to


def validate_may_take_place(meeting: Document) -> None:
	"""Refuse a meeting for a case that is not Active yet."""
	case = meeting.get_case()
	if meeting.is_new() and case and case.status == "Pending":
		refuse(
			meeting,
			_("The case {0} is Pending.").format(case.name),
			_("Acknowledge the rights statement on the case first: then it is Active."),
		)


def validate_time(meeting: Document) -> None:
	"""Refuse to move a scheduled meeting to a time that has passed."""
	moved = not meeting.is_new() and meeting.has_value_changed("scheduled_on")
	if moved and meeting.scheduled_on:
		get_time_to_come(meeting, meeting.scheduled_on)


def get_time_to_come(meeting: Document, value: str | datetime | None) -> datetime | None:
	"""Return the time that a value names, None if there is none.

	:raises frappe.ValidationError: the value is no time, or has passed
	"""
	when = get_time(meeting, _("Time of the meeting"), value) if value else None
	if when and when < now_datetime():
		refuse(meeting, _("{0} has passed.").format(format_datetime(when)), _("Choose a time to come."))
	return when


def validate_kept(meeting: Document) -> None:
	"""Refuse changes to a meeting that was held, missed or cancelled, except what is added to it later."""
	before = meeting.get_doc_before_save()
	if not before or before.status not in OVER:
		return
	changed = get_changed_fields(before, meeting) - ADDED_LATER
	if takes_notes(before):
		changed.discard("notes")
	if changed:
		refuse(
			meeting,
			_("It is {0} and is kept as it was ({1}).").format(
				_(before.status), get_labels(meeting, changed)
			),
			_("Write a case note, or take it up in the next meeting."),
		)


def takes_notes(meeting: Document) -> bool:
	"""Tell whether a meeting that is over still takes notes: as long as a case note would."""
	days = get_setting("note_lock_days")
	over = meeting.held_on or meeting.missed_on or meeting.scheduled_on
	return getdate() <= getdate(add_days(getdate(over), cint(days)))
