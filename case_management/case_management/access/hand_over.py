"""What is open of a case goes with it to who takes it over, on the day that was said (C12, C20)."""

from collections.abc import Iterable
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType

from case_management.case_management.access.planned_hand_over import add_event
from case_management.case_management.meeting.meetings import get_case_manager, give_meetings
from case_management.permissions import CLIENT_RECORDS


def update_work(case: Document, before: str | None) -> None:
	"""Give what is open of a case to its case manager: what the one before had, and what nobody had.

	Meetings ahead, follow-ups, steps and tasks move; what is over stays with who did it. Where a conflict keeps the new
	case manager from the client, nobody has it, and the tasks stay.

	:param case: the case, with its new case manager
	:param before: who was its case manager
	"""
	worker = get_case_manager(case)
	give_meetings(case.name, before, worker)
	update_follow_ups(case.name, before, worker)
	if before:
		update_steps(case.name, before, worker)
	if before and worker:
		update_tasks(case, before, worker)


def update_follow_ups(case: str, before: str | None, worker: str | None) -> None:
	table = DocType("Case Follow Up")
	query = frappe.qb.update(table).set(table.worker, worker)
	query = query.where((table.client_case == case) & (table.status == "Due"))
	query.where(table.worker.isnull() | (table.worker == before)).run()


def update_steps(case: str, before: str, worker: str | None) -> None:
	"""Give the open steps of a case's goals that were the worker's to the new one."""
	goals = frappe.get_all("Support Goal", {"client_case": case}, pluck="name")
	step = DocType("Goal Step")
	if goals:
		query = frappe.qb.update(step).set(step.responsible_user, worker)
		query = query.where((step.parenttype == "Support Goal") & step.parent.isin(goals))
		query.where((step.responsible_user == before) & (step.status == "Open")).run()


def update_tasks(case: Document, before: str, worker: str) -> None:
	"""Give the open tasks about a case, its records and its client to the new case manager."""
	for name in get_tasks(case, before):
		task = frappe.get_doc("ToDo", name)
		task.allocated_to = worker
		task.save(ignore_permissions=True)


def get_tasks(case: Document, user: str) -> list[str]:
	"""Return somebody's open tasks about a case and its records.

	Those about the client stay theirs while they manage another open case of the client.
	"""
	filters = {"allocated_to": user, "status": "Open", "reference_type": ("in", CLIENT_RECORDS)}
	fields = ["name", "reference_type", "reference_name"]
	tasks = frappe.get_all("ToDo", filters, fields, order_by="creation")
	about = {kind: get_records(case, kind, tasks) for kind in {task.reference_type for task in tasks}}
	if "Client" in about and manages_another(case, user):
		about["Client"] = set()
	return [task.name for task in tasks if task.reference_name in about[task.reference_type]]


def get_records(case: Document, doctype: str, tasks: Iterable[frappe._dict]) -> set[str]:
	"""Return the records of a kind that tasks are about and that belong to a case."""
	fields = {"Client": ("name", case.client), "Client Case": ("name", case.name)}
	field, value = fields.get(doctype, ("client_case", case.name))
	if field != "name" and not frappe.get_meta(doctype).has_field(field):
		return set()
	names = [task.reference_name for task in tasks if task.reference_type == doctype]
	found = frappe.get_all(doctype, [["name", "in", names], [field, "=", value]], pluck="name")
	return set(found)


def manages_another(case: Document, user: str) -> bool:
	filters = {"client": case.client, "case_manager": user, "status": ("!=", "Closed")}
	return bool(frappe.db.exists("Client Case", {**filters, "name": ("!=", case.name)}))


def has_new_manager(case: Document) -> bool:
	"""Tell whether a stored case gets another case manager with this save."""
	before = case.get_doc_before_save()
	return bool(before) and before.case_manager != case.case_manager


def set_history(case: Document) -> None:
	"""Note in the history of a case that it was handed over, from whom, to whom and from when on."""
	if has_new_manager(case):
		before = case.get_doc_before_save().case_manager
		add_event(case, before, case.case_manager, case.flags.handed_over_on)


def follow_head(member: Document, user: str | None, on: date | str | None = None) -> None:
	"""Let the case of a household's member follow a change of the head's case manager, past its own rules."""
	before, member.case_manager = member.case_manager, user
	frappe.db.set_value("Client Case", member.name, "case_manager", user)
	add_event(member, before, user, on).db_insert()
	update_work(member, before)
