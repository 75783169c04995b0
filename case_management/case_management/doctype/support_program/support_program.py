from datetime import datetime

import frappe
from frappe import _
from frappe.utils import cint, cstr

from case_management.case_management.access.responsible import tell_of_program
from case_management.case_management.entry import response_targets, waiting_list, working_hours
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.sent_record import SetupRecord

INTERVALS = ("meeting_interval_days", "review_interval_days", "follow_up_days")
LEADS = ("lead", "deputy_lead")
SEES_PLACES = frozenset(
	("Administrator", "Case Intake Worker", "Case Worker", "Case Manager Lead", "Case Management Admin")
)
TEMPLATES = {"assessment_template": "Adult", "child_assessment_template": "Child"}


class SupportProgram(SetupRecord):
	"""A program of the service: whether case management is compulsory in it (C19), and its intervals."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.response_target.response_target import ResponseTarget
		from case_management.case_management.doctype.support_program_stage.support_program_stage import (
			SupportProgramStage,
		)
		from frappe.types import DF

		assessment_template: DF.Link | None
		capacity: DF.Int
		child_assessment_template: DF.Link | None
		closures_need_approval: DF.Check
		deputy_lead: DF.Link | None
		description: DF.TextEditor | None
		enabled: DF.Check
		existing_client_needs_confirmation: DF.Check
		feedback_interval_weeks: DF.Int
		follow_up_days: DF.Int
		incidents_need_approval: DF.Check
		lead: DF.Link | None
		meeting_interval_days: DF.Int
		meeting_minutes: DF.Int
		meeting_on_closed_days: DF.Literal["Next Open Day", "Day Before", "Stay"]
		meeting_time: DF.Data
		participation: DF.Literal["Compulsory", "Voluntary"]
		plans_need_approval: DF.Check
		program_name: DF.Data
		program_type: DF.Literal["Residential", "Community"]
		public_feedback: DF.Check
		reassessment_interval_days: DF.Int
		response_clock: DF.Literal["", "Around the Clock", "Working Hours"]
		response_targets: DF.Table[ResponseTarget]
		review_interval_days: DF.Int
		stages: DF.Table[SupportProgramStage]
	# end: auto-generated types

	def onload(self) -> None:
		"""Send how full the program is, to who gives places; to an auditor such small numbers are not told."""
		if not SEES_PLACES.isdisjoint(frappe.get_roles()):
			self.set_onload("places", waiting_list.get_places(self.name))

	def validate(self) -> None:
		self.set_meeting_time()
		self.validate_intervals()
		self.validate_leads()
		self.validate_templates()
		self.validate_stages()
		response_targets.set_around_the_clock(self)
		response_targets.validate_response_targets(self)
		self.validate_response_clock()

	def on_update(self) -> None:
		tell_of_program(self)

	def set_meeting_time(self) -> None:
		"""Write the time as hours and minutes. It is text, since Frappe fills an empty Time field with the present time."""
		try:
			time = datetime.strptime(cstr(self.meeting_time).strip()[:5].rstrip(":"), "%H:%M")
		except ValueError:
			refuse(
				self,
				_("“{0}” is no time of day.").format(self.meeting_time),
				_("Write it on the 24-hour clock, for example 14:30."),
			)
		self.meeting_time = time.strftime("%H:%M")

	def validate_intervals(self) -> None:
		"""Refuse an interval of no days: the next meeting or review would be due on the same day for ever (C21)."""
		for field in INTERVALS:
			if cint(self.get(field)) <= 0:
				refuse(
					self,
					_("{0} is {1}.").format(_(self.meta.get_label(field)), self.get(field) or 0),
					_("Enter 1 day or more."),
				)

	def validate_leads(self) -> None:
		"""Refuse a team leader without the role: they would be asked to act on what they may not open."""
		for field in LEADS:
			user = self.get(field)
			if user and self.has_value_changed(field) and "Case Manager Lead" not in frappe.get_roles(user):
				refuse(
					self,
					_("{0} does not have the role {1}.").format(user, _("Case Manager Lead")),
					_("Give them the role first, or choose somebody else."),
				)

	def validate_templates(self) -> None:
		for field, for_whom in TEMPLATES.items():
			template = self.get(field)
			if template and frappe.db.get_value("Assessment Template", template, "for_whom") != for_whom:
				refuse(
					self,
					_("{0} cannot be used as {1}.").format(template, _(self.meta.get_label(field))),
					_("Choose a template that is for: {0}.").format(_(for_whom)),
				)

	def validate_stages(self) -> None:
		stages = [row.stage for row in self.stages]
		for stage in stages:
			if stages.count(stage) > 1:
				refuse(
					self,
					_("The stage {0} is listed more than once.").format(stage),
					_("Keep one of the rows."),
				)

	def validate_response_clock(self) -> None:
		"""Refuse the clock of working hours while the site has none; a program already so is not held up by it."""
		if self.has_value_changed("response_clock"):
			hours = frappe.get_cached_doc("Case Management Settings").service_hours
			working_hours.validate_response_clock(self, hours)

	def get_first_waiting(self) -> str | None:
		"""Return the intake, by code, that is first on the waiting list; the Notification of a free place names it."""
		return next(iter(waiting_list.get_waiting(self.name)), None)

	def get_response_hours(self, urgency: str) -> float | None:
		"""Return the hours in which an intake of this urgency is answered (B1); None without a target."""
		return response_targets.get_response_hours(self, urgency)
