"""A meeting that two people record: the second hears of the first, and gets back the words that are not in it."""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, format_datetime, get_datetime, get_fullname

from case_management.case_management.meeting import agenda
from case_management.case_management.record.actions import give_back
from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import get_rows

# Argument → the fields its rows may have, and the one that a plain text fills.
TABLES = {
	"goals": (agenda.GOAL_FIELDS, None),
	"strategies": (agenda.STRATEGY_FIELDS, None),
	"next_steps": (agenda.STEP_FIELDS, None),
	"decisions": (agenda.DECISION_FIELDS, "decision"),
	"attendees": (agenda.ATTENDEE_FIELDS, None),
}


def validate_same(
	meeting: Document,
	said: dict,
	given: dict,
	steps_done: list | str | None = None,
	next_meeting_on: str | datetime | None = None,
) -> None:
	"""Refuse what somebody recorded differently before: nothing is dropped without a word.

	:param said: the rows given, by table
	:param given: the values given, by field
	:param steps_done: the names of rows of steps that are done
	:param next_meeting_on: when the next meeting is
	:raises frappe.ValidationError: naming who recorded it; what is not in it is given back
	"""
	unsaved = dict(get_unsaved_rows(meeting, said))
	unsaved |= {
		field: value for field, value in given.items() if value and not is_same(meeting, field, value)
	}
	if steps := get_open_steps(meeting, steps_done):
		unsaved["steps_done"] = steps
	if next_meeting_on and not is_next_meeting(meeting, next_meeting_on):
		unsaved["next_meeting_on"] = cstr(next_meeting_on)
	if unsaved:
		give_back(unsaved)
		refuse_second(meeting, unsaved)


def refuse_second(meeting: Document, unsaved: dict) -> None:
	refuse(
		meeting,
		_("{0} recorded it as {1} on {2}. It does not have these words of yours: {3}.").format(
			get_fullname(meeting.recorded_by or meeting.modified_by),
			_(meeting.status),
			format_datetime(meeting.recorded_on or meeting.modified),
			"; ".join(get_texts(unsaved)),
		),
		_("Add them to its notes, write a case note, or take them up in the next meeting."),
	)


def get_unsaved_rows(meeting: Document, said: dict) -> list[tuple[str, list[dict]]]:
	"""Return table and rows of what a meeting does not have."""
	found = []
	for table, (fields, text_field) in TABLES.items():
		rows = get_rows(meeting, _(meeting.meta.get_label(table)), said.get(table), fields, text_field)
		if new := [row for row in rows if not any(has_values(there, row) for there in meeting.get(table))]:
			found.append((table, new))
	return found


def has_values(row: Document, values: dict) -> bool:
	return all(is_same(row, field, value) for field, value in values.items())


def is_same(row: Document, field: str, value: object) -> bool:
	return get_text(row.get(field)) == get_text(value)


def get_text(value: object) -> str:
	"""Return a value as text, by which what is stored and what a request gives can be compared."""
	return cstr(int(value) if isinstance(value, bool | float) else value).strip()


def get_open_steps(meeting: Document, steps_done: list | str | None) -> list[str]:
	"""Return which of these steps are still open."""
	open_steps = {step.step_row for step in agenda.get_open_steps(meeting)}
	rows = get_rows(meeting, _("Steps"), steps_done, ("step_row",), "step_row")
	return [row["step_row"] for row in rows if row["step_row"] in open_steps]


def is_next_meeting(meeting: Document, when: str | datetime) -> bool:
	there = meeting.next_meeting and frappe.db.get_value("Case Meeting", meeting.next_meeting, "scheduled_on")
	return bool(there) and get_datetime(there) == get_time(meeting, _("Time of the meeting"), when)


def get_texts(unsaved: dict) -> list[str]:
	"""Return the words that were not stored, as a sentence lists them."""
	values = []
	for value in unsaved.values():
		rows = value if isinstance(value, list) else [value]
		for row in rows:
			values += [", ".join(map(cstr, row.values()))] if isinstance(row, dict) else [cstr(row)]
	return values
