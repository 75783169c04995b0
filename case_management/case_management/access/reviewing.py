"""What the reviewing role of Settings does where no team leader can: it opens a way for somebody again, and sees no record.

A declaration that shuts out the last leader, an emergency access at which no leader can look, and a list on which nobody
is left who works here would otherwise stand for ever. The reviewer knows the first two by code, worker and day, and a
client by the code.
"""

from datetime import date
from typing import NoReturn

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import getdate
from pypika.queries import Table
from pypika.terms import Criterion, Field

from case_management.case_management.access.conflicts import set_ended
from case_management.case_management.access.emergency import set_looked_at
from case_management.case_management.access.leads import can_act, get_leads
from case_management.case_management.access.loading import as_app
from case_management.case_management.access.responsible import get_open_clients, get_staff, get_unattended
from case_management.case_management.record.actions import store
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting


@frappe.whitelist(methods=["POST"])
@as_app()
def end_declaration(
	declaration: str | None = None, reason: str | None = None, on: str | date | None = None
) -> dict:
	"""End a conflict declaration that no team leader of the client can end, without seeing what it says.

	:param declaration: its code
	:param reason: why it ends, in words
	:param on: from which day on it does not hold, YYYY-MM-DD; today if none is given
	:return: `ended_on`
	:raises frappe.ValidationError: no reason is given, or the day lies before the declaration or in the future
	:raises frappe.PermissionError: the user does not have the role that Settings name for it, the declaration is about
	        themselves, or there is none of this code that waits for a review
	"""
	validate_may_review()
	if declaration not in [row.name for row in get_declarations()]:
		refuse_code("Conflict Declaration", declaration)
	doc = frappe.get_doc("Conflict Declaration", declaration, for_update=True)
	set_ended(doc, on, reason)
	return {"ended_on": store(doc).ended_on}


@frappe.whitelist(methods=["POST"])
@as_app()
def look_at_emergency(
	access: str | None = None, note: str | None = None, justified: str | None = None
) -> dict:
	"""Record that somebody looked at an emergency access at which no team leader can look, without seeing its record (B12).

	:param access: its code
	:param note: what was found, in words
	:param justified: Yes or No
	:return: `looked_at_on` and `justified`
	:raises frappe.ValidationError: it is not said whether it was justified, or there is no note
	:raises frappe.PermissionError: the user does not have the role that Settings name for it, the access is their own, or
	        there is none of this code that waits for a review
	"""
	validate_may_review()
	if access not in [row.name for row in get_emergencies()]:
		refuse_code("Emergency Access", access)
	doc = frappe.get_doc("Emergency Access", access, for_update=True)
	set_looked_at(doc, note, justified)
	return {"looked_at_on": store(doc).looked_at_on, "justified": doc.justified}


@frappe.whitelist(methods=["POST"])
@as_app()
def add_to_access_list(client: str | None = None, user: str | None = None, reason: str | None = None) -> dict:
	"""Put somebody on the list of a restricted client whom nobody sees, without seeing the client's record.

	:param client: the code of the client
	:param user: the e-mail address of an enabled user who works with clients
	:param reason: why, in words
	:return: `client` and `user`
	:raises frappe.ValidationError: no reason is given, or the user is disabled or has no role for it
	:raises frappe.PermissionError: the user does not have the role that Settings name for it, or there is no restricted
	        client of this code whom nobody sees
	"""
	validate_may_review()
	if client not in get_restricted():
		refuse_code("Client", client)
	doc = frappe.get_doc("Client", client, for_update=True)
	if user not in get_staff():
		refuse(
			doc,
			_("{0} does not work with clients.").format(user or ""),
			_("Choose an enabled user who does."),
		)
	if not (reason or "").strip():
		refuse(doc, _("The reason is missing."), _("Enter why this user is added."))
	doc.append("access_list", {"user": user, "reason": reason})
	doc.flags.by_review = True
	store(doc)
	return {"client": client, "user": user}


def may_review() -> bool:
	user = frappe.session.user
	return user == "Administrator" or get_setting("review_role") in frappe.get_roles(user)


def validate_may_review() -> None:
	if not may_review():
		refuse(
			frappe.new_doc("Conflict Declaration"),
			_("This is for the role that Case Management Settings name for it."),
			_("Ask an administrator."),
			frappe.PermissionError,
		)


def refuse_code(doctype: str, code: str | None) -> NoReturn:
	"""Refuse in the same words a code that is not there and one that a leader is there for."""
	refuse(
		frappe.new_doc(doctype),
		_("There is none with the code {0} that waits for a review.").format(str(code or "")[:140]),
		_("Choose one from the report “Access to Be Reviewed”."),
		frappe.PermissionError,
	)


def get_declarations() -> list[frappe._dict]:
	"""Return the declarations in force that no leader of the client can end: `name`, `user`, `since`."""
	conflict = DocType("Conflict Declaration")
	is_in_force = conflict.ended_on.isnull() | (conflict.ended_on > getdate())
	return get_without_lead(conflict, is_in_force, conflict.declared_on)


def get_emergencies() -> list[frappe._dict]:
	"""Return the emergency accesses at which nobody looked yet and no leader of the client can: `name`, `user`, `since`."""
	access = DocType("Emergency Access")
	return get_without_lead(access, access.looked_at_on.isnull(), access.granted_on)


def get_without_lead(table: Table, is_waiting: Criterion, since: Field) -> list[frappe._dict]:
	"""Return the waiting records about a worker for whose client no other leader can act, but for the session user's own."""
	query = frappe.qb.from_(table).select(table.name, table.user, since.as_("since"), table.client)
	query = query.where(is_waiting & (table.user != frappe.session.user)).orderby(table.name)
	return [row for row in query.run(as_dict=True) if not has_lead(row.pop("client"), without=row.user)]


def has_lead(client: str, without: str) -> bool:
	"""Tell whether a leader of the client's programs, besides one, can act."""
	return any(user and user != without and can_act(user, client) for user in get_leads(client))


def get_restricted() -> list[str]:
	"""Return the restricted clients with an open case whom nobody sees."""
	restricted = set(frappe.get_all("Client", {"restricted": 1}, pluck="name"))
	return get_unattended(get_open_clients() & restricted)
