"""Reviews of a plan: the client takes part, and what the service did is looked at with them (B19)."""

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to

REVIEW = "Review"


def set_services_reviewed(meeting: Document) -> None:
	"""Fill in what the service did since the last review, from the record, where nobody wrote it."""
	if meeting.kind == REVIEW and not meeting.services_reviewed and meeting.client_case:
		since = get_last_review(meeting)
		lines = get_services_given(meeting.client_case, since)
		meeting.services_reviewed = "\n".join(lines) or _(
			"No service activity was recorded since {0}."
		).format(formatdate(since))


def get_last_review(meeting: Document) -> date:
	"""Return the day of the case's last held review, the day it opened before the first one."""
	filters = {"client_case": meeting.client_case, "kind": REVIEW, "status": "Held"}
	held_on = frappe.db.get_value("Case Meeting", filters, "held_on", order_by="held_on desc")
	return getdate(held_on or frappe.db.get_value("Client Case", meeting.client_case, "opened_on"))


def get_services_given(case: str, since: date) -> list[str]:
	"""Return a line for each kind of note, each service and each referral of a case since a day.

	Of confidential notes, of those that the user does not see, and of what they say, nothing.
	"""
	filters = {"client_case": case, "noted_on": (">=", since), "confidential": 0}
	notes = frappe.get_list(
		"Case Note", filters=filters, fields=["name", "kind"], order_by="noted_on", limit_page_length=0
	)
	rows = {"parenttype": "Case Note", "parent": ("in", [note.name for note in notes] or [""])}
	services = frappe.get_all("Case Note Service", filters=rows, pluck="service")
	done = Counter(_(note.kind) for note in notes)
	done += Counter(_(frappe.get_cached_value("Case Code", service, "label")) for service in services)
	return [
		*[_("{0}: {1} times").format(what, times) for what, times in done.items()],
		*get_referrals(case, since),
	]


def get_referrals(case: str, since: date) -> list[str]:
	filters = {"client_case": case, "sent_on": (">=", since)}
	fields = ["agency", "status"]
	rows = frappe.get_all("Case Referral", filters=filters, fields=fields, order_by="sent_on")
	return [_("Referral to {0}: {1}").format(row.agency, _(row.status)) for row in rows]


def validate_review(meeting: Document) -> None:
	"""B19: a held review says how the client took part in it."""
	if meeting.kind == REVIEW and status_changed_to(meeting, "Held") and not meeting.participation:
		refuse(
			meeting,
			_("A review says how the client took part in it."),
			_("Fill in How the Client Took Part."),
		)
