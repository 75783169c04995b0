from case_management.case_management.client_record import ClientRecord


class SafetyPlan(ClientRecord):
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
		naming_series: DF.Literal["SAFE-.YYYY.-.#####"]
		people: DF.Table[SafetyPlanPerson]
		review_due: DF.Date
		review_note: DF.SmallText | None
		revises: DF.Link | None
		revision_reason: DF.SmallText | None
		safe_places: DF.Text
		set_by: DF.Literal["Client", "Together", "Worker"]
		superseded_by: DF.Link | None
		version: DF.Int
		warning_signs: DF.Text
		what_to_do: DF.Text
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
