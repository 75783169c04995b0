"""How soon a service wants to answer a first contact (B1): hours by urgency, of the program or of the site."""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from case_management.case_management.entry.working_hours import (
	WORKING_HOURS,
	add_clock_hours,
	add_working_hours,
	get_calendar,
)
from case_management.case_management.record.refusal import refuse

EMERGENCY = "Emergency"
# A year: a longer wait is no target.
MOST_HOURS = 8760


def set_around_the_clock(doc: Document) -> None:
	"""Mark the target of an emergency: nobody in danger waits for the office to open."""
	for target in doc.response_targets:
		if target.urgency == EMERGENCY:
			target.around_the_clock = 1


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
		if not 0 < flt(target.hours) <= MOST_HOURS:
			refuse(
				doc,
				_("The response target for {0} is {1} hours.").format(_(target.urgency), target.hours),
				_("Enter more than 0 hours and no more than a year's ({0}), or remove the row.").format(
					MOST_HOURS
				),
			)


def get_target(program: Document, urgency: str) -> Document | None:
	"""Return the row that says how soon an intake of this urgency is answered: the program's, else the site's.

	An urgency that a program leaves out falls back to the site's.
	"""
	settings = frappe.get_cached_doc("Case Management Settings")
	targets = (*program.response_targets, *settings.response_targets)
	return next((target for target in targets if target.urgency == urgency), None)


def get_response_hours(program: Document, urgency: str) -> float | None:
	"""Return the hours in which an intake of this urgency is answered; None without a target."""
	target = get_target(program, urgency)
	return flt(target.hours) if target else None


def get_due(program: Document, urgency: str, first_contact: datetime) -> datetime | None:
	"""Return until when a first contact is answered (B1): its target's hours, on the program's clock or the site's.

	:return: a time on the site's clock; None without a target
	"""
	target = get_target(program, urgency)
	if not target:
		return None
	calendar = get_calendar() if counts_working_hours(program, target) else None
	if calendar:
		return add_working_hours(first_contact, flt(target.hours), calendar)
	return add_clock_hours(first_contact, flt(target.hours))


def counts_working_hours(program: Document, target: Document) -> bool:
	settings = frappe.get_cached_doc("Case Management Settings")
	if target.urgency == EMERGENCY or target.around_the_clock:
		return False
	return (program.response_clock or settings.response_clock) == WORKING_HOURS
