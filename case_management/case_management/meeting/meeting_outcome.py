"""What becomes of a scheduled meeting: prepared, held, missed, cancelled or moved (C21, C39 to C47)."""

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import cint

from case_management.case_management.meeting import agenda, meetings, reviewing, second_record
from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import move_to


class MeetingActions:
	"""The actions of a meeting."""

	def get_answer(self) -> dict:
		return {"name": self.name, "status": self.status, "next_meeting": self.next_meeting}

	@frappe.whitelist(methods=["POST"])
	@action
	def prepare(self) -> dict:
		"""Bring the agenda up to date with the active goals (design rule 6); what was typed into it stays.

		For a review, what the service did since the last one is filled in from the record (B19).

		:return: `name`, and `goals`, how many goals are on it
		:raises frappe.ValidationError: the case is closed
		"""
		if self.status == "Scheduled":
			agenda.set_agenda(self)
			reviewing.set_services_reviewed(self)
			self.save()
		return {"name": self.name, "goals": len(self.goals)}

	@frappe.whitelist(methods=["POST"])
	@action
	def hold(
		self,
		held_on: str | date | None = None,
		goals: list | str | None = None,
		strategies: list | str | None = None,
		next_steps: list | str | None = None,
		decisions: list | str | None = None,
		summary: str | None = None,
		participation: str | None = None,
		attendees: list | str | None = None,
		next_meeting_on: str | datetime | None = None,
		services_reviewed: str | None = None,
		reassessment_wanted: bool | int | str | None = None,
		feedback_asked: bool | int | str | None = None,
		interpreter_attended: bool | int | str | None = None,
		no_interpreter_reason: str | None = None,
		steps_done: list | str | None = None,
	) -> dict:
		"""Record that the meeting took place: what was said goes into the goals (C7, C21, C39 to C42).

		The next meeting is made if none is scheduled. Goals that nobody spoke of have a row as well, with the
		reason (design rule 6). Recorded a second time with the same words, it answers the same; with others it
		is refused, says who recorded it and gives back, as `unsaved_words` beside the error, what is not in it.

		:param held_on: a day, YYYY-MM-DD; today if none is given
		:param goals: a row for each goal spoken of, found by `goal`: `client_rating` and `worker_rating` (0
		        to 10), `level` (-2 to 2), `client_words`, `progress`, `impediment` (a code of Impediment),
		        `impediment_note`, `impediment_overcome` (true if what was in the way is no more),
		        `not_discussed_reason` (a code of Reason a Goal Was Not Discussed) and `not_discussed_note`,
		        `responsibility` (Worker Does, Together, Client With Support, Client
		        Alone), `outcome` (Continue, Achieved, Sustaining, On Hold, Stopped) and `follow_on_goal`,
		        the words of the goal that follows
		:param strategies: rows found by `strategy_row`, or by `goal` and `strategy`: `tried`,
		        `effectiveness` (Worked, Partly, Not), `decision` (Keep, Change, Stop) and `change_to`, the
		        words of the new strategy
		:param next_steps: rows of `goal`, `step`, `responsible` (as in `add_step`) and `due_on` (a day)
		:param decisions: texts, or rows of `decision`, `decided_by` (Client, Together, Worker) and
		        `client_choice` (C3)
		:param summary: what the client takes home, in words
		:param participation: how the client took part: Fully, In Part, Was Offered and Declined, Not Able to
		:param attendees: rows of `kind` (Client, Case Manager, Other Worker, Support Person, Advocate,
		        Family Member, Trusted Friend, Worker From Another Agency, Interpreter), `user`,
		        `person_name`, `agency`, `invited_by_client`, `may_discuss` and `attended`
		:param next_meeting_on: date and time agreed on for the next meeting; the program's cycle gives it if
		        none is
		:param services_reviewed: for a review, what the service did since the last one, in words (B19); from
		        the record if none is given
		:param reassessment_wanted: true if the review found that a new assessment is wanted: the case's is
		        then due today (B18)
		:param feedback_asked: true if the client was asked for feedback (B20)
		:param interpreter_attended: true if the interpreter the client needs was there (C45); an attendee of
		        that kind does as well
		:param no_interpreter_reason: why there was none, in words
		:param steps_done: names of the rows of open steps of the case's goals that are done since (C15)
		:return: `name`, `status` and `next_meeting`, the code of the one that follows, None where the case
		        needs none
		:raises frappe.ValidationError: the meeting was missed or cancelled, or recorded with other words, a goal
		        on its agenda has neither words, nor a rating, nor a reason it was not discussed, nobody is
		        marked as present (the client is, where their words or their part are there), a review does not say how the
		        client took part (B19), neither an interpreter the client needs was there nor is it said
		        why (C45), a step is no open one of the case, the day lies before the case opened or in the
		        future, a row names a goal of another case, one goal twice or an unknown
		        strategy or field, a rating is off its scale, a strategy changes to nothing, somebody the
		        client did not invite was there (C47), or the next meeting's time has passed
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		said = {"goals": goals, "strategies": strategies, "next_steps": next_steps}
		said |= {"decisions": decisions, "attendees": attendees}
		given = {"summary": summary, "participation": participation, "services_reviewed": services_reviewed}
		given |= {"reassessment_wanted": cint(reassessment_wanted), "feedback_asked": cint(feedback_asked)}
		given |= {"interpreter_attended": cint(interpreter_attended)}
		given |= {"no_interpreter_reason": no_interpreter_reason}
		given = {field: value for field, value in given.items() if value}
		if self.status == "Held":
			given |= {"held_on": held_on} if held_on else {}
			second_record.validate_same(self, said, given, steps_done, next_meeting_on)
		else:
			agenda.set_agenda(self)
			agenda.set_steps_done(self, steps_done)
			agenda.set_words(self, said)
			self.held_on = get_date(self, _("Held on"), held_on or self.held_on)
			self.update(given)
			self.flags.next_meeting_on = meetings.get_time_to_come(self, next_meeting_on)
			move_to(self, "Held")
		return self.get_answer()

	@frappe.whitelist(methods=["POST"])
	@action
	def miss(self, reason: str | None = None, on: str | date | None = None) -> dict:
		"""Record that the meeting did not take place, and make the next one (C21).

		:param reason: a code of Missed Meeting Reason
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `name`, `status` and `next_meeting`, the code of the one that follows, None where the case
		        needs none
		:raises frappe.ValidationError: there is no code, the meeting was held or cancelled, or recorded as
		        missed for another reason, or the day lies before the case opened or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Missed":
			self.missed_reason = reason or self.missed_reason
			self.missed_on = get_date(self, _("Missed on"), on or self.missed_on)
			move_to(self, "Missed")
		else:
			given = {"missed_reason": reason, "missed_on": on}
			second_record.validate_same(self, {}, given)
		return self.get_answer()

	@frappe.whitelist(methods=["POST"])
	@action
	def cancel(self, reason: str | None = None) -> dict:
		"""Cancel the meeting, and make the next one if none is scheduled (C21).

		:param reason: why, in words
		:return: `name`, `status` and `next_meeting`, the code of the one that follows, None where the case
		        needs none
		:raises frappe.ValidationError: there is no reason, or the meeting was held or missed, or cancelled for
		        another reason
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Cancelled":
			self.cancel_reason = reason or self.cancel_reason
			move_to(self, "Cancelled")
		else:
			second_record.validate_same(self, {}, {"cancel_reason": reason})
		return self.get_answer()

	@frappe.whitelist(methods=["POST"])
	@action
	def reschedule(self, scheduled_on: str | datetime | None = None) -> dict:
		"""Move a scheduled meeting to another time to come (C21).

		:param scheduled_on: date and time on the site's clock, YYYY-MM-DD HH:MM:SS
		:return: `name` and `scheduled_on`, as text
		:raises frappe.ValidationError: no time is given, it has passed, or the meeting was held, missed or
		        cancelled
		"""
		when = meetings.get_time_to_come(self, scheduled_on)
		if not when:
			refuse(self, _("A meeting has a time."), _("Give the new date and time."))
		if self.status != "Scheduled":
			refuse(self, _("It is {0}.").format(_(self.status)), _("Schedule another meeting on the case."))
		self.scheduled_on = when
		self.save()
		return {"name": self.name, "scheduled_on": str(self.scheduled_on)}
