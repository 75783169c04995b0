"""When a client has died: what was planned is cancelled, no reminder or invitation follows, and the household has an alert (L11)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_years, formatdate, getdate
from pypika.queries import QueryBuilder

from case_management.case_management.record.actions import store
from case_management.case_management.record.codes import get_meaning
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import cancel_by_rule

DIED = "Died"
# The fields of a case by whose codes its end says that the client died, with the lists of their codes.
ENDS = {"end_reason": "Support Period End Reason", "destination": "Exit Destination"}
# For how many years the alert about the death is shown.
ALERT_YEARS = 1


def is_death(case: Document) -> bool:
	"""Tell whether a case ends, or ended, because its client died."""
	return DIED in {get_meaning(case.end_reason), get_meaning(case.closure_exception)}


def set_death(case: Document) -> None:
	"""Fill in what follows from a death where it is left open: the reason of the end and the destination."""
	for field, code_list in ENDS.items() if is_death(case) else ():
		if not case.get(field):
			codes = {"code_list": code_list, "meaning": DIED, "enabled": 1}
			case.set(field, frappe.db.get_value("Case Code", codes, "name", order_by="sort_order"))


def validate_death(case: Document) -> None:
	"""Refuse an end whose reason and destination do not agree on whether the client died."""
	said = {field: get_meaning(case.get(field)) == DIED for field in ENDS if case.get(field)}
	if len(set(said.values())) > 1 or (is_death(case) and not all(said.values())):
		refuse(
			case,
			_("The end reason {0} and the destination {1} do not agree on whether the client died.").format(
				case.end_reason, case.destination
			),
			_("Correct one of the two, or the exception."),
		)


def update_death(case: Document) -> None:
	"""Record the death of the client, if the case closed for it: cancel what is planned in all their cases, alert the household."""
	if not is_death(case):
		return
	frappe.db.set_value("Client", case.client, "died_on", case.closed_on)
	for doctype, status, field in (
		("Case Follow Up", "Due", "note"),
		("Case Meeting", "Scheduled", "cancel_reason"),
	):
		cancel_by_rule(doctype, {"client": case.client, "status": status}, field, _("The client has died."))
	end_invitations(case)
	for client in get_household(case):
		add_alert(client, case)


def end_invitations(case: Document) -> None:
	feedback = DocType("Client Feedback")
	query = frappe.qb.update(feedback).set(feedback.response, "No Answer")
	query = query.set(feedback.response_on, getdate(case.closed_on)).set(
		feedback.response_note, _("The client has died.")
	)
	is_open = feedback.response.isnull() | (feedback.response == "")
	query.where((feedback.client == case.client) & is_open & feedback.invited_on.isnotnull()).run()


def get_household(case: Document) -> list[str]:
	"""Return the other clients of the household, by code: those who are named as living in it, and who has a case in it."""
	filters = {"parent": case.client, "parenttype": "Client", "in_household": 1}
	filters["related_client"] = ("is", "set")
	named = frappe.get_all("Client Relationship", filters, pluck="related_client")
	head = case.head_case or case.name
	members = frappe.get_all("Client Case", {"head_case": head, "status": ("!=", "Closed")}, pluck="client")
	heads = frappe.get_all("Client Case", {"name": head}, pluck="client")
	return sorted({*named, *members, *heads} - {case.client})


def add_alert(client: str, case: Document) -> None:
	"""Add an alert about the death to another client of the household, once; it names the person by code."""
	doc = frappe.get_doc("Client", client)
	text = _("{0} of the household died on {1}. Speak of it with care.").format(
		case.client, formatdate(case.closed_on)
	)
	if all(row.alert != text for row in doc.alerts):
		until = add_years(getdate(case.closed_on), ALERT_YEARS)
		row = {"kind": "Other", "alert": text, "from_date": getdate(case.closed_on), "to_date": until}
		doc.append("alerts", row)
		store(doc)


def undo_death(case: Document) -> None:
	"""Take back that a client died, when the case that said so is reopened; what was cancelled stays cancelled.

	:param case: the case as it was closed
	"""
	if is_death(case):
		frappe.db.set_value("Client", case.client, "died_on", None)


def select_dead() -> QueryBuilder:
	"""Return a query of the clients who have died, by code."""
	client = DocType("Client")
	return frappe.qb.from_(client).select(client.name).where(client.died_on.isnotnull())
