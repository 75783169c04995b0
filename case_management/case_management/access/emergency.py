"""Emergency access: a worker opens a record that is not theirs, for some hours, and everybody concerned knows it (B12).

Nobody needs to be asked first: that is the point. So each use is a record with a reason, the leaders hear of it at
once, and it stays on their list until they have looked at it.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_to_date, flt, now_datetime
from pypika.enums import Order

from case_management.case_management.access.leads import get_leads, get_leads_to_tell
from case_management.case_management.looking.access_log import log_access
from case_management.case_management.record.actions import action, store
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting
from case_management.permissions import is_not_denied, is_visible

ROLES = ("Case Worker", "Case Intake Worker", "Case Manager Lead")
# The shortest reason that says anything, in letters.
SHORTEST_REASON = 15
REPEATED_WITHIN_HOURS = 24


@frappe.whitelist(methods=["POST"])
def give_access(client: str | None = None, reason: str | None = None) -> dict:
	"""Give oneself access to a client in an emergency, for the hours in Settings (B12, design §5).

	The leaders of the client's programs are told at once. Asked again while it runs, it is the same access.

	:param client: the code of a client, as a colleague or a likely match of an intake says it
	:param reason: what the emergency is, in words
	:return: `client`, `emergency_access`: its code, and `expires_on`; both None for who sees the client anyway
	:raises frappe.ValidationError: it is switched off in Settings, the reason says too little, or there is no
	        emergency access to this client: whether that is for a conflict, a restriction or because there is no
	        such client is not said
	:raises frappe.PermissionError: the user is neither case worker, intake worker nor team leader
	"""
	access = frappe.new_doc("Emergency Access")
	validate_possible(access)
	# Before anything is said about the client: the reason is asked for whether there is one or not.
	if not is_visible("Client", client or ""):
		validate_reason(access, reason)
	validate_client(access, client)
	running = get_running(client)
	if running or is_visible("Client", client):
		return get_answer(client, running)
	access.update({"client": client, "reason": reason.strip(), **get_term()})
	set_what_leads_hear(access)
	store(access)
	log_access(client, "Emergency Access", access.doctype, access.name)
	return get_answer(client, access)


def validate_possible(access: Document) -> None:
	settings = frappe.get_cached_doc("Case Management Settings")
	if not settings.emergency_access_enabled or flt(settings.emergency_access_hours) <= 0:
		refuse(
			access,
			_("Emergency access is switched off in Case Management Settings."),
			_("Call the team leader of the client."),
		)
	if not set(ROLES) & set(frappe.get_roles()):
		refuse(
			access,
			_("Emergency access is for the workers of this service."),
			_("Ask somebody with the role {0}.").format(" / ".join(_(role) for role in ROLES)),
			frappe.PermissionError,
		)


def validate_client(access: Document, client: str | None) -> None:
	"""Refuse in the same words whatever stands in the way, or an answer would tell who is a client.

	The client's row stays locked, so that two requests at once give access once.
	"""
	table = DocType("Client")
	query = frappe.qb.from_(table).select(table.name).where(table.name == (client or ""))
	query = query.where(is_not_denied(table.name, frappe.session.user))
	if not query.for_update().run():
		refuse(
			access,
			_("There is no emergency access to this client for you."),
			_("Check the code, or call your team leader."),
		)


def validate_reason(access: Document, reason: str | None) -> None:
	if len("".join((reason or "").split())) < SHORTEST_REASON:
		refuse(
			access,
			_("Emergency access has a reason that others understand."),
			_("Say in a sentence what the emergency is: at least {0} letters.").format(SHORTEST_REASON),
		)


def get_term() -> dict:
	"""Return who has access from when until when."""
	hours = flt(get_setting("emergency_access_hours"))
	now = now_datetime()
	expires_on = add_to_date(now, seconds=round(hours * 3600))
	return {"user": frappe.session.user, "granted_on": now, "hours": hours, "expires_on": expires_on}


def set_what_leads_hear(access: Document) -> None:
	"""Note who is told, and whether the worker was here within a day already."""
	leads = get_leads_to_tell(access.client, without=access.user)
	access.people_told = ",".join(leads) or None
	access.lead_told_on = access.granted_on if leads else None
	since = add_to_date(access.granted_on, hours=-REPEATED_WITHIN_HOURS)
	access.repeated = int(bool(get_latest(access.client, access.user, since)))


def get_running(client: str) -> frappe._dict | None:
	"""Return the access of the session's user to a client that has not run out."""
	access = get_latest(client, frappe.session.user)
	return access if access and access.expires_on > now_datetime() else None


def get_latest(client: str, user: str, since: datetime | None = None) -> frappe._dict | None:
	"""Return a user's latest emergency access to a client, given since a time if there is one; None without."""
	table = DocType("Emergency Access")
	query = frappe.qb.from_(table).select(table.name, table.expires_on)
	query = query.where((table.client == client) & (table.user == user))
	if since:
		query = query.where(table.granted_on > since)
	# Locked, so that what another request stored while this one waited is seen.
	rows = query.orderby(table.expires_on, order=Order.desc).limit(1).for_update().run(as_dict=True)
	return rows[0] if rows else None


def get_answer(client: str, access: Document | frappe._dict | None) -> dict:
	found = access or frappe._dict()
	return {"client": client, "emergency_access": found.name, "expires_on": found.expires_on}


class EmergencyActions:
	"""The action of an emergency access, for the leader who looks at it."""

	@frappe.whitelist(methods=["POST"])
	@action
	def look_at(self, note: str | None = None, justified: str | None = None) -> dict:
		"""Record that a team leader looked at an emergency access, which takes it off their list (B12).

		:param note: what was found, in words
		:param justified: Yes or No
		:return: `looked_at_on` and `justified`
		:raises frappe.ValidationError: it is not said whether it was justified, or there is no note
		:raises frappe.PermissionError: the user leads no program of the client, or it is their own access
		"""
		if not self.looked_at_on:
			validate_may_look_at(self)
			set_looked_at(self, note, justified)
			self.save()
		return {"looked_at_on": self.looked_at_on, "justified": self.justified}


def validate_may_look_at(access: Document) -> None:
	user = frappe.session.user
	if user == access.user or (user != "Administrator" and user not in get_leads(access.client)):
		refuse(
			access,
			_("It is looked at by a team leader of the client who is not {0}.").format(access.user),
			_("Ask the leader or the deputy of the client's program."),
			frappe.PermissionError,
		)


def set_looked_at(access: Document, note: str | None, justified: str | None) -> None:
	"""Note who looked at it when, and what they found."""
	access.update({"looked_at_note": note, "justified": justified or ""})
	validate_looked_at(access)
	access.update({"looked_at_on": now_datetime(), "looked_at_by": frappe.session.user})


def validate_looked_at(access: Document) -> None:
	if access.justified not in ("Yes", "No"):
		refuse(access, _("It is not said whether it was justified."), _("Choose Yes or No."))
	if not (access.looked_at_note or "").strip():
		refuse(access, _("What was found is not said."), _("Write a note."))
