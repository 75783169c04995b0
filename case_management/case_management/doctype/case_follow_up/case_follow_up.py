"""A contact after the support ended, agreed in the exit plan."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import cint

from case_management.case_management.record.actions import action
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import move_to, status_changed_to


class CaseFollowUp(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		achievements_kept: DF.Literal["", "Yes", "In Part", "No"]
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		done_on: DF.Date | None
		due_on: DF.Date
		naming_series: DF.Literal["FUP-.YYYY.-.#####"]
		needs_support_again: DF.Check
		note: DF.SmallText | None
		outcome: DF.SmallText | None
		status: DF.Literal["Due", "Done", "Not Reached", "Cancelled"]
		way: DF.Data | None
		worker: DF.Link | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	CONSENT_FOR = ("Contact After Exit",)
	NEXT_STATUS = {
		"Due": ("Done", "Not Reached", "Cancelled"),
		"Done": (),
		"Not Reached": ("Done", "Cancelled"),
		"Cancelled": (),
	}
	WRITTEN_AFTER_CLOSURE = True
	PAST_DATES = ("done_on",)
	CASE_DATES = ("due_on",)

	def validate(self) -> None:
		self.validate_record()
		self.set_done_on()
		self.validate_outcome()

	def set_done_on(self) -> None:
		if status_changed_to(self, "Done", "Not Reached"):
			self.done_on = self.done_on or get_date(self, _("Date of Contact"), None)

	def validate_outcome(self) -> None:
		"""B23: a follow-up that took place says how things are; one that did not says why."""
		if status_changed_to(self, "Done") and not self.outcome:
			refuse(
				self,
				_("A follow-up that is done has an outcome."),
				_("Say how things are, with “Record Outcome”."),
			)
		if status_changed_to(self, "Cancelled") and not self.note:
			refuse(self, _("A cancelled follow-up has a reason."), _("Say why, in the note."))

	@frappe.whitelist(methods=["POST"])
	@action
	def record_done(
		self,
		outcome: str | None = None,
		on: str | date | None = None,
		achievements_kept: str | None = None,
		needs_support_again: bool | int | str | None = None,
	) -> dict:
		"""Record that the client was reached after the support ended (B23).

		:param outcome: how things are, in words
		:param on: a day, YYYY-MM-DD; today if none is given
		:param achievements_kept: Yes, In Part or No
		:param needs_support_again: true where the client needs support again; the case is then reopened, or
		        a new intake recorded, by hand
		:return: `name` and `status`
		:raises frappe.ValidationError: there is no outcome, the follow-up was cancelled, or the day lies
		        before the case opened or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Done":
			self.update({"outcome": outcome, "achievements_kept": achievements_kept})
			self.needs_support_again = cint(needs_support_again)
			self.done_on = get_date(self, _("Date of Contact"), on)
			move_to(self, "Done")
		return {"name": self.name, "status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def not_reached(self, note: str | None = None, on: str | date | None = None) -> dict:
		"""Record that the client could not be reached (B23); they may still be later.

		:param note: what was tried, in words
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `name` and `status`
		:raises frappe.ValidationError: the follow-up is done or cancelled, or the day lies before the case
		        opened or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Not Reached":
			self.note = note or self.note
			self.done_on = get_date(self, _("Date of Contact"), on)
			move_to(self, "Not Reached")
		return {"name": self.name, "status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def cancel(self, reason: str | None = None) -> dict:
		"""Call the follow-up off (B23).

		:param reason: why, in words
		:return: `name` and `status`
		:raises frappe.ValidationError: there is no reason, or the follow-up is done
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Cancelled":
			self.note = reason or self.note
			move_to(self, "Cancelled")
		return {"name": self.name, "status": self.status}
