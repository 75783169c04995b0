from datetime import datetime

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from case_management.case_management.meeting import agenda, meetings, overlaps, presence, reviewing
from case_management.case_management.plan import progress, spoken
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.plan.drawing import get_rating_drawings
from case_management.case_management.meeting.meeting_outcome import MeetingActions
from case_management.case_management.record.ratings import set_ratings
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import set_row_defaults
from case_management.case_management.record.status import status_changed_to


class CaseMeeting(MeetingActions, ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.meeting_attendee.meeting_attendee import MeetingAttendee
		from case_management.case_management.doctype.meeting_decision.meeting_decision import MeetingDecision
		from case_management.case_management.doctype.meeting_goal.meeting_goal import MeetingGoal
		from case_management.case_management.doctype.meeting_step.meeting_step import MeetingStep
		from case_management.case_management.doctype.meeting_strategy.meeting_strategy import MeetingStrategy
		from case_management.case_management.doctype.participation_support.participation_support import (
			ParticipationSupport,
		)
		from frappe.types import DF

		attendees: DF.Table[MeetingAttendee]
		cancel_reason: DF.SmallText | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		decisions: DF.Table[MeetingDecision]
		feedback_asked: DF.Check
		goals: DF.Table[MeetingGoal]
		held_on: DF.Date | None
		interpreter_attended: DF.Check
		interpreter_booked_on: DF.Date | None
		interpreter_provider: DF.Data | None
		interpreter_required: DF.Check
		interpreter_type: DF.Literal["", "On-site", "Phone", "Video"]
		kind: DF.Literal["Case Management", "Review", "Coordination"]
		minutes: DF.Int
		missed_on: DF.Date | None
		missed_reason: DF.Link | None
		mode: DF.Literal["In Person", "Phone", "Video", "Outreach"]
		naming_series: DF.Literal["MEET-.YYYY.-.#####"]
		next_meeting: DF.Link | None
		next_steps: DF.Table[MeetingStep]
		no_interpreter_reason: DF.SmallText | None
		notes: DF.TextEditor | None
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		previous_meeting: DF.Link | None
		reassessment_wanted: DF.Check
		recorded_by: DF.Link | None
		recorded_on: DF.Datetime | None
		scheduled_on: DF.Datetime
		services_reviewed: DF.SmallText | None
		status: DF.Literal["Scheduled", "Held", "Missed", "Cancelled"]
		strategies: DF.Table[MeetingStrategy]
		summary: DF.Text | None
		summary_given_on: DF.Date | None
		worker: DF.Link | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"Scheduled": ("Held", "Missed", "Cancelled"),
		"Held": (),
		"Missed": (),
		"Cancelled": (),
	}
	PAST_DATES = ("held_on", "missed_on")
	CASE_DATES = ("scheduled_on",)

	def onload(self) -> None:
		super().onload()
		if self.status == "Scheduled":
			self.set_onload("open_steps", self.get_open_steps())

	def get_open_steps(self) -> list[dict]:
		"""Return, for form and print, the open steps of the case's goals (C15)."""
		return agenda.get_open_steps(self)

	def get_next_time(self) -> datetime | None:
		"""Return, for print, when the next meeting is, if the reader sees that."""
		filters = {"name": self.next_meeting, "client": self.client}
		times = self.next_meeting and frappe.get_list("Case Meeting", filters=filters, pluck="scheduled_on")
		return times[0] if times else None

	def get_rating_drawings(self) -> dict[str, str]:
		"""Return, for print, a drawing of the ratings of each goal up to this meeting (C7)."""
		return get_rating_drawings([row.goal for row in self.goals], self.held_on)

	def before_validate(self) -> None:
		super().before_validate()
		set_row_defaults(self)
		set_ratings(self)

	def validate(self) -> None:
		self.validate_record()
		meetings.validate_kept(self)
		meetings.validate_may_take_place(self)
		meetings.validate_time(self)
		self.set_agenda()
		self.set_day()
		agenda.validate_agenda(self)
		self.set_presence()
		self.validate_presence()
		spoken.validate_spoken(self)
		reviewing.validate_review(self)
		self.validate_reason()
		overlaps.tell_of_overlap(self)

	def on_update(self) -> None:
		if status_changed_to(self, "Held"):
			progress.update_goals(self)
			progress.update_review_due(self)
			progress.update_reassessment_due(self)
		if status_changed_to(self, "Held", "Missed", "Cancelled"):
			meetings.update_following(self, self.flags.next_meeting_on)
		meetings.update_next_meeting(self.client_case)

	def set_agenda(self) -> None:
		"""Fill the agenda of a new meeting, and see that a held one has a row for each active goal (rule 6)."""
		if self.is_new() or status_changed_to(self, "Held"):
			agenda.set_agenda(self)
		if status_changed_to(self, "Held"):
			reviewing.set_services_reviewed(self)

	def set_day(self) -> None:
		if status_changed_to(self, "Held"):
			self.held_on = self.held_on or getdate()
		if status_changed_to(self, "Missed"):
			self.missed_on = self.missed_on or getdate()
		if status_changed_to(self, *meetings.OVER):
			self.recorded_by, self.recorded_on = frappe.session.user, now_datetime()

	def set_presence(self) -> None:
		if status_changed_to(self, "Held"):
			spoken.set_presence_of_client(self)
		presence.set_interpreter(self)
		presence.set_may_discuss(self)

	def validate_presence(self) -> None:
		presence.validate_invited(self)
		presence.validate_interpreter(self)

	def validate_reason(self) -> None:
		if status_changed_to(self, "Missed") and not self.missed_reason:
			refuse(self, _("A missed meeting has a coded reason."), _("Choose a Missed Meeting Reason."))
		if status_changed_to(self, "Cancelled") and not self.cancel_reason:
			refuse(self, _("A cancelled meeting has a reason."), _("Say why it is cancelled."))
