from case_management.case_management.client_record import ClientRecord


class CaseMeeting(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.meeting_attendee.meeting_attendee import MeetingAttendee
		from case_management.case_management.doctype.meeting_decision.meeting_decision import MeetingDecision
		from case_management.case_management.doctype.meeting_goal.meeting_goal import MeetingGoal
		from case_management.case_management.doctype.meeting_step.meeting_step import MeetingStep
		from case_management.case_management.doctype.meeting_strategy.meeting_strategy import MeetingStrategy
		from case_management.case_management.doctype.participation_support.participation_support import ParticipationSupport
		from frappe.types import DF

		attendees: DF.Table[MeetingAttendee]
		cancel_reason: DF.SmallText | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		decisions: DF.Table[MeetingDecision]
		goals: DF.Table[MeetingGoal]
		held_on: DF.Date | None
		interpreter_attended: DF.Check
		interpreter_booked_on: DF.Date | None
		interpreter_provider: DF.Data | None
		interpreter_required: DF.Check
		interpreter_type: DF.Literal["", "On-site", "Phone", "Video"]
		kind: DF.Literal["Case Management", "Review", "Coordination"]
		minutes: DF.Int
		missed_reason: DF.Link | None
		mode: DF.Literal["In Person", "Phone", "Video", "Outreach"]
		naming_series: DF.Literal["MEET-.YYYY.-.#####"]
		next_meeting: DF.Link | None
		next_steps: DF.Table[MeetingStep]
		notes: DF.TextEditor | None
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		previous_meeting: DF.Link | None
		scheduled_on: DF.Datetime
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

	def validate(self) -> None:
		self.validate_record()
