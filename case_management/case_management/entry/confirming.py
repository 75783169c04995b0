"""A team leader's answer to whether a person who makes contact is an existing client."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from case_management.case_management.entry.acceptance import get_outcome
from case_management.case_management.entry.intake_decision import decide
from case_management.case_management.entry.match_confirmation import (
	ASKED,
	CONFIRMED,
	DECLINED,
	REMINDER,
	may_confirm,
)
from case_management.case_management.record.actions import action
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import can_move_to
from case_management.case_management.reminders.sending import close_at_once


class ConfirmingActions:
	"""The actions of an intake that answer whether a person is an existing client."""

	@frappe.whitelist(methods=["POST"])
	@action
	def confirm_match(self) -> dict:
		"""Confirm that the person is the existing client, which completes the acceptance that was asked for.

		:return: as of `accept`; without `client_case` where the workflow has no such step for the leader: then who
		        asked accepts again
		:raises frappe.ValidationError: no confirmation was asked for, or a rule refuses the acceptance
		:raises frappe.PermissionError: the user leads neither a program of the client nor the intake's, or a conflict
		        or a restriction keeps the client from them
		"""
		if self.match_confirmation != CONFIRMED:
			set_answer(self, CONFIRMED)
			close_at_once(REMINDER, self.name)
			if can_move_to(self, "Accepted"):
				decide(self, "Accepted", self.match_accept_on, None, None, None)
			else:
				self.save()
		return get_outcome(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def decline_match(self, reason: str | None = None) -> dict:
		"""Say that the person is not the existing client, or that no case is opened for them like this.

		:param reason: why, in words, for who asked
		:return: `match_confirmation`
		:raises frappe.ValidationError: no confirmation was asked for, or there is no reason
		:raises frappe.PermissionError: as of `confirm_match`
		"""
		if self.match_confirmation != DECLINED:
			set_answer(self, DECLINED, reason)
			if not (reason or "").strip():
				refuse(self, _("The reason is missing."), _("Enter why it is declined, for who asked."))
			self.save()
			close_at_once(REMINDER, self.name)
		return {"match_confirmation": self.match_confirmation}


def set_answer(intake: Document, answer: str, reason: str | None = None) -> None:
	"""Note the answer, by whom and when.

	:raises frappe.ValidationError: no confirmation was asked for
	:raises frappe.PermissionError: the session's user may not confirm
	"""
	if intake.match_confirmation != ASKED:
		refuse(
			intake, _("No confirmation was requested."), _("Use “Accept” first, with the existing client.")
		)
	if frappe.session.user != "Administrator" and not may_confirm(intake, frappe.session.user):
		refuse(
			intake,
			_("It is confirmed by a team leader of the client or of the program {0}.").format(intake.program),
			_("Ask one of them."),
			frappe.PermissionError,
		)
	answered = {"match_answered_by": frappe.session.user, "match_answered_on": now_datetime()}
	intake.update({"match_confirmation": answer, "match_answer_note": reason, **answered})
