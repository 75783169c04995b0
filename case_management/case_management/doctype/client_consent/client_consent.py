from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from case_management.case_management.record.actions import action
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.client_record import ClientRecord, is_future
from case_management.case_management.support.consent import get_reliance, is_live_on
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import get_labels, refuse


class ClientConsent(ClientRecord):
	"""What a client agreed may be shared, with whom and what for, until they withdraw it (design rule 7)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		client: DF.Link
		client_case: DF.Link | None
		client_name: DF.Data | None
		expires_on: DF.Date | None
		given_by: DF.Data | None
		given_on: DF.Date
		how_given: DF.Literal["Written", "Spoken", "By a Guardian", "Other"]
		is_live: DF.Check
		naming_series: DF.Literal["CON-.YYYY.-.#####"]
		purpose: DF.Link
		what_may_be_shared: DF.SmallText | None
		what_to_withhold: DF.SmallText | None
		withdrawal_note: DF.SmallText | None
		withdrawn_on: DF.Date | None
	# end: auto-generated types

	# A consent may be older than the case, and is withdrawn whenever the client wishes.
	WRITTEN_AFTER_CLOSURE = True
	# What cannot change once somebody relied on it.
	SCOPE = frozenset(
		("purpose", "agency", "what_may_be_shared", "what_to_withhold", "given_on", "given_by", "how_given")
	)

	@property
	def is_live(self) -> bool:
		return is_live_on(self)

	def validate(self) -> None:
		self.validate_record()
		self.validate_given_on()
		self.validate_expires_on()
		self.validate_withdrawn_on()
		self.validate_scope()

	@frappe.whitelist(methods=["POST"])
	@action
	def withdraw(self, on: str | date | None = None, note: str | None = None) -> dict:
		"""End the consent, and learn what relied on it (design rule 7): whom to tell, and what to stop.

		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: what the client said, in words
		:return: `relied_on`: rows as `list_reliance` returns them
		:raises frappe.ValidationError: the day lies before the consent was given or in the future
		"""
		if not self.withdrawn_on:
			self.withdrawn_on = get_date(self, _("Withdrawn on"), on)
			self.withdrawal_note = note
			self.save()
		return {"relied_on": get_reliance(self.name)}

	@frappe.whitelist()
	def list_reliance(self) -> list[dict]:
		"""Return what relied on this consent (design rule 7); reading the consent is enough.

		:return: rows of `doctype`, `name`, `on` (a day) and `agency`: disclosures, unfinished referrals,
		        contributions to assessments, agencies involved in cases
		:raises frappe.PermissionError: the user may not read the consent
		"""
		self.check_permission("read")
		return get_reliance(self.name)

	def validate_given_on(self) -> None:
		if is_future(self.given_on):
			self.refuse_date("given_on", _("lies in the future."))

	def validate_expires_on(self) -> None:
		if self.expires_on and getdate(self.expires_on) < getdate(self.given_on):
			self.refuse_date("expires_on", _("lies before the consent was given."))

	def validate_withdrawn_on(self) -> None:
		if not self.withdrawn_on:
			return
		if is_future(self.withdrawn_on):
			self.refuse_date("withdrawn_on", _("lies in the future."))
		if getdate(self.withdrawn_on) < getdate(self.given_on):
			self.refuse_date("withdrawn_on", _("lies before the consent was given."))

	def validate_scope(self) -> None:
		"""Refuse to change what was consented to once something relied on it; it may only end earlier."""
		before = self.get_doc_before_save()
		if not before:
			return
		changed = get_changed_fields(before, self) & self.SCOPE
		if self.is_extended(before):
			changed.add("expires_on")
		if changed and get_reliance(self.name):
			refuse(
				self,
				_("Information was shared on it, so what it covers stays ({0}).").format(
					get_labels(self, changed)
				),
				_("Withdraw it and record a new consent."),
			)

	def is_extended(self, before: "ClientConsent") -> bool:
		if not before.expires_on:
			return False
		return not self.expires_on or getdate(self.expires_on) > getdate(before.expires_on)
