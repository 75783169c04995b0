from frappe import _
from frappe.utils import getdate

from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.support import safety, safety_planning


class SafetyPlan(safety_planning.SafetyPlanActions, ClientRecord):
	"""What a client does to be safe, in their own words; one is current (B12)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.safety_plan_person.safety_plan_person import (
			SafetyPlanPerson,
		)
		from frappe.types import DF

		children_safety: DF.Text | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		copy_is_safe: DF.Check
		given_on: DF.Date | None
		is_current: DF.Check
		last_reviewed_on: DF.Date | None
		made_on: DF.Date
		naming_series: DF.Literal["SP-.YYYY.-.#####"]
		people: DF.Table[SafetyPlanPerson]
		review_due: DF.Date | None
		review_note: DF.SmallText | None
		revises: DF.Link | None
		revision_reason: DF.SmallText | None
		safe_places: DF.Text
		set_by: DF.Literal["", "Client", "Together", "Worker"]
		superseded_by: DF.Link | None
		version: DF.Int
		warning_signs: DF.Text
		what_to_do: DF.Text
	# end: auto-generated types

	PAST_DATES = ("made_on", "last_reviewed_on", "given_on")
	# A risk can go on, or come up, after the case was closed.
	WRITTEN_AFTER_CLOSURE = True

	def before_insert(self) -> None:
		if self.client_case:
			safety.lock_both(self)

	def validate(self) -> None:
		self.validate_record()
		safety_planning.validate_kept(self)
		self.set_version()
		self.set_review_due()
		self.validate_order()

	def after_insert(self) -> None:
		safety_planning.update_predecessors(self)
		safety.update_incidents(self)

	def set_version(self) -> None:
		if self.is_new() and self.client_case:
			safety_planning.set_version(self)

	def set_review_due(self) -> None:
		self.made_on = self.made_on or getdate()
		self.review_due = self.review_due or safety_planning.get_review_due(
			getdate(self.last_reviewed_on or self.made_on)
		)

	def validate_order(self) -> None:
		"""Refuse a review or a copy from before the plan was made, and a next review before the last one."""
		for field in ("last_reviewed_on", "given_on", "review_due"):
			if self.get(field) and getdate(self.get(field)) < getdate(self.made_on):
				self.refuse_date(field, _("lies before the plan was made."))
		if self.last_reviewed_on and getdate(self.review_due) < getdate(self.last_reviewed_on):
			self.refuse_date("review_due", _("lies before the last review."))
