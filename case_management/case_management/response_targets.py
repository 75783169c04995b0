"""How soon a service wants to answer a first contact (B1): hours by urgency, of the program or of the site."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from case_management.case_management.refusal import refuse


def validate_response_targets(doc: Document) -> None:
	"""Refuse two targets for one urgency, and a target that is no time at all.

	:param doc: a Support Program or the Case Management Settings
	:raises frappe.ValidationError: naming the urgency
	"""
	urgencies = [target.urgency for target in doc.response_targets]
	for target in doc.response_targets:
		if urgencies.count(target.urgency) > 1:
			refuse(
				doc,
				_("The urgency {0} has more than one response target.").format(_(target.urgency)),
				_("Keep one of them."),
			)
		if flt(target.hours) <= 0:
			refuse(
				doc,
				_("The response target for {0} is {1} hours.").format(_(target.urgency), target.hours),
				_("Enter more than 0 hours, or remove the row."),
			)


def get_response_hours(program: Document, urgency: str) -> float | None:
	"""Return the hours in which an intake of this urgency is answered: the program's target, else the site's.

	A program that has targets has them all: an urgency it leaves out falls back to the site's.

	:return: hours; None where neither has a target
	"""
	settings = frappe.get_cached_doc("Case Management Settings")
	for target in (*program.response_targets, *settings.response_targets):
		if target.urgency == urgency:
			return flt(target.hours)
	return None
