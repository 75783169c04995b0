"""Leaving case management, or its meetings, in a voluntary program: for one case, with no effect on the service (C19)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate
from pypika.terms import Criterion

from case_management.case_management.meeting import meetings
from case_management.case_management.record.actions import action
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import cancel_by_rule
from case_management.case_management.support.rights import is_voluntary

AGREEMENT = ("agreement_withdrawn_on", "agreement_withdrawn_reason")
MEETINGS = ("meetings_declined_on", "meetings_declined_reason")


class OptingOutActions:
	"""The actions of a case by which its client takes part no longer, or no longer meets, and does so again."""

	@frappe.whitelist(methods=["POST"])
	@action
	def withdraw_agreement(self, on: str | date | None = None, reason: str | None = None) -> dict:
		"""Record that the client of a voluntary program no longer takes part in case management (C19).

		The case stays open and support goes on. No meeting is planned by itself any more, the meetings ahead are
		cancelled, and no plan, review or meeting counts as missing. `record_agreement` records that they take part again.

		:param on: the day they said so, YYYY-MM-DD; today if none is given
		:param reason: what the client said, in words; nobody has to give a reason
		:return: `name`, `status`, and `cancelled`, the codes of the meetings that were cancelled
		:raises frappe.ValidationError: the program is compulsory, the client had not agreed to take part, the case is
		        closed, or the day lies before the agreement or in the future
		"""
		validate_may_opt_out(self)
		if not self.agreement_on:
			refuse(
				self,
				_("No agreement to take part is recorded, so there is none to withdraw."),
				_("Use “Decline Meetings” if the client wants no meetings."),
			)
		set_opted_out(self, AGREEMENT, _("Agreement Withdrawn on"), on, reason)
		return end_meetings(self, _("The client no longer takes part in case management."))

	@frappe.whitelist(methods=["POST"])
	@action
	def decline_meetings(self, on: str | date | None = None, reason: str | None = None) -> dict:
		"""Record that the client of a voluntary program does not want regular meetings (C19, C21).

		:param on: the day they said so, YYYY-MM-DD; today if none is given
		:param reason: what the client said, in words; nobody has to give a reason
		:return: `name`, `status`, and `cancelled`, the codes of the meetings that were cancelled
		:raises frappe.ValidationError: the program is compulsory, the case is closed, or the day lies before the case
		        opened or in the future
		"""
		validate_may_opt_out(self)
		set_opted_out(self, MEETINGS, _("Meetings Declined on"), on, reason)
		return end_meetings(self, _("The client does not want regular meetings."))

	@frappe.whitelist(methods=["POST"])
	@action
	def resume_meetings(self) -> dict:
		"""Record that the client wants regular meetings again; the next one is made (C19, C21).

		:return: `name`, `status`, and `next_meeting`, its code, None where the case needs none
		:raises frappe.ValidationError: the case is closed
		"""
		if self.meetings_declined_on:
			self.update(dict.fromkeys(MEETINGS))
			self.save()
		return {
			"name": self.name,
			"status": self.status,
			"next_meeting": meetings.ensure_next_meeting(self.name),
		}


def validate_may_opt_out(case: Document) -> None:
	"""Refuse for a compulsory program, and for a closed case."""
	if not is_voluntary(case):
		refuse(
			case,
			_("Program {0} is compulsory, so nobody can leave case management or its meetings.").format(
				case.program
			),
			_("Agree on other times with the client, or move them to a voluntary program."),
		)
	if case.status == "Closed":
		refuse(case, _("The case is closed."), _("Reopen it first, with a reason."))


def set_opted_out(
	case: Document, fields: tuple[str, str], label: str, on: str | date | None, reason: str | None
) -> None:
	"""Write into the case since when its client has opted out, once, and what they said."""
	since, why = fields
	day = case.get_event_date(label, on)
	if case.agreement_on and day < getdate(case.agreement_on):
		refuse(
			case, _("“{0}” is before the client agreed to take part.").format(label), _("Correct the date.")
		)
	case.update({since: case.get(since) or day, why: reason or case.get(why)})
	case.save()


def end_meetings(case: Document, reason: str) -> dict:
	"""Cancel the meetings of the cycle that are ahead; those of other kinds were agreed on for their own sake and stay.

	:return: what the actions answer
	"""
	filters = {"client_case": case.name, "status": "Scheduled", "kind": meetings.CASE_MEETING}
	ahead = cancel_by_rule("Case Meeting", filters, "cancel_reason", reason)
	meetings.update_next_meeting(case.name)
	return {"name": case.name, "status": case.status, "cancelled": ahead}


def takes_part(on: date | str) -> Criterion:
	"""Return the condition that the client of a case had not left case management by a day (C19)."""
	left = DocType("Client Case").agreement_withdrawn_on
	return left.isnull() | (left > on)
