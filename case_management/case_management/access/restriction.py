"""Restricted clients: only who is on the client's list sees them (design §5), so who changes that is limited."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate

from case_management.case_management.access.leads import get_leads
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.refusal import get_labels, refuse

PROTECTED = frozenset(("restricted", "access_list", "legal_hold"))


def validate_may_restrict(client: Document) -> None:
	"""Refuse a change of who sees a client, or of the legal hold, by anybody but a team leader.

	:raises frappe.PermissionError: the user is neither Case Manager Lead nor Administrator
	"""
	user = frappe.session.user
	if user == "Administrator" or "Case Manager Lead" in frappe.get_roles(user) or client.flags.by_review:
		return
	before = client.get_doc_before_save()
	given = {field for field in PROTECTED if client.get(field)}
	if changed := (get_changed_fields(before, client) & PROTECTED if before else given):
		refuse(
			client,
			_("Who sees it is decided by a team leader ({0}).").format(get_labels(client, changed)),
			_("Ask a team leader to change it."),
			frappe.PermissionError,
		)


def set_access_list(client: Document) -> None:
	"""Put on the list of a restricted client who restricted it, its leads and its team, if nobody is on it.

	Without anybody on its list a restricted client would be out of everyone's sight.
	"""
	if not client.restricted or client.access_list:
		return
	users = {frappe.session.user, *get_leads(client.name), *get_team(client.name)}
	for user in sorted(users - {None, "", "Guest"}):
		client.append("access_list", {"user": user})


def get_team(client: str) -> set[str]:
	"""Return who is on the team of one of the client's open cases today."""
	case, member, today = DocType("Client Case"), DocType("Case Team Member"), getdate()
	query = frappe.qb.from_(member).join(case).on(member.parent == case.name)
	query = query.where((case.client == client) & (case.status != "Closed") & (member.from_date <= today))
	query = query.where(
		(member.parenttype == "Client Case") & (member.to_date.isnull() | (member.to_date >= today))
	)
	return {user for (user,) in query.select(member.user).run()}
