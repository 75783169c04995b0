from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.access.approval import Approval, ApprovalActions, validate_approved
from case_management.case_management.plan import goal_attainment, overview, planning
from case_management.case_management.record.agreement import set_agreed_on, update_revised, validate_unchanged
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.plan.drawing import get_rating_drawings
from case_management.case_management.meeting.meetings import ensure_next_meeting
from case_management.case_management.plan.plan_versions import PlanActions
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import set_row_defaults
from case_management.case_management.record.status import status_changed_to


class SupportPlan(PlanActions, ApprovalActions, ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_limitation.client_limitation import (
			ClientLimitation,
		)
		from case_management.case_management.doctype.participation_support.participation_support import (
			ParticipationSupport,
		)
		from case_management.case_management.doctype.support_plan_goal.support_plan_goal import (
			SupportPlanGoal,
		)
		from case_management.case_management.doctype.support_plan_need.support_plan_need import (
			SupportPlanNeed,
		)
		from case_management.case_management.doctype.support_plan_strength.support_plan_strength import (
			SupportPlanStrength,
		)
		from frappe.types import DF

		agency_involvement_note: DF.SmallText | None
		agreed_goals: DF.Table[SupportPlanGoal]
		agreed_how: DF.Data | None
		agreed_on: DF.Date | None
		approval: DF.Literal["", "Asked", "Approved", "Returned"]
		approval_answered_by: DF.Link | None
		approval_answered_on: DF.Datetime | None
		approval_asked_by: DF.Link | None
		approval_asked_on: DF.Datetime | None
		approval_note: DF.SmallText | None
		approved_content: DF.Data | None
		assessment: DF.Link | None
		children_without_plan_reason: DF.SmallText | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		completed_on: DF.Date | None
		limitations: DF.Table[ClientLimitation]
		naming_series: DF.Literal["PLAN-.YYYY.-.#####"]
		needs: DF.Table[SupportPlanNeed]
		no_plan_reason: DF.Link | None
		offer_answer: DF.Literal["", "Accepted", "Declined"]
		offered_on: DF.Date
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		review_due: DF.Date | None
		revises: DF.Link | None
		revision_kind: DF.Link | None
		revision_reason: DF.SmallText | None
		set_by: DF.Literal["", "Client", "Together", "Worker"]
		status: DF.Literal["Draft", "With Client", "Active", "Completed", "Superseded"]
		strengths: DF.Table[SupportPlanStrength]
		superseded_by: DF.Link | None
		t_score: DF.Data | None
		version: DF.Int
		vision: DF.Text | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	APPROVAL = Approval("plans_need_approval", "Active", "remind_plan_approval")
	NEXT_STATUS = {
		"Draft": ("With Client", "Active"),
		"With Client": ("Draft", "Active"),
		"Active": ("Completed", "Superseded"),
		"Completed": (),
		"Superseded": (),
	}
	PAST_DATES = ("offered_on", "agreed_on")

	@property
	def t_score(self) -> str:
		"""How far the plan's goals were reached, as text; empty without levels."""
		score = goal_attainment.get_plan_score(self)
		return "" if score is None else str(score)

	def onload(self) -> None:
		super().onload()
		self.set_onload("overview", overview.get_overview(self.client_case))

	def get_approved_content(self) -> object:
		return planning.get_content(self)

	def get_rating_drawings(self) -> dict[str, str]:
		"""Return, for print, a drawing of the ratings of each goal of the case (C7)."""
		goals = [goal.name for goal in overview.get_live_goals(self.client_case)]
		return get_rating_drawings([*goals, *[row.goal for row in self.agreed_goals]])

	def get_goals_to_print(self) -> list[Document]:
		"""Return, for print, the goals that were agreed, or those to be agreed, of which the reader sees each."""
		return planning.get_goals_to_print(self)

	def before_validate(self) -> None:
		super().before_validate()
		set_row_defaults(self)

	def validate(self) -> None:
		self.validate_record()
		self.set_review_due()
		set_agreed_on(self)
		validate_unchanged(
			self, ("Active", "Completed", "Superseded"), _("Revise the plan: that makes a new version.")
		)
		self.validate_review_due()
		self.validate_offer()
		self.validate_agreement()
		self.set_agreed_goals()

	def on_update(self) -> None:
		if status_changed_to(self, "Active"):
			update_revised(self)
			planning.update_goals(self)
			ensure_next_meeting(self.client_case)
		if status_changed_to(self, "Completed"):
			self.update_completed_on()

	def set_review_due(self) -> None:
		if self.status in planning.OPEN and not self.review_due:
			self.review_due = planning.get_review_due(self)

	def set_agreed_goals(self) -> None:
		if status_changed_to(self, "Active"):
			self.offer_answer = "Accepted"
			planning.set_agreed_goals(self)

	def validate_review_due(self) -> None:
		if self.review_due and self.offered_on and getdate(self.review_due) < getdate(self.offered_on):
			refuse(
				self,
				_("Its review would be due before it was offered."),
				_("Correct the date of the review."),
			)

	def validate_offer(self) -> None:
		"""B9: a plan that the client declined says why, and is never Active."""
		if self.offer_answer != "Declined":
			return
		if not self.no_plan_reason:
			refuse(
				self,
				_("The client declined a plan: that has a coded reason."),
				_("Choose why there is no plan."),
			)
		if self.status == "Active":
			refuse(
				self,
				_("The client declined a plan, so it cannot be Active."),
				_("Record their new answer if they accept one now."),
			)

	def validate_agreement(self) -> None:
		validate_approved(self)
		if status_changed_to(self, "Active"):
			planning.validate_only_plan(self)
			planning.validate_goals(self)
			planning.validate_children_planned(self)

	def update_completed_on(self) -> None:
		self.db_set("completed_on", self.flags.completed_on or getdate(), update_modified=False)
