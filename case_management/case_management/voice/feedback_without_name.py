"""Feedback without a name: nothing in it leads to a person, whoever writes it down, and whenever (B20)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from case_management.case_management.record.refusal import refuse

# What would say, or help to find out, whose it is.
PERSON_FIELDS = (
	"client",
	"client_name",
	"client_case",
	"invited_on",
	"invited_by",
	"response_on",
	"response_note",
	"support_used",
)


def get_code() -> str:
	"""Return a code at random: a number in the series would tell between which others it came."""
	return f"FB-{frappe.generate_hash(length=10).upper()}"


def set_from_outside(doc: Document) -> None:
	"""Make what comes by the public form what it may be, and nothing else: feedback without a name."""
	doc.anonymous = 1
	doc.channel = "Online Form"


def validate_from_outside(doc: Document) -> None:
	"""Refuse what is sent without signing in, unless the form is published and its program listed there.

	Frappe takes what is sent to a Web Form whether it is published or not.

	:raises frappe.PermissionError: the form does not take it, or it would change what was sent before
	"""
	if frappe.session.user != "Guest":
		return
	listed = {"name": doc.program, "public_feedback": 1, "enabled": 1}
	is_open = frappe.db.exists("Web Form", {"doc_type": doc.doctype, "published": 1})
	if not doc.is_new() or not is_open or not frappe.db.exists("Support Program", listed):
		refuse(
			doc,
			_("The feedback form takes no feedback for this program."),
			_("Choose a program of the form, or give your feedback to somebody of the service."),
			frappe.PermissionError,
		)


def validate_person(doc: Document) -> None:
	"""Refuse feedback that does not say whose it is, and one without a name that leads to a person, then or later.

	:raises frappe.ValidationError: naming the fields
	"""
	if doc.anonymous and (told := [field for field in PERSON_FIELDS if doc.get(field)]):
		refuse(
			doc,
			_("Feedback without a name holds nothing that leads to a person ({0}).").format(
				", ".join(_(doc.meta.get_label(field)) for field in told)
			),
			_("Leave it empty."),
		)
	if not doc.anonymous and not (doc.client and doc.client_case):
		refuse(
			doc,
			_("Feedback is of a client and their case."),
			_("Choose both, or tick Anonymous if the client wants to stay unnamed."),
		)


def set_without_time(doc: Document) -> None:
	"""Store new feedback without a name under the first day of its month: the hour would tell who was there.

	Frappe begins the name of a row with the time, so the rows get names at random.
	"""
	if not doc.anonymous or not doc.is_new():
		return
	for row in (doc, *doc.get_all_children()):
		row.creation = row.modified = get_datetime(doc.given_on)
	for row in doc.get_all_children():
		row.name = frappe.generate_hash(length=10)
