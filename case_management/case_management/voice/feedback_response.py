"""How a client responded to an invitation, and what goes with it: words with what was given, a day with the rest (B20)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_first_day, getdate

from case_management.case_management.record.refusal import refuse
from case_management.case_management.voice.feedback_answers import is_answered


def set_response(doc: Document) -> None:
	"""Take what is said as given, today where no day is named; without a name only the month is kept."""
	if says_something(doc) and not doc.response:
		doc.response = "Given"
	if doc.response == "Given":
		doc.given_on = doc.given_on or getdate()
	if doc.anonymous and doc.given_on:
		doc.given_on = get_first_day(doc.given_on)


def set_invitation(doc: Document) -> None:
	"""Date the invitation today where nothing was given: the client is asked now, by who is signed in."""
	if not (doc.anonymous or doc.flags.by_rule):
		before = doc.get_doc_before_save()
		doc.invited_by = before.invited_by if before else None
	if doc.response != "Given" and not doc.anonymous:
		doc.invited_on = doc.invited_on or getdate()
		doc.invited_by = doc.invited_by or frappe.session.user
	if doc.response in ("Declined", "No Answer"):
		doc.response_on = doc.response_on or getdate()


def validate_response(doc: Document) -> None:
	"""Refuse given feedback that says nothing, and words in what was declined or not answered.

	:raises frappe.ValidationError: the response and what is recorded with it do not fit
	"""
	if (doc.anonymous or doc.response == "Given") and not says_something(doc):
		refuse(doc, _("Feedback says something."), _("Write down what they say, or answer a question."))
	if doc.response != "Given" and (doc.given_on or says_something(doc)):
		refuse(
			doc,
			_("What the client says is recorded as given, and not as {0}.").format(
				_(doc.response or "No Answer")
			),
			_("Correct the client's response, or take out what was said."),
		)


def says_something(doc: Document) -> bool:
	return bool(doc.comments or doc.nature or any(is_answered(row) for row in doc.answers))
