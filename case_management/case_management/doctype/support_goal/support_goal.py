import frappe
from frappe import _
from frappe.utils import getdate

from case_management.case_management.plan import goals, impediments, progress, steps
from case_management.case_management.meeting.agenda import is_agenda_changed, update_agendas
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.codes import get_meaning
from case_management.case_management.plan.drawing import get_rating_drawings
from case_management.case_management.record.ratings import set_ratings
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import set_row_defaults
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.plan.steps import StepActions


class SupportGoal(goals.GoalActions, StepActions, ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.goal_step.goal_step import GoalStep
		from case_management.case_management.doctype.goal_strategy.goal_strategy import GoalStrategy
		from frappe.types import DF

		achieved_on: DF.Date | None
		achievement_level: DF.Link | None
		baseline_level: DF.Literal["", "-2", "-1", "0", "1", "2"]
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		confidence: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		current_level: DF.Literal["", "-2", "-1", "0", "1", "2"]
		deferred_reason: DF.Link | None
		domain: DF.Link | None
		follows_goal: DF.Link | None
		goal: DF.SmallText
		goal_kind: DF.Literal["", "Access to Resource", "Skill or Knowledge", "Other"]
		horizon: DF.Literal["Immediate", "Short", "Medium", "Long"]
		impediment: DF.Link | None
		impediment_note: DF.SmallText | None
		impediment_since: DF.Date | None
		last_discussed_on: DF.Date | None
		limitations_considered: DF.SmallText | None
		naming_series: DF.Literal["GOAL-.YYYY.-.#####"]
		need: DF.SmallText | None
		pace: DF.Literal["Comfortable", "Faster", "Slower"]
		plan: DF.Link | None
		responsibility: DF.Literal["", "Worker Does", "Together", "Client With Support", "Client Alone"]
		scale_0: DF.SmallText | None
		scale_minus_1: DF.SmallText | None
		scale_minus_2: DF.SmallText | None
		scale_plus_1: DF.SmallText | None
		scale_plus_2: DF.SmallText | None
		set_by: DF.Literal["", "Client", "Together", "Worker"]
		start_on: DF.Date | None
		status: DF.Literal["Proposed", "Active", "On Hold", "Achieved", "Sustaining", "Deferred", "Stopped"]
		status_reason: DF.SmallText | None
		steps: DF.Table[GoalStep]
		strategies: DF.Table[GoalStrategy]
		strength: DF.SmallText | None
		target_on: DF.Date | None
		weight: DF.Literal["1", "2", "3", "4"]
		worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
	# end: auto-generated types

	NEXT_STATUS = {
		"Proposed": ("Active", "Deferred", "Stopped"),
		"Active": ("On Hold", "Achieved", "Sustaining", "Deferred", "Stopped"),
		"On Hold": ("Active", "Achieved", "Deferred", "Stopped"),
		"Achieved": ("Active", "Sustaining"),
		"Sustaining": ("Active", "Achieved", "Stopped"),
		"Deferred": ("Proposed", "Active", "Stopped"),
		"Stopped": ("Active",),
	}
	PAST_DATES = ("achieved_on",)
	CASE_DATES = ("start_on", "target_on")

	def onload(self) -> None:
		super().onload()
		self.set_onload("history", progress.get_history([self.name]).get(self.name, []))
		self.set_onload("drawing", get_rating_drawings([self.name]).get(self.name))

	def before_validate(self) -> None:
		super().before_validate()
		set_row_defaults(self)
		set_ratings(self)

	def validate(self) -> None:
		self.validate_record()
		self.set_target_on()
		self.set_outcome()
		self.set_baseline()
		impediments.set_impediment(self)
		steps.set_steps_done(self)
		self.validate_target()
		self.validate_plan()
		self.validate_status_reason()
		steps.validate_steps(self)
		self.validate_action()

	def on_update(self) -> None:
		if is_agenda_changed(self):
			update_agendas(self.client_case)
		if status_changed_to(self, "Deferred"):
			goals.update_unmet_need(self, get_meaning(self.deferred_reason))
		impediments.update_unmet_need(self)
		steps.tell_owners(self)

	def set_target_on(self) -> None:
		if self.is_new() and not self.target_on:
			self.target_on = goals.get_target(self.horizon, self.start_on)

	def set_outcome(self) -> None:
		"""Date what is achieved, and clear what another status left behind."""
		if not self.has_value_changed("status"):
			return
		if self.status == "Achieved":
			self.achieved_on = self.achieved_on or getdate()
		elif self.status != "Sustaining":
			self.achieved_on = None
		if self.status in ("Active", "Proposed") and self.get_doc_before_save():
			self.status_reason = self.deferred_reason = None

	def set_baseline(self) -> None:
		self.baseline_level = self.baseline_level or self.current_level

	def validate_target(self) -> None:
		if self.target_on and self.start_on and getdate(self.target_on) < getdate(self.start_on):
			refuse(self, _("It is hoped for before it begins."), _("Correct one of the two dates."))

	def validate_plan(self) -> None:
		"""Refuse a plan, or a goal it follows, of another case of the client."""
		for field in ("plan", "follows_goal"):
			options = self.meta.get_field(field).options
			case = self.get(field) and frappe.db.get_value(options, self.get(field), "client_case")
			if case and case != self.client_case:
				refuse(
					self,
					_("{0} belongs to another case.").format(self.get(field)),
					_("Choose one of the case {0}.").format(self.client_case),
				)

	def validate_status_reason(self) -> None:
		"""Refuse a goal that is put on hold, put off or stopped without saying why."""
		if status_changed_to(self, "Deferred") and not self.deferred_reason:
			refuse(self, _("A goal that waits has a coded reason."), _("Choose a Reason a Goal Waits."))
		if status_changed_to(self, "On Hold", "Stopped") and not self.status_reason:
			refuse(self, _("A goal on hold, or stopped, has a reason."), _("Say why, in a few words."))

	def validate_action(self) -> None:
		"""Design rule 5, kept while the plan is Active: no goal begins or goes on without a step or a strategy.

		One that follows another was formulated in a meeting; its first step is agreed after it.
		"""
		before = self.get_doc_before_save()
		if not before or self.status != "Active" or self.follows_goal or goals.has_action(self):
			return
		taken_off = goals.has_action(before) and not self.flags.by_rule
		if (before.status == "Proposed" or taken_off) and goals.needs_action(self):
			refuse(
				self,
				_("A goal of an Active plan has a step or a strategy."),
				_("Agree with the client on a first step."),
			)
