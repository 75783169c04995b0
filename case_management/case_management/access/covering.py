"""Somebody covers for a case manager during leave: what falls on these days is theirs, and nothing else moves (C12)."""

from datetime import date, datetime, time, timedelta

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate

from case_management.case_management.access.planned_hand_over import add_event
from case_management.case_management.meeting.meetings import give_meetings

COVER, COVERED = "Cover", "Covered"


def is_covered(case: Document, user: str, first: date, last: date) -> bool:
	"""Tell whether somebody covers just these days already, as when a button is pressed twice."""
	rows = [row for row in case.team if row.user == user and row.team_role == COVER and row.to_date]
	return any((getdate(row.from_date), getdate(row.to_date)) == (first, last) for row in rows)


def cover(case: Document, user: str, first: date, last: date, reason: str | None = None) -> None:
	"""Put somebody on the team for the days of leave, and note it in the history."""
	row = {"user": user, "team_role": COVER, "from_date": first, "to_date": last, "reason": reason}
	case.append("team", row)
	add_event(case, case.case_manager, user, first, COVERED).reason = reason


def update_days(case: Document, user: str, first: date, last: date) -> None:
	"""Give the meetings and follow-ups of the days of leave to who covers."""
	days = (datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time()))
	filters = [["scheduled_on", ">=", days[0]], ["scheduled_on", "<", days[1]]]
	give_meetings(case.name, case.case_manager, user, filters)
	table = DocType("Case Follow Up")
	query = frappe.qb.update(table).set(table.worker, user)
	query = query.where((table.client_case == case.name) & (table.status == "Due"))
	query = query.where(table.due_on[first:last])
	query.where(table.worker.isnull() | (table.worker == case.case_manager)).run()
