"""Who may act for a client: enabled users who see them for longer than an emergency lasts (design §5).

A declaration, a restriction or the end of a team may take a client out of everybody's sight. Then the administrators are
told at once, by code, and again each day; `reviewing.py` has what they can do.
"""

from collections.abc import Collection, Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from pypika.terms import Criterion

from case_management.case_management.access import grants
from case_management.case_management.access.grants import is_in_conflict
from case_management.case_management.record.refusal import refuse
from case_management.permissions import is_not_denied

LEADS = ("lead", "deputy_lead")


def get_lasting(clients: Collection[str], user: str) -> set[str]:
	"""Return which of these clients a user sees, but for those whom only an emergency access shows."""
	if not clients:
		return set()
	table = DocType("Client")
	granted = Criterion.any([given.include(table.name) for given in grants.get_lasting(user)])
	query = frappe.qb.from_(table).select(table.name).where(table.name.isin(list(clients)))
	return set(query.where(granted & is_not_denied(table.name, user)).run(pluck=True))


def is_kept_from(user: str, client: str) -> bool:
	"""Tell whether a conflict or a restriction keeps a client from a user, whatever grants them."""
	table = DocType("Client")
	query = frappe.qb.from_(table).select(table.name).where(table.name == client)
	return not query.where(is_not_denied(table.name, user)).limit(1).run()


def get_staff() -> set[str]:
	"""Return the enabled users, but for Administrator, with a role that reads clients' records."""
	roles = {row.role for row in frappe.get_meta("Client").permissions if row.read and not row.permlevel}
	user, role = DocType("User"), DocType("Has Role")
	query = frappe.qb.from_(user).join(role).on((role.parent == user.name) & (role.parenttype == "User"))
	query = query.where((user.enabled == 1) & (user.name != "Administrator") & role.role.isin(list(roles)))
	return set(query.select(user.name).distinct().run(pluck=True))


def get_unattended(clients: Iterable[str]) -> list[str]:
	"""Return which of these clients nobody sees who could act for them, asking the leaders of programs first."""
	left = set(clients)
	leads = {user for row in frappe.get_all("Support Program", fields=LEADS, as_list=True) for user in row}
	for user in sorted(get_staff(), key=lambda user: (user not in leads, user)) if left else ():
		if left:
			left -= get_lasting(left, user)
	return sorted(left)


def get_open_clients(**filters: object) -> set[str]:
	"""Return the clients who have an open case.

	:param filters: of the cases
	"""
	filters = {**filters, "status": ("!=", "Closed")}
	return set(frappe.get_all("Client Case", filters, pluck="client", distinct=True))


# Telling the administrators


def tell_if_unattended(clients: Iterable[str]) -> list[str]:
	"""Tell the administrators of each of these clients for whom nobody may act; return those clients.

	The Notification gets a client of whom it has nothing but the code.
	"""
	unattended = get_unattended(clients)
	for name in unattended:
		known_by_code = frappe.get_doc({"doctype": "Client", "name": name, "__islocal": 1})
		known_by_code.run_notifications("nobody_may_act")
	return unattended


def tell_of_unattended() -> list[str]:
	"""Tell the administrators of the clients with an open case for whom nobody may act."""
	return tell_if_unattended(get_open_clients())


def tell_of_user(user: Document, event: str | None = None) -> None:
	"""Tell of the clients whom nobody sees any more since a user was disabled or lost a role."""
	before = user.get_doc_before_save()
	if before and (before.enabled > user.enabled or get_roles(before) - get_roles(user)):
		tell_if_unattended(get_lasting(get_open_clients(), user.name))


def get_roles(user: Document) -> set[str]:
	return {row.role for row in user.roles}


def tell_of_program(program: Document) -> None:
	"""Tell of the clients whom nobody sees any more since a program's leader or deputy has changed."""
	if not program.is_new() and any(program.has_value_changed(field) for field in LEADS):
		tell_if_unattended(get_open_clients(program=program.name))


def tell_of_team(case: Document) -> None:
	"""Tell if nobody sees a case's client any more since somebody's place on the team has ended."""
	before = case.get_doc_before_save()
	if before and get_places(before) - get_places(case):
		tell_if_unattended([case.client])


def get_places(case: Document) -> set[tuple]:
	return {(row.user, row.to_date and str(row.to_date)) for row in case.team}


# The list of a restricted client


def has_changed_list(client: Document) -> bool:
	"""Tell whether a client was restricted just now, or the list of who sees them has changed."""
	before = client.get_doc_before_save()
	listed, was = (sorted(row.user for row in doc.access_list) if doc else [] for doc in (client, before))
	return bool(client.restricted) and (not before or not before.restricted or listed != was)


def validate_access_list(client: Document) -> None:
	"""Refuse a list on which nobody could act: each is disabled, has no role for it, or is in conflict with the client."""
	if not has_changed_list(client):
		return
	able = {row.user for row in client.access_list} & {*get_staff(), frappe.session.user}
	if not any(not is_in_conflict(user, client.name) for user in able):
		refuse(
			client,
			_("Nobody on the access list could act for the client."),
			_("Add an enabled user who works with clients and has no conflict with this one."),
		)


def tell_of_list(client: Document) -> None:
	"""Tell if nobody sees a client any more since they were restricted, or their list has changed."""
	if client.get_doc_before_save() and has_changed_list(client):
		tell_if_unattended([client.name])
