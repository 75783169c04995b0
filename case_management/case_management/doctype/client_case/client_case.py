"""One support period of one client in one program."""

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from case_management.case_management.support import accommodation, opting_out, rights, stages
from case_management.case_management.assessment import assessing, involvement
from case_management.case_management.ending import closure, death
from case_management.case_management.access import approval, conflicts, hand_over, team
from case_management.case_management.access.responsible import tell_of_team
from case_management.case_management.households import household, household_changes, household_note
from case_management.case_management.plan import overview
from case_management.case_management.entry import match_confirmation, waiting_list
from case_management.case_management.record.actions import action
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.dates import get_date
from case_management.case_management.meeting.meetings import (
	ensure_next_meeting,
	schedule_meeting,
)
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.support.consent import SHARING


class ClientCase(
	rights.RightsActions,
	opting_out.OptingOutActions,
	team.TeamActions,
	household.HouseholdActions,
	household_changes.HouseholdChangeActions,
	household_note.HouseholdNoteActions,
	stages.StageActions,
	assessing.AssessingActions,
	closure.ClosureActions,
	approval.ApprovalActions,
	ClientRecord,
):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.case_agency.case_agency import CaseAgency
		from case_management.case_management.doctype.case_event.case_event import CaseEvent
		from case_management.case_management.doctype.case_reason.case_reason import CaseReason
		from case_management.case_management.doctype.case_rights_acknowledgement.case_rights_acknowledgement import (
			CaseRightsAcknowledgement,
		)
		from case_management.case_management.doctype.case_stage_move.case_stage_move import CaseStageMove
		from case_management.case_management.doctype.case_team_member.case_team_member import CaseTeamMember
		from frappe.types import DF

		agencies: DF.Table[CaseAgency]
		agreement_how: DF.Data | None
		agreement_on: DF.Date | None
		agreement_withdrawn_on: DF.Date | None
		agreement_withdrawn_reason: DF.SmallText | None
		approval: DF.Literal["", "Asked", "Approved", "Returned"]
		approval_answered_by: DF.Link | None
		approval_answered_on: DF.Datetime | None
		approval_asked_by: DF.Link | None
		approval_asked_on: DF.Datetime | None
		approval_note: DF.SmallText | None
		approved_content: DF.Data | None
		case_manager: DF.Link | None
		client: DF.Link
		client_name: DF.Data | None
		closed_on: DF.Date | None
		closure_exception: DF.Link | None
		closure_note: DF.SmallText | None
		complexity: DF.Data | None
		destination: DF.Link | None
		end_reason: DF.Link | None
		evaluation_answer: DF.Literal["", "Took Part", "Declined", "Not Reached"]
		evaluation_offered_on: DF.Date | None
		evaluation_support: DF.Data | None
		events: DF.Table[CaseEvent]
		has_own_team: DF.Check
		head_case: DF.Link | None
		intake: DF.Link | None
		manager_in_conflict: DF.Check
		meetings_declined_on: DF.Date | None
		meetings_declined_reason: DF.SmallText | None
		naming_series: DF.Literal["CASE-.YYYY.-.#####"]
		next_meeting_on: DF.Datetime | None
		opened_on: DF.Date
		participation: DF.Data | None
		planned_exit_on: DF.Date | None
		program: DF.Link
		reasons: DF.Table[CaseReason]
		reassessment_due: DF.Date | None
		relationship_to_head: DF.Link | None
		rights_acknowledged_by: DF.Data | None
		rights_acknowledged_on: DF.Date | None
		rights_format: DF.Data | None
		rights_history: DF.Table[CaseRightsAcknowledgement]
		rights_language: DF.Data | None
		rights_no_signature_reason: DF.SmallText | None
		rights_override_reason: DF.SmallText | None
		rights_policy: DF.Link | None
		stage: DF.Data | None
		stage_history: DF.Table[CaseStageMove]
		status: DF.Literal["Pending", "Active", "Exit Planning", "Closed"]
		team: DF.Table[CaseTeamMember]
		team_access_until: DF.Date | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	APPROVAL = approval.Approval("closures_need_approval", "Closed", "remind_closure_approval")
	CONSENT_FOR = SHARING
	NEXT_STATUS = {
		"Pending": ("Active", "Closed"),
		"Active": ("Exit Planning", "Closed"),
		"Exit Planning": ("Active", "Closed"),
		"Closed": ("Active",),
	}
	PAST_DATES = ("opened_on",)
	# The history's word for a case that comes to a status.
	EVENTS = {"Active": "Activated", "Exit Planning": "Exit Planning", "Closed": "Closed"}

	@property
	def complexity(self) -> int | None:
		"""C17: in how many life domains the last agreed assessment found a need; None without one, or to who reads none."""
		may_read = frappe.has_permission("Client Assessment", "read")
		assessment = may_read and assessing.get_agreed_assessment({"client_case": self.name})
		return assessing.count_needs(assessment) if assessment else None

	def onload(self) -> None:
		"""Send also what the form says about the stage and the rights statement."""
		super().onload()
		self.set_onload("stages", stages.get_stages(self))
		self.set_onload("days_at_stage", stages.get_days_at_stage(self))
		self.set_onload("rights_outdated", rights.is_outdated(self))
		self.set_onload("overview", overview.get_overview(self.name))

	def validate(self) -> None:
		self.validate_record()
		match_confirmation.validate_case_taken(self)
		closure.validate_closed_unchanged(self)
		household.validate_head(self)
		self.validate_case_manager()
		self.set_team()
		self.validate_team()
		involvement.validate_agencies(self)
		stages.validate_stage(self)
		stages.set_stage_history(self)
		self.set_dates()
		self.validate_status()
		self.set_history()

	def on_update(self) -> None:
		self.update_members()
		self.update_closure()
		self.update_meetings()
		tell_of_team(self)

	def validate_case_manager(self) -> None:
		"""C20: a compulsory program's case has a case manager; C44: who it is decides who sees the client."""
		if (
			not self.case_manager
			and frappe.get_cached_value("Support Program", self.program, "participation") == "Compulsory"
		):
			refuse(
				self,
				_("A case of the compulsory program {0} has a case manager.").format(self.program),
				_("Choose the case manager."),
			)
		if not self.is_new() and not self.flags.by_rule and self.has_value_changed("case_manager"):
			refuse(self, _("Its case manager is not changed directly."), _("Use “Change Case Manager”."))

	def set_team(self) -> None:
		team.set_manager_on_team(self)
		conflicts.set_manager_in_conflict(self)

	def validate_team(self) -> None:
		team.validate_team(self)

	def set_dates(self) -> None:
		if status_changed_to(self, "Closed"):
			closure.set_closed(self)
		if self.is_reopened():
			closure.set_reopened(self)
			approval.clear_approval(self)

	def is_reopened(self) -> bool:
		before = self.get_doc_before_save()
		return bool(before) and before.status == "Closed" and status_changed_to(self, "Active")

	def validate_status(self) -> None:
		if status_changed_to(self, "Active"):
			rights.validate_ready(self)
		approval.validate_approved(self)
		if status_changed_to(self, "Closed"):
			closure.validate_closure(self)

	def set_history(self) -> None:
		"""Add a line for each opening, closing and reopening; it cannot be edited."""
		if self.is_new():
			self.add_event("Opened", self.opened_on)
		elif self.is_reopened():
			self.add_event("Reopened", self.flags.event_date)
		elif status_changed_to(self, *self.EVENTS):
			self.add_event(self.EVENTS[self.status], self.flags.event_date or self.closed_on)
		hand_over.set_history(self)

	def add_event(self, event: str, on: date | None) -> None:
		reason = self.flags.event_reason or (self.closure_note if event == "Closed" else None)
		row = {"event": event, "on_date": on or getdate(), "by_user": frappe.session.user, "reason": reason}
		told = ("end_reason", "destination") if event == "Closed" else ()
		self.append("events", {**row, **{field: self.get(field) for field in told}})

	def update_members(self) -> None:
		"""Let members who rely on this case's team follow a change of its case manager."""
		if not hand_over.has_new_manager(self):
			return
		members = [frappe.get_doc("Client Case", member.name) for member in household.get_members(self.name)]
		if following := [case for case in members if not case.has_own_team]:
			for case in following:
				hand_over.follow_head(case, self.case_manager, self.flags.handed_over_on)
			conflicts.update_cases_of(self.case_manager)

	def update_meetings(self) -> None:
		if hand_over.has_new_manager(self):
			hand_over.update_work(self, self.get_doc_before_save().case_manager)
		if status_changed_to(self, "Active"):
			ensure_next_meeting(self.name)

	def update_closure(self) -> None:
		if status_changed_to(self, "Closed"):
			closure.make_follow_ups(self)
			closure.complete_plans(self)
			death.update_death(self)
			accommodation.end_places(self)
			household_changes.keep_household(self)
			waiting_list.tell_of_free_place(self.name)
		if self.is_reopened():
			closure.cancel_follow_ups(self)
			death.undo_death(self.get_doc_before_save())

	def get_event_date(self, label: str, value: str | date | None) -> date:
		"""Return a day on which something in this case happened (today if none is given): not before it opened, not ahead."""
		day, opened = get_date(self, label, value), getdate(self.opened_on)
		if not opened <= day <= getdate():
			refuse(
				self,
				_("{0} {1} lies before the case opened ({2}) or in the future.").format(
					label, formatdate(day), formatdate(opened)
				),
				_("Correct the date."),
			)
		return day

	@frappe.whitelist(methods=["POST"])
	@action
	def schedule_meeting(
		self, scheduled_on: str | datetime | None = None, kind: str = "Case Management"
	) -> dict:
		"""Schedule a meeting besides the regular ones; asked again for the same time, it is the same one.

		:param scheduled_on: date and time on the site's clock, YYYY-MM-DD HH:MM:SS
		:param kind: Case Management, Review or Coordination
		:return: `meeting`, its code
		:raises frappe.ValidationError: no time is given, it is no time or lies before the case opened, there
		        is no such kind, or the case is Pending or closed
		"""
		return {"meeting": schedule_meeting(self, scheduled_on, kind).name}
