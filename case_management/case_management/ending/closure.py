"""Closing a case, and what it takes (design rule 9; B22, B23, B24, C48 to C52 of the requirements)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, formatdate, getdate

from case_management.case_management.assessment.assessing import get_reassessment_due
from case_management.case_management.ending import death
from case_management.case_management.ending.exit_planning import make_exit_plan
from case_management.case_management.ending.later_records import get_later_records
from case_management.case_management.ending.open_items import (
	OUT_OF_REACH,
	get_open_items,
)
from case_management.case_management.meeting.meetings import get_case_manager
from case_management.case_management.record.actions import action, store
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.codes import get_meaning
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting
from case_management.case_management.record.status import cancel_by_rule, move_to, set_status_by_rule
from case_management.case_management.voice.feedback import record_evaluation

# What still changes on a closed case.
CHANGED_AFTER_CLOSURE = frozenset(
	{"team", "has_own_team", "case_manager", "events", "client_name", "next_meeting_on", "workflow_state"}
)


class ClosureActions:
	"""The actions of a case that lead to its end, and back."""

	@frappe.whitelist(methods=["POST"])
	@action
	def plan_exit(self, planned_exit_on: str | date | None = None, on: str | date | None = None) -> dict:
		"""Begin exit planning: the exit plan is drafted from goals, support persons and referrals (C48, B21).

		:param planned_exit_on: when the support is expected to end, YYYY-MM-DD; what is known already if
		        none is given
		:param on: the day exit planning began, YYYY-MM-DD; today if none is given
		:return: `exit_plan`, the code of the draft or of the plan there is, and the case's `status`
		:raises frappe.ValidationError: the case is closed, a day is no date or lies before the case opened,
		        or exit planning began in the future
		"""
		if self.status == "Closed":
			refuse(self, _("It is closed."), _("Reopen it first, with a reason."))
		if planned_exit_on:
			self.planned_exit_on = get_date(self, _("Planned Exit"), planned_exit_on)
		if self.status == "Active":
			self.flags.event_date = self.get_event_date(_("Exit Planning Began on"), on)
			move_to(self, "Exit Planning")
		elif planned_exit_on:
			self.save()
		plan = make_exit_plan(self, self.planned_exit_on)
		return {"exit_plan": plan.name, "status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def offer_evaluation(
		self, on: str | date | None = None, answer: str | None = None, support: str | None = None
	) -> dict:
		"""Record that the client was offered to take part in an evaluation, and with what support (B24).

		:param on: a day, YYYY-MM-DD; today if none is given
		:param answer: Took Part, Declined or Not Reached; empty while it is not known
		:param support: what helped them to take part, in words
		:return: `name`, `evaluation_offered_on`, and `feedback`, the code of the Client Feedback in which what they say
		        is recorded
		:raises frappe.ValidationError: the day lies before the case opened or in the future, or there is no
		        such answer
		"""
		self.evaluation_offered_on = self.get_event_date(_("Evaluation Offered on"), on)
		self.evaluation_answer = answer or self.evaluation_answer
		self.evaluation_support = support or self.evaluation_support
		self.save()
		feedback = record_evaluation(self, get_period_start(self))
		return {
			"name": self.name,
			"evaluation_offered_on": self.evaluation_offered_on,
			"feedback": feedback,
		}

	@frappe.whitelist(methods=["POST"])
	@action
	def close(
		self,
		end_reason: str | None = None,
		destination: str | None = None,
		closed_on: str | date | None = None,
		exception: str | None = None,
		note: str | None = None,
		cancel_meetings: bool | int | str | None = None,
	) -> dict:
		"""Close the case (design rule 9; B22): follow-ups are made, plans completed, the team's access ends.

		:param end_reason: a code of Support Period End Reason
		:param destination: a code of Exit Destination
		:param closed_on: a day, YYYY-MM-DD; today if none is given
		:param exception: a code of Closure Without Exit Plan, where there is no agreed exit plan
		:param note: what is to be remembered, in words
		:param cancel_meetings: true to cancel the meetings that are still scheduled
		:return: `status`, `team_access_until` (the last day the team sees the client), and `follow_ups`, the
		        codes of those that are due
		:raises frappe.ValidationError: there is no reason, no agreed exit plan nor an exception, no
		        evaluation was offered (unless lost or died), a referral, meeting or step is still open (the
		        message names them), or the day lies before the case opened or in the future
		:raises frappe.PermissionError: by the workflow the step is not the user's: by the default one a
		        seconded worker closes no case
		"""
		if self.status != "Closed":
			given = {"end_reason": end_reason, "destination": destination, "closure_note": note}
			given["closure_exception"] = exception
			self.update({field: value for field, value in given.items() if value})
			self.closed_on = self.get_event_date(_("Closed on"), closed_on)
			if cint(cancel_meetings):
				update_meetings_cancelled(self)
			move_to(self, "Closed")
		follow_ups = frappe.get_all(
			"Case Follow Up", {"client_case": self.name, "status": "Due"}, pluck="name"
		)
		return {"status": self.status, "team_access_until": self.team_access_until, "follow_ups": follow_ups}

	@frappe.whitelist(methods=["POST"])
	@action
	def reopen(self, reason: str | None = None, on: str | date | None = None) -> dict:
		"""Open a closed case again; its history keeps the closure and the reason.

		The team's access starts again with it. Who left the team, or whose access has ended, asks a team
		leader to reopen it.

		:param reason: why, in words
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `name` and `status`; on a case that is not closed nothing happens
		:raises frappe.ValidationError: there is no reason, or the day lies before the case opened or in the
		        future
		:raises frappe.PermissionError: by the workflow the step is not the user's: by the default one a
		        seconded worker reopens no case
		"""
		if self.status == "Closed":
			if not reason:
				refuse(self, _("A reopened case has a reason."), _("Say why it is reopened."))
			self.flags.event_reason = reason
			self.flags.event_date = self.get_event_date(_("Reopened on"), on)
			move_to(self, "Active")
		return {"name": self.name, "status": self.status}


def validate_closed_unchanged(case: Document) -> None:
	"""Refuse a change of a closed case other than of its team, which a lead may give cover while access lasts."""
	before = case.get_doc_before_save()
	if not before or before.status != "Closed" or case.status != "Closed":
		return
	if get_changed_fields(before, case) - CHANGED_AFTER_CLOSURE:
		refuse(case, _("It is closed and kept as it was."), _("Reopen it first, with a reason."))


def validate_closure(case: Document) -> None:
	"""Refuse to close a case before everything that belongs to a good ending is there."""
	validate_end(case)
	validate_exit_plan(case)
	validate_evaluation(case)
	validate_dealt_with(case)


def validate_end(case: Document) -> None:
	if not case.end_reason:
		refuse(case, _("A closed case has a reason."), _("Choose one of Support Period End Reason."))
	if getdate(case.closed_on) < getdate(case.opened_on):
		refuse(case, _("It cannot close before it opened."), _("Correct the date of closure."))
	if getdate(case.closed_on) > getdate():
		refuse(case, _("It cannot close on a day to come."), _("Close it on the day, or plan the exit."))
	death.validate_death(case)
	validate_nothing_after(case)


def validate_nothing_after(case: Document) -> None:
	"""Refuse a date of closure that is before other dates of the case; the records with later dates are named."""
	if after := get_later_records(case):
		refuse(
			case,
			_("These records are dated after the closure on {0}: {1}.").format(
				formatdate(case.closed_on), "; ".join(after)
			),
			_("Choose a later day of closure, or correct the dates of these records."),
		)


def validate_exit_plan(case: Document) -> None:
	"""B22: no closure without an agreed exit plan, or a coded exception such as a lost contact."""
	required = get_setting("exit_plan_required")
	if required and not case.closure_exception and not get_agreed_exit_plan(case):
		refuse(
			case,
			_("It has no exit plan that the client agreed to."),
			_("Agree the exit plan with the client, or name the exception (lost contact, died …)."),
		)


def get_agreed_exit_plan(case: Document) -> str | None:
	"""Return the exit plan agreed in this support period: a reopened case needs a new one."""
	plans = frappe.get_all(
		"Exit Plan",
		filters={
			"client_case": case.name,
			"status": ("in", ("Agreed", "Completed")),
			"agreed_on": (">=", get_period_start(case)),
			"superseded_by": ("is", "not set"),
		},
		order_by="creation desc",
		pluck="name",
	)
	return plans[0] if plans else None


def get_period_start(case: Document) -> date:
	"""Return the day the case was last opened or reopened."""
	return max(
		[getdate(case.opened_on), *[getdate(row.on_date) for row in case.events if row.event == "Reopened"]]
	)


def validate_evaluation(case: Document) -> None:
	"""B24: taking part in an evaluation was offered, unless nobody could be asked."""
	required = get_setting("evaluation_offer_required")
	out_of_reach = get_meaning(case.closure_exception) in OUT_OF_REACH
	if required and not case.evaluation_offered_on and not out_of_reach:
		refuse(
			case,
			_("The client was not offered to take part in an evaluation of the service."),
			_("Record the offer with “Offer Evaluation”."),
		)


def validate_dealt_with(case: Document) -> None:
	if open_items := get_open_items(case):
		refuse(
			case,
			_("Still open: {0}.").format("; ".join(open_items)),
			_("Complete, cancel or hand on each of them first."),
		)


def update_meetings_cancelled(case: Document) -> None:
	"""Cancel what is still scheduled, as a part of closing."""
	filters = {"client_case": case.name, "status": "Scheduled"}
	cancel_by_rule("Case Meeting", filters, "cancel_reason", _("The case was closed."))


def set_closed(case: Document) -> None:
	"""Write into a case that is being closed when it closed, and until when its team still sees the client."""
	death.set_death(case)
	days = get_setting("access_days_after_closure")
	case.closed_on = case.closed_on or getdate()
	# A closure that is recorded later takes nobody's access away before it is recorded.
	case.team_access_until = max(add_days(getdate(case.closed_on), cint(days)), getdate())
	case.reassessment_due = case.next_meeting_on = None


def set_reopened(case: Document) -> None:
	"""Clear the closure from a case that is reopened; its history keeps it."""
	case.closed_on = case.team_access_until = None
	case.end_reason = case.destination = case.closure_exception = case.closure_note = None
	case.evaluation_offered_on = case.evaluation_answer = case.evaluation_support = None
	case.reassessment_due = get_reassessment_due(case.name)


def complete_plans(case: Document) -> None:
	"""Complete the exit plan and the support plan with the case they belong to."""
	if exit_plan := get_agreed_exit_plan(case):
		set_status_by_rule(frappe.get_doc("Exit Plan", exit_plan), "Completed")
	for name in frappe.get_all("Support Plan", {"client_case": case.name, "status": "Active"}, pluck="name"):
		set_status_by_rule(frappe.get_doc("Support Plan", name), "Completed")


def make_follow_ups(case: Document) -> list[str]:
	"""Return the follow-ups of a closed case, made from its exit plan: only what the client agreed to (B23, C49)."""
	name = get_agreed_exit_plan(case)
	plan = name and frappe.get_doc("Exit Plan", name)
	if death.is_death(case) or not plan or not plan.follow_up_needed or not plan.follow_up_consent:
		return []
	filters = {"client_case": case.name, "due_on": (">=", case.closed_on), "status": "Due"}
	existing = frappe.get_all("Case Follow Up", filters, pluck="name")
	return existing or [make_follow_up(case, row) for row in get_planned_follow_ups(case, plan)]


def cancel_follow_ups(case: Document) -> None:
	"""Cancel the follow-ups that are due when their case is reopened: its next exit plan makes its own."""
	filters = {"client_case": case.name, "status": "Due"}
	cancel_by_rule("Case Follow Up", filters, "note", _("The case was reopened."))


def get_planned_follow_ups(case: Document, plan: Document) -> list[dict]:
	"""Return due dates and ways from the exit plan; one after the program's usual time where it names none."""
	rows = [{"due_on": row.due_on, "way": row.way} for row in plan.follow_ups]
	days = frappe.get_cached_value("Support Program", case.program, "follow_up_days")
	return rows or [{"due_on": add_days(case.closed_on, days), "way": None}]


def make_follow_up(case: Document, row: dict) -> str:
	values = {"client": case.client, "client_case": case.name, "worker": get_case_manager(case)}
	return store(frappe.get_doc({"doctype": "Case Follow Up", **values, **row})).name
