from frappe import _
from frappe.utils import cint

from case_management.case_management.access.settable_roles import update_roles, validate_roles
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.sent_record import SetupRecord
from case_management.case_management.entry.response_targets import (
	set_around_the_clock,
	validate_response_targets,
)
from case_management.case_management.entry.working_hours import (
	set_service_hours,
	validate_response_clock,
	validate_service_hours,
)


class CaseManagementSettings(SetupRecord):
	"""The switches and intervals that hold for the whole site."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.closed_day.closed_day import ClosedDay
		from case_management.case_management.doctype.response_target.response_target import ResponseTarget
		from case_management.case_management.doctype.service_hours.service_hours import ServiceHours
		from frappe.types import DF

		access_days_after_closure: DF.Int
		adult_age: DF.Int
		allowed_functions: DF.SmallText | None
		case_manager_changes_team: DF.Check
		child_assessment_required: DF.Check
		child_plan_required: DF.Check
		closed_days: DF.Table[ClosedDay]
		consent_warning_days: DF.Int
		dispose_automatically: DF.Check
		emergency_access_enabled: DF.Check
		emergency_access_hours: DF.Float
		evaluation_offer_required: DF.Check
		exit_plan_required: DF.Check
		goal_needs_action_required: DF.Check
		intake_access_days: DF.Int
		match_limit: DF.Int
		match_searches_per_day: DF.Int
		meetings_for_voluntary: DF.Check
		minor_retention_age: DF.Int
		no_contact_days: DF.Int
		no_contact_lead_days: DF.Int
		note_lock_days: DF.Int
		privacy_role: DF.Link | None
		record_request_days: DF.Int
		record_request_warning_days: DF.Int
		referral_answer_days: DF.Int
		response_clock: DF.Literal["Around the Clock", "Working Hours"]
		response_escalation_hours: DF.Float
		response_targets: DF.Table[ResponseTarget]
		retention_years: DF.Int
		review_role: DF.Link
		review_warning_days: DF.Int
		rights_reminder_days: DF.Int
		rights_signature_required: DF.Check
		rights_statement_required: DF.Check
		safety_plan_required: DF.Check
		safety_plan_review_days: DF.Int
		secondment_warning_days: DF.Int
		service_hours: DF.Table[ServiceHours]
		show_t_score: DF.Check
		small_count: DF.Int
		voluntary_agreement_required: DF.Check
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_numbers()
		self.validate_retention_age()
		set_around_the_clock(self)
		validate_response_targets(self)
		set_service_hours(self)
		validate_service_hours(self)
		validate_response_clock(self, self.service_hours)
		validate_roles(self)

	def on_update(self) -> None:
		update_roles(self)

	def validate_numbers(self) -> None:
		"""Refuse days, years and ages below zero."""
		for field in self.meta.get("fields", {"fieldtype": "Int"}):
			value = cint(self.get(field.fieldname))
			if value < 0:
				refuse(
					self,
					_("{0} is {1}.").format(_(field.label), value),
					_("Enter 0 or more."),
				)

	def validate_retention_age(self) -> None:
		if cint(self.minor_retention_age) < cint(self.adult_age):
			refuse(
				self,
				_("A minor's records would end before the minor is an adult (at {0}).").format(
					self.adult_age
				),
				_("Enter at least that age under {0}.").format(_(self.meta.get_label("minor_retention_age"))),
			)
