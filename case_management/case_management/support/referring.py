"""Referrals on their way: sent, answered, taken back, completed (design rule 7; B17, C5, C43)."""

from datetime import date

import frappe
from frappe import _

from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.status import move_to
from case_management.case_management.support.consent import get_disclosure


class ReferralActions:
	"""The actions of a referral."""

	@frappe.whitelist(methods=["POST"])
	@action
	def send(
		self,
		on: str | date | None = None,
		consent: str | None = None,
		legal_basis: str | None = None,
		legal_basis_note: str | None = None,
		what_was_shared: str | None = None,
	) -> dict:
		"""Send the referral, on a live consent or a legal basis (design rule 7); information needs none.

		:param on: a day, YYYY-MM-DD; today if none is given
		:param consent: the code of a Client Consent for referral or coordination, live on that day, for this
		        agency or any
		:param legal_basis: a code of Legal Basis for Disclosure, where there is no consent
		:param legal_basis_note: why it applies, in words
		:param what_was_shared: what the agency is told, in words
		:return: `status`, and `disclosure`, the code of the Disclosure made (None where `help_kind` is
		        Information)
		:raises frappe.ValidationError: what is shared is not said, there is neither a live consent of this
		        client, purpose and agency nor a legal basis with its reason, the referral is over, or the
		        day lies before the case opened or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if not self.sent_on:
			given = {"consent": consent, "legal_basis": legal_basis, "legal_basis_note": legal_basis_note}
			given["what_was_shared"] = what_was_shared
			self.update({field: value for field, value in given.items() if value})
			self.sent_on = get_date(self, _("Sent on"), on)
			move_to(self, "Sent")
		return {"status": self.status, "disclosure": get_disclosure(self)}

	@frappe.whitelist(methods=["POST"])
	@action
	def accept(self, on: str | date | None = None) -> dict:
		"""Record that the agency accepted (B17, C43).

		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `status`
		:raises frappe.ValidationError: the referral was not sent, or is over, or the day lies before it was
		        sent or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status not in ("Accepted", "Completed"):
			self.answered_on = get_date(self, _("Answered on"), on)
			move_to(self, "Accepted")
		return {"status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def decline(self, reason: str | None = None, on: str | date | None = None) -> dict:
		"""Record that the agency declined, which leaves a need unmet (C16).

		:param reason: a code of the list Reason Service Not Provided
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `status`, and `unmet_need`, the code of the Unmet Need made
		:raises frappe.ValidationError: there is no code, the referral is not Sent, or the day lies before it
		        was sent or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Declined":
			self.decline_reason = reason or self.decline_reason
			self.answered_on = get_date(self, _("Answered on"), on)
			move_to(self, "Declined")
		return {
			"status": self.status,
			"unmet_need": frappe.db.get_value("Unmet Need", {"referral": self.name}, "name"),
		}

	@frappe.whitelist(methods=["POST"])
	@action
	def withdraw(self, reason: str | None = None) -> dict:
		"""Take the referral back (B14); a Disclosure that was made stays.

		:param reason: why, in words
		:return: `status`
		:raises frappe.ValidationError: there is no reason, or the referral was declined or completed
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Withdrawn":
			self.withdraw_reason = reason or self.withdraw_reason
			move_to(self, "Withdrawn")
		return {"status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def complete(self, outcome: str | None = None, on: str | date | None = None) -> dict:
		"""Record what came of the referral (B17, C43).

		:param outcome: what came of it, in words
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `status`
		:raises frappe.ValidationError: there is no outcome, the referral was not accepted, or the day lies
		        before the answer or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Completed":
			self.outcome = outcome or self.outcome
			self.outcome_on = get_date(self, _("Outcome on"), on)
			move_to(self, "Completed")
		return {"status": self.status}
