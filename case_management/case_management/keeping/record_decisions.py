"""What the answer to a record request needs, whichever way it comes: action, workflow, REST or import (B26).

By the law this follows (Australian Privacy Principles 12 and 13), whoever does not get all they asked for is told why,
in writing, and how to complain.
"""

from collections.abc import Iterator
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from case_management.case_management.keeping.retention import get_retention
from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS

LEAD = "Case Manager Lead"
# What may be withheld: a kind of record, or a file of one.
KINDS = (*CLIENT_RECORDS, "File")


def validate_kinds(request: Document) -> None:
	"""Refuse a record that is named without its kind, of the request and of its rows."""
	for row in (request, *request.withheld):
		if row.record_name and not row.record_type:
			refuse_kind(request, "")


def validate_about(request: Document) -> None:
	"""Refuse a request about a record that is none of this client's."""
	validate_record_of_client(request, request.record_type, request.record_name, CLIENT_RECORDS)


def validate_record_of_client(
	request: Document, doctype: str | None, name: str | None, kinds: tuple[str, ...]
) -> None:
	if not doctype and not name:
		return
	if doctype not in kinds:
		refuse_kind(request, doctype)
	if name and get_client_of(doctype, name) != request.client:
		refuse(
			request,
			_("{0} {1} is no record of the client {2}.").format(_(doctype), name, request.client),
			_("Choose one of the client's."),
		)


def refuse_kind(request: Document, doctype: str) -> NoReturn:
	refuse(
		request,
		_("“{0}” is no kind of record about a client.").format(doctype),
		_("Choose a kind of record, and the record."),
	)


def get_client_of(doctype: str, name: str) -> str | None:
	"""Return the client of a record, for a file of the record it is attached to; None where there is none."""
	if doctype == "File":
		attached = ["attached_to_doctype", "attached_to_name"]
		doctype, name = frappe.db.get_value("File", name, attached) or (None, None)
	if doctype not in CLIENT_RECORDS or not name:
		return None
	return frappe.db.get_value(doctype, name, "name" if doctype == "Client" else "client")


def validate_decision(request: Document) -> None:
	"""Refuse an answer that is not a team leader's, says nothing, or leaves out what the client has a right to."""
	validate_decider(request)
	if not request.decision:
		refuse(request, _("It is not decided without a decision."), _("Use “Decide”."))
	validate_told(request)
	validate_authority(request)
	validate_withheld(request)
	validate_confidential(request)
	validate_deletion(request)


def validate_decider(request: Document) -> None:
	"""A team leader decides, and not the person a complaint is about."""
	user = frappe.session.user
	if user == request.complaint_about and request.kind == "Complaint":
		refuse(
			request,
			_("The complaint is about you, so somebody else decides."),
			_("Ask another team leader."),
			frappe.PermissionError,
		)
	validate_is_lead(request, _("A request is decided by a team leader."))


def validate_is_lead(request: Document, rule: str) -> None:
	if frappe.session.user != "Administrator" and LEAD not in frappe.get_roles():
		refuse(request, rule, _("Ask a team leader."), frappe.PermissionError)


def validate_told(request: Document) -> None:
	"""Who does not get all they asked for is told why, in writing, and how to complain (APP 12.9, 13.3)."""
	if request.decision == "Granted" and not is_put_off(request):
		return
	missing = [
		_(request.meta.get_label(field))
		for field in ("decision_reasons", "informed_on", "complaint_path_told")
		if not request.get(field)
	]
	if missing:
		refuse(
			request,
			_(
				"Who does not get all they asked for is told why, in writing, and how to complain. Missing: {0}."
			).format(", ".join(missing)),
			_("Tell the client, and record it with the decision."),
		)


def is_put_off(request: Document) -> bool:
	"""Tell whether what is granted is a deletion that the law lets wait: the record is still to be kept."""
	if request.kind != "Deletion":
		return False
	until = get_retention([request.client], requests=False)[request.client]
	return not until or until >= getdate()


def validate_authority(request: Document) -> None:
	"""Nothing is given to somebody else without having looked at who they are and what they may ask."""
	if request.decision == "Refused" or request.asked_by == "Client":
		return
	if not (request.asked_by_name and request.identity_checked_how):
		refuse(
			request,
			_("It was asked by somebody other than the client."),
			_("Write down who it is, and how identity and authority were checked."),
		)


def validate_withheld(request: Document) -> None:
	"""What is withheld is named, with a coded reason; access in part names it, access in full has none."""
	if request.kind == "Access" and request.decision == "Granted in Part" and not request.withheld:
		refuse(request, _("Access in part withholds something."), _("Name it, with the reason of each."))
	if request.withheld and (request.kind != "Access" or request.decision != "Granted in Part"):
		refuse(
			request,
			_("Records are withheld where access is granted in part."),
			_("Choose Granted in Part, or withhold nothing."),
		)
	for row in request.withheld:
		if not row.record_type or not row.reason:
			refuse(
				request,
				_("What is withheld in row {0} has a kind and a reason.").format(row.idx),
				_("Choose both."),
			)
		validate_record_of_client(request, row.record_type, row.record_name, KINDS)


def validate_confidential(request: Document) -> None:
	"""Confidential notes are the client's record too: a team leader says that they are given out, or withholds them."""
	is_given = request.kind == "Access" and request.decision != "Refused"
	if not is_given or request.confidential_included:
		return
	if notes := list(get_confidential_notes(request)):
		refuse(
			request,
			_("These notes are marked confidential: {0}.").format(", ".join(notes)),
			_("Say that they are included, or withhold each with a reason."),
		)


def get_confidential_notes(request: Document) -> Iterator[str]:
	"""Yield the codes of the client's confidential notes that the decision does not withhold."""
	withheld = {(row.record_type, row.record_name or None) for row in request.withheld}
	if ("Case Note", None) in withheld:
		return
	for name in frappe.get_all(
		"Case Note", {"client": request.client, "confidential": 1}, pluck="name", order_by="name"
	):
		if ("Case Note", name) not in withheld:
			yield name


def validate_deletion(request: Document) -> None:
	"""A record is deleted as a whole or not, and under a legal hold not at all (design rule 10)."""
	if request.kind != "Deletion" or request.decision == "Refused":
		return
	if request.decision == "Granted in Part":
		refuse(request, _("A record is deleted as a whole, or kept."), _("Choose Granted or Refused."))
	if frappe.db.get_value("Client", request.client, "legal_hold"):
		refuse(
			request,
			_("The client {0} is under a legal hold.").format(request.client),
			_("Refuse it with that reason, or lift the hold first."),
		)


def validate_may_bundle(request: Document) -> None:
	"""Refuse to give out a record for which no access was granted, or by somebody else than a team leader."""
	validate_is_lead(request, _("The client's bundle is made by a team leader."))
	if request.kind != "Access" or request.status == "Received" or request.decision == "Refused":
		refuse(request, _("A bundle is made where access was granted."), _("Decide the request first."))


def validate_completion(request: Document) -> None:
	"""What was granted is done, and said."""
	if request.decision == "Refused":
		return
	if request.kind == "Deletion":
		until = frappe.db.get_value("Client", request.client, "retain_until")
		refuse(
			request,
			_("A deletion that was granted is completed by disposing of the record ({0}).").format(
				_("after {0}").format(formatdate(until)) if until else _("some years after the last service")
			),
			_("Use the report Records Due for Disposal then."),
		)
	done = {"Access": request.bundle, "Statement": request.stated_on}.get(request.kind)
	if not (done or request.outcome):
		remedies = {
			"Access": _("Make the bundle, or say what was done."),
			"Statement": _("Attach the statement."),
		}
		refuse(
			request,
			_("It is not completed before what was granted is done."),
			remedies.get(request.kind, _("Say what was done.")),
		)
