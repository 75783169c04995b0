"""A hand-over on a day ahead: the team's rows say from when on who sees the client, and the case manager follows them.

The rule of who sees whom goes by the rows' days, so it needs no job. The case manager changes when the case is next
saved on or after that day, at the latest by the daily job (`reminders/hand_overs.py`).
"""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_days, getdate

MANAGER = "Case Manager"
HANDED_OVER, PLANNED, TAKEN_BACK = "Handed Over", "Hand-over Planned", "Hand-over Taken Back"


def add_event(
	case: Document,
	before: str | None,
	user: str | None,
	on: date | str | None = None,
	event: str = HANDED_OVER,
) -> Document:
	"""Add a line to the history of a case that somebody takes it over; return it, not stored."""
	users = {"from_user": before, "to_user": user, "by_user": frappe.session.user}
	return case.append("events", {"event": event, "on_date": getdate(on), **users})


def get_planned(case: Document) -> list[Document]:
	"""Return the rows of who is to be case manager from a day ahead."""
	return [row for row in case.team if row.team_role == MANAGER and getdate(row.from_date) > getdate()]


def get_next_managers(case: Document) -> set[str]:
	return {row.user for row in get_planned(case)}


def is_planned(case: Document, user: str, on: date) -> bool:
	"""Tell whether just this hand-over is planned already, as when a button is pressed twice."""
	return any(row.user == user and getdate(row.from_date) == on for row in get_planned(case))


def take_back(case: Document) -> bool:
	"""Take what is planned off the team, so that the case manager stays; tell whether there was anything."""
	planned = get_planned(case)
	last_days = {getdate(add_days(row.from_date, -1)) for row in planned}
	for row in planned:
		case.team.remove(row)
		add_event(case, row.user, case.case_manager, row.from_date, TAKEN_BACK)
	for row in case.team:
		is_manager = row.user == case.case_manager and row.team_role == MANAGER
		if is_manager and row.to_date and getdate(row.to_date) in last_days:
			row.to_date = None
	return bool(planned)


def set_manager_of_today(case: Document) -> None:
	"""Make who was planned the case manager, from their day on."""
	if case.is_new():
		return
	today = getdate()
	rows = [row for row in case.team if row.team_role == MANAGER and getdate(row.from_date) <= today]
	rows = [row for row in rows if not row.to_date or getdate(row.to_date) >= today]
	if rows and case.case_manager not in {row.user for row in rows}:
		latest = max(rows, key=lambda row: getdate(row.from_date))
		case.case_manager, case.flags.handed_over_on = latest.user, latest.from_date


def get_due() -> list[str]:
	"""Return the cases with a row of today's that the case does not follow yet."""
	case, row = DocType("Client Case"), DocType("Case Team Member")
	today = getdate()
	query = frappe.qb.from_(row).join(case).on(case.name == row.parent).select(case.name).distinct()
	in_force = (row.from_date <= today) & (row.to_date.isnull() | (row.to_date >= today))
	takes_over = (row.team_role == MANAGER) & (case.case_manager.isnull() | (case.case_manager != row.user))
	query = query.where(
		(row.parenttype == "Client Case") & in_force & (takes_over | (case.has_own_team == 0))
	)
	return query.orderby(case.name).run(pluck=True)
