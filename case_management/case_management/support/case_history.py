"""The history of a case: a line for each opening, closing, reopening and hand-over, which nobody edits."""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.access.team import get_beginning
from case_management.case_management.record.status import status_changed_to

# The history's word for a case that comes to a status.
EVENTS = {"Active": "Activated", "Exit Planning": "Exit Planning", "Closed": "Closed"}


def set_history(case: Document) -> None:
	"""Add a line for what happens to a case as it is saved."""
	if case.is_new():
		add_event(case, "Opened", case.opened_on)
	elif is_reopened(case):
		add_event(case, "Reopened", case.flags.event_date)
	elif status_changed_to(case, *EVENTS):
		add_event(case, EVENTS[case.status], case.flags.event_date or case.closed_on)
	if is_handed_over(case):
		people = {"from_user": get_manager_before(case), "to_user": case.case_manager}
		add_event(case, "Handed Over", get_beginning(case), **people)


def add_event(case: Document, event: str, on: date | None, **people: str | None) -> None:
	reason = case.flags.event_reason or (case.closure_note if event == "Closed" else None)
	row = {"event": event, "on_date": on or getdate(), "by_user": frappe.session.user, "reason": reason}
	case.append("events", {**row, **people})


def is_reopened(case: Document) -> bool:
	before = case.get_doc_before_save()
	return bool(before) and before.status == "Closed" and status_changed_to(case, "Active")


def is_handed_over(case: Document) -> bool:
	return not case.is_new() and case.has_value_changed("case_manager")


def get_manager_before(case: Document) -> str | None:
	before = case.get_doc_before_save()
	return before and before.case_manager
