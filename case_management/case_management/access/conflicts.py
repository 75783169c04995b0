"""A worker and a client who know each other, or a client's “not this worker”: from then on the worker is kept apart.

`permissions.py` denies them the client, whatever else grants it. This module sees that nobody gives them the client's
work, that what they worked on is taken over, and that a case whose manager they were shows that it needs another.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import formatdate

from case_management.case_management.access.grants import OPEN_INTAKE, is_in_conflict
from case_management.case_management.access.leads import get_leads
from case_management.case_management.access.restriction import get_team
from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS

# Fields that name who was concerned, and give nobody anything to do.
OF_THE_PAST = ("complaint_about", "invited_by", "team_leader")


class ConflictActions:
	"""The action of a declaration."""

	@frappe.whitelist(methods=["POST"])
	@action
	def end(self, on: str | date | None = None, reason: str | None = None) -> dict:
		"""End the declaration, so that the worker may work with the client again (design §5).

		:param on: from which day on it does not hold, YYYY-MM-DD; today if none is given
		:param reason: why, in words
		:return: `ended_on`
		:raises frappe.ValidationError: no reason is given, or the day lies before the declaration or in the future
		:raises frappe.PermissionError: the user leads no program of the client, or it is about themselves
		"""
		if not self.ended_on:
			validate_may_end(self)
			set_ended(self, on, reason)
			self.save()
		return {"ended_on": self.ended_on}


def set_ended(declaration: Document, on: str | date | None, reason: str | None) -> None:
	"""Note by whom, from which day on and why a declaration does not hold any more."""
	if not (reason or "").strip():
		refuse(declaration, _("The reason is missing."), _("Enter the reason why it no longer holds."))
	declaration.ended_on = get_date(declaration, _("Ended on"), on)
	declaration.update({"ended_by": frappe.session.user, "ended_reason": reason})


def validate_may_end(declaration: Document) -> None:
	"""Refuse the end to anybody but a leader of the client's programs: it opens the record to somebody again."""
	user = frappe.session.user
	if user == "Administrator":
		return
	if user == declaration.user or user not in get_leads(declaration.client):
		refuse(
			declaration,
			_("It is ended by a team leader of the client whom it is not about."),
			_("Ask a leader of the client's program; where there is none, an administrator reviews it."),
			frappe.PermissionError,
		)


def validate_declarer(declaration: Document) -> None:
	"""Refuse a declaration in somebody else's name: a worker declares for themselves, a leader for their team."""
	is_lead = frappe.session.user == "Administrator" or "Case Manager Lead" in frappe.get_roles()
	if declaration.declared_by == "Worker" and declaration.user != frappe.session.user and not is_lead:
		refuse(
			declaration,
			_("A worker declares only that they themselves know a client."),
			_("Choose “Client” if the client does not want {0}, or ask the team leader.").format(
				declaration.user
			),
		)
	if declaration.declared_by == "Team Leader" and not is_lead:
		refuse(
			declaration,
			_("Only a team leader declares as team leader."),
			_("Choose who declares it: the worker or the client."),
		)


def validate_worker(declaration: Document) -> None:
	"""Refuse a declaration about nobody who works here."""
	fields = ["enabled", "user_type"]
	worker = frappe.db.get_value("User", declaration.user, fields, as_dict=True)
	is_staff = worker and worker.enabled and worker.user_type == "System User"
	if declaration.user == "Administrator" or not is_staff:
		refuse(
			declaration,
			_("{0} is no worker of this service.").format(declaration.user),
			_("Choose an enabled user of the Desk."),
		)


def validate_once(declaration: Document) -> None:
	"""Refuse to declare the same twice. Worker and client may each declare, and neither learns of the other."""
	filters = {field: declaration.get(field) for field in ("client", "user", "declared_by")}
	filters["ended_on"] = ("is", "not set")
	# Locked, so that what another request stored while this one waited is seen.
	fields = ["name", "declared_on"]
	existing = frappe.db.get_value("Conflict Declaration", filters, fields, for_update=True)
	if existing:
		refuse(
			declaration,
			_("{0} says so already, since {1}.").format(existing[0], formatdate(existing[1])),
			_("Nothing more is needed."),
		)


def is_involved(user: str, client: str) -> bool:
	"""Tell whether somebody works with a client today: on the team, leading, managing a case or on an open intake."""
	open_case = {"client": client, "case_manager": user, "status": ("!=", "Closed")}
	open_intake = {"client": client, "intake_worker": user, "status": ("in", OPEN_INTAKE)}
	return (
		user in get_team(client) | get_leads(client)
		or bool(frappe.db.exists("Client Case", open_case))
		or bool(frappe.db.exists("Client Intake", open_intake))
	)


# What follows from a declaration


def update_cases_of(user: str) -> None:
	"""Mark the open cases whose manager may not see their client, and no others (C20)."""
	filters = {"case_manager": user, "status": ("!=", "Closed")}
	for case in frappe.get_all("Client Case", filters, ["name", "client", "manager_in_conflict"]):
		needed = int(is_in_conflict(user, case.client))
		if needed != case.manager_in_conflict:
			frappe.db.set_value(
				"Client Case", case.name, "manager_in_conflict", needed, update_modified=False
			)


def set_manager_in_conflict(case: Document) -> None:
	"""Mark a case whose manager may not see its client, as when the manager has changed."""
	case.manager_in_conflict = int(bool(case.case_manager) and is_in_conflict(case.case_manager, case.client))


def update_meetings_of(user: str, client: str) -> None:
	"""Take the worker off the meetings ahead: a reminder would tell them when the client is coming."""
	meeting = DocType("Case Meeting")
	query = frappe.qb.update(meeting).set(meeting.worker, None).where(meeting.client == client)
	query.where((meeting.worker == user) & (meeting.status == "Scheduled")).run()


def hand_over_todos(user: str, client: str, lead: str | None) -> None:
	"""Give what the worker had to do about the client to the leader, or to nobody: its text tells of the client."""
	todo = DocType("ToDo")
	query = frappe.qb.from_(todo).select(todo.name, todo.reference_type, todo.reference_name)
	query = query.where((todo.status == "Open") & todo.reference_type.isin(CLIENT_RECORDS))
	query = query.where((todo.allocated_to == user) | (todo.assigned_by == user))
	for name, doctype, reference in query.run():
		if get_client(doctype, reference) != client:
			continue
		doc = frappe.get_doc("ToDo", name)
		for field in ("allocated_to", "assigned_by"):
			doc.set(field, lead if doc.get(field) == user else doc.get(field))
		doc.save(ignore_permissions=True)


def get_client(doctype: str, name: str) -> str | None:
	"""Return the client a record is about."""
	return name if doctype == "Client" else frappe.db.get_value(doctype, name, "client")


# Who may not be given a client's work


def validate_workers(doc: Document) -> None:
	"""Refuse a record about a client that names, as a worker, somebody who may not see the client.

	Whatever names a user counts: case manager, team, a meeting's worker, an attendee, an intake worker.

	:raises frappe.ValidationError: somebody is newly named between whom and the client a declaration stands
	"""
	if doc.doctype == "Conflict Declaration" or not doc.get("client"):
		return
	for user in sorted(get_users_named(doc) - get_users_named(doc.get_doc_before_save())):
		if is_in_conflict(user, doc.client):
			refuse_worker(doc, user, doc.client)
		validate_enabled(doc, user)


def validate_enabled(doc: Document, user: str) -> None:
	"""Refuse to give a client's work to somebody who has left (C20).

	What is noted of the past may name them, and a household's member has the head's case manager, whoever that is.
	"""
	if doc.get("head_case") or user in {doc.get(field) for field in OF_THE_PAST}:
		return
	if frappe.db.get_value("User", user, "enabled") == 0:
		refuse(
			doc, _("{0} is disabled and takes no work.").format(user), _("Choose somebody who works here.")
		)


def refuse_worker(doc: Document, user: str, client: str) -> None:
	refuse(
		doc,
		_("{0} does not work with the client {1}.").format(user, client),
		_("Choose somebody else; the client's team leader knows why."),
	)


def get_users_named(doc: Document | None) -> set[str]:
	"""Return the users in the fields of a record and its rows that people fill in."""
	named = set()
	for row in [doc, *doc.get_all_children()] if doc else ():
		for field in row.meta.get("fields", {"fieldtype": "Link", "options": "User", "read_only": 0}):
			named.add(row.get(field.fieldname))
	return named - {None, ""}


def validate_todo(todo: Document, event: str | None = None) -> None:
	"""Refuse to give somebody something to do about a client whom they may not see. Hook: ToDo, validate."""
	if todo.reference_type not in CLIENT_RECORDS or todo.status != "Open" or not todo.allocated_to:
		return
	if not todo.is_new() and not todo.has_value_changed("allocated_to"):
		return
	validate_enabled(todo, todo.allocated_to)
	client = get_client(todo.reference_type, todo.reference_name)
	if client and is_in_conflict(todo.allocated_to, client):
		refuse_worker(todo, todo.allocated_to, client)
