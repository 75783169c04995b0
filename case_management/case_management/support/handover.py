"""Handing a case over from a day on, with the work that lies ahead of its case manager (C12, C20).

Until that day the one before manages the case and sees the client; from then on the next one does, as the team's dates say.
On the day itself, or when the case is saved next, the work ahead is theirs.
"""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import getdate

from case_management.case_management.access.team import MANAGER, get_successor
from case_management.case_management.meeting.meetings import get_case_manager, update_worker
from case_management.case_management.record.actions import store
from case_management.permissions import CLIENT_RECORDS


def hand_over_work(case: Document, before: str | None) -> None:
	"""Give what lies ahead in a case to its case manager of now; what was done stays whose it was.

	:param case: the case, with its case manager of now
	:param before: who managed it before
	"""
	after = get_case_manager(case)
	update_worker(case, before)
	if not before or before == after:
		return
	hand_over_attendance(case, before, after)
	hand_over_follow_ups(case, before, after)
	hand_over_steps(case, before, after)
	for todo in get_todos(case, before) if after else ():
		todo.allocated_to = after
		todo.save(ignore_permissions=True)


def hand_over_attendance(case: Document, before: str, after: str | None) -> None:
	"""Let the new case manager, and not the one before, be expected at the meetings ahead."""
	meeting, person = DocType("Case Meeting"), DocType("Meeting Attendee")
	ahead = frappe.qb.from_(meeting).select(meeting.name)
	ahead = ahead.where((meeting.client_case == case.name) & (meeting.status == "Scheduled"))
	theirs = (person.parenttype == "Case Meeting") & (person.kind == MANAGER) & (person.user == before)
	frappe.qb.update(person).set(person.user, after).where(theirs & person.parent.isin(ahead)).run()


def hand_over_follow_ups(case: Document, before: str, after: str | None) -> None:
	table = DocType("Case Follow Up")
	due = (table.client_case == case.name) & (table.status == "Due") & (table.worker == before)
	frappe.qb.update(table).set(table.worker, after).where(due).run()


def hand_over_steps(case: Document, before: str, after: str | None) -> None:
	goal, step = DocType("Support Goal"), DocType("Goal Step")
	goals = frappe.qb.from_(goal).select(goal.name).where(goal.client_case == case.name)
	theirs = (step.parenttype == "Support Goal") & (step.status == "Open") & (step.responsible_user == before)
	frappe.qb.update(step).set(step.responsible_user, after).where(theirs & step.parent.isin(goals)).run()


def get_todos(case: Document, user: str) -> Iterator[Document]:
	"""Yield somebody's open to-dos about a case and its records, and about the client unless they manage another case of theirs."""
	filters = {"allocated_to": user, "status": "Open", "reference_type": ("in", CLIENT_RECORDS)}
	others = {"client": case.client, "case_manager": user, "status": ("!=", "Closed")}
	keeps = frappe.db.exists("Client Case", {**others, "name": ("!=", case.name)})
	for name, doctype, record in frappe.get_all(
		"ToDo", filters, ["name", "reference_type", "reference_name"], as_list=True
	):
		if is_of_case(doctype, record, case, bool(keeps)):
			yield frappe.get_doc("ToDo", name)


def is_of_case(doctype: str, name: str, case: Document, only: bool) -> bool:
	"""Tell whether a record belongs to a case; one of the client's that names no case does, unless `only` is true."""
	if doctype == "Client Case":
		return name == case.name
	fields = [field for field in ("client_case", "client") if frappe.get_meta(doctype).has_field(field)]
	row = frappe.db.get_value(doctype, name, fields, as_dict=True) if fields else frappe._dict(client=name)
	if not row or row.get("client_case"):
		return bool(row) and row.client_case == case.name
	return not only and row.get("client") == case.client


def hand_over_due() -> None:
	"""Hand over the cases whose next case manager begins today, or should have begun. Job: daily."""
	for name in get_due():
		frappe.db.savepoint("handover")
		try:
			take_over(name)
		except Exception:
			# What goes wrong with one case stops no other; without the traceback, which would tell what it says.
			frappe.db.rollback(save_point="handover")
			frappe.clear_messages()
			frappe.log_error(_("Not handed over: {0}").format(name), _("Save it by hand."))


def take_over(name: str) -> None:
	case = frappe.get_doc("Client Case", name)
	if get_successor(case):
		store(case)


def get_due() -> list[str]:
	"""Return the open cases on whose team somebody else is case manager by now."""
	case, member = DocType("Client Case"), DocType("Case Team Member")
	now = (member.from_date <= getdate()) & (member.to_date.isnull() | (member.to_date >= getdate()))
	query = frappe.qb.from_(case).join(member).on((member.parent == case.name) & now)
	query = query.where((member.parenttype == "Client Case") & (member.team_role == MANAGER))
	query = query.where((case.status != "Closed") & (member.user != Coalesce(case.case_manager, "")))
	return query.select(case.name).distinct().orderby(case.name).run(pluck=True)
