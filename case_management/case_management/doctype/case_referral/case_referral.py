from itertools import pairwise

from frappe import _
from frappe.utils import getdate

from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.support.consent import SHARING, make_disclosure, validate_basis
from case_management.case_management.support.referring import ReferralActions
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.support.unmet_need import record_unmet_need


class CaseReferral(ReferralActions, ClientRecord):
	"""A client is put in touch with an agency (C5, C43), for a goal where there is one (B17)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link
		answered_on: DF.Date | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		consent: DF.Link | None
		continues_after_exit: DF.Check
		decline_reason: DF.Link | None
		goal: DF.Link | None
		help_kind: DF.Literal["Information", "Supported", "Accompanied", "Formal"]
		legal_basis: DF.Link | None
		legal_basis_note: DF.SmallText | None
		naming_series: DF.Literal["REF-.YYYY.-.#####"]
		outcome: DF.SmallText | None
		outcome_on: DF.Date | None
		reason: DF.SmallText
		sent_on: DF.Date | None
		service: DF.Link | None
		status: DF.Literal["Draft", "Sent", "Accepted", "Declined", "Withdrawn", "Completed"]
		what_was_shared: DF.SmallText | None
		withdraw_reason: DF.SmallText | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	CONSENT_FOR = SHARING
	NEXT_STATUS = {
		"Draft": ("Sent", "Withdrawn"),
		"Sent": ("Accepted", "Declined", "Withdrawn"),
		"Accepted": ("Completed", "Withdrawn"),
		"Declined": (),
		"Withdrawn": (),
		"Completed": (),
	}
	PAST_DATES = ("sent_on", "answered_on", "outcome_on")
	# What was sent stays as it was sent: the disclosure says the same.
	SENT_FIELDS = frozenset(
		("agency", "help_kind", "reason", "consent", "legal_basis", "legal_basis_note", "what_was_shared")
	)
	DATE_OF_STATUS = {
		"Sent": "sent_on",
		"Accepted": "answered_on",
		"Declined": "answered_on",
		"Completed": "outcome_on",
	}
	# What is said when a status arrives: field, and what to do without it.
	REASON_OF_STATUS = {
		"Declined": "decline_reason",
		"Withdrawn": "withdraw_reason",
		"Completed": "outcome",
	}

	def validate(self) -> None:
		self.validate_record()
		self.set_date_of_status()
		self.validate_basis()
		self.validate_sent()
		self.validate_reason_of_status()
		self.validate_order()

	def on_update(self) -> None:
		self.update_disclosure()
		self.update_unmet_need()

	def set_date_of_status(self) -> None:
		"""Date a status that arrives without a date today, as from the Workflow's own button."""
		field = self.DATE_OF_STATUS.get(self.status)
		if field and not self.get(field) and status_changed_to(self, self.status):
			self.set(field, getdate())

	def validate_basis(self) -> None:
		if status_changed_to(self, "Sent") and self.help_kind != "Information":
			validate_basis(self, self.agency, self.sent_on)

	def validate_sent(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == "Draft":
			return
		if changed := get_changed_fields(before, self) & self.SENT_FIELDS:
			refuse(
				self,
				_("It was sent and stays as it was sent ({0}).").format(get_labels(self, changed)),
				_("Withdraw it and make a new referral."),
			)

	def validate_reason_of_status(self) -> None:
		field = self.REASON_OF_STATUS.get(self.status)
		if field and not self.get(field) and status_changed_to(self, self.status):
			refuse(
				self,
				_("It is not {0} without: {1}.").format(_(self.status), _(self.meta.get_label(field))),
				_("Say it, with the referral's action or in the field."),
			)

	def validate_order(self) -> None:
		"""Refuse an answer before the referral was sent, and an outcome before the answer."""
		dates = [field for field in self.PAST_DATES if self.get(field)]
		self.validate_steps(*pairwise(dates))

	def update_disclosure(self) -> None:
		if status_changed_to(self, "Sent") and self.help_kind != "Information":
			make_disclosure(self, self.sent_on)

	def update_unmet_need(self) -> None:
		if not status_changed_to(self, "Declined"):
			return
		record_unmet_need(
			referral=self.name,
			client=self.client,
			client_case=self.client_case,
			program=self.get_case().program,
			service_activity=self.service,
			description=self.reason,
			reason=self.decline_reason,
			needed_on=self.sent_on,
		)
