"""B18 to B20: monitoring and review, as they stand on the last day of the period."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import add_days
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.standards.check import (
	AGREED_ASSESSMENT,
	Check,
	Scope,
	by_days,
	has,
	is_given,
	select,
	select_open_cases,
)
from case_management.case_management.support.opting_out import takes_part

CASE, PLAN, FEEDBACK_WEEKS = "Client Case", "Support Plan", "feedback_interval_weeks"


def check_reassessment(scope: Scope) -> Check:
	"""B18: an open case whose first assessment is older than the program's days has a newer one within them."""

	def is_agreed(assessment: Table) -> Criterion:
		return assessment.status.isin(AGREED_ASSESSMENT) & (assessment.agreed_on <= scope.end)

	def is_due(days: int) -> Criterion:
		start = add_days(scope.end, -days)
		return has("Client Assessment", lambda table: is_agreed(table) & (table.agreed_on < start))

	def is_in_time(days: int) -> Criterion:
		start = add_days(scope.end, -days)
		return has("Client Assessment", lambda table: is_agreed(table) & (table.agreed_on >= start))

	field, program = "reassessment_interval_days", DocType(CASE).program
	query = select_open_cases(scope).where(takes_part(scope.end) & by_days(field, is_due, program))
	return Check(CASE, query, by_days(field, is_in_time, program))


def check_review(scope: Scope) -> Check:
	"""B19: a plan in force for longer than the program's days was reviewed within them, the client's part recorded."""
	plan, case = DocType(PLAN), DocType(CASE)

	def is_due(days: int) -> Criterion:
		return plan.agreed_on < add_days(scope.end, -days)

	def is_reviewed(days: int) -> Criterion:
		start = add_days(scope.end, -days)
		return has("Case Meeting", lambda meeting: took_part(meeting) & (meeting.held_on >= start))

	def took_part(meeting: Table) -> Criterion:
		held = (meeting.kind == "Review") & (meeting.status == "Held") & (meeting.held_on <= scope.end)
		return held & is_given(meeting.participation)

	query = select(PLAN, scope).where(is_in_force(plan, scope) & takes_part(scope.end))
	query = query.where(by_days("review_interval_days", is_due, case.program))
	return Check(PLAN, query, by_days("review_interval_days", is_reviewed, case.program))


def is_in_force(plan: Table, scope: Scope) -> Criterion:
	"""Return the condition that a plan was agreed by the last day, and neither completed nor replaced by then."""
	later = DocType(PLAN).as_("later")
	replaced_later = frappe.qb.from_(later).select(later.revises).where(later.agreed_on > scope.end)
	completed_later = (plan.status == "Completed") & (plan.completed_on > scope.end)
	superseded_later = (plan.status == "Superseded") & plan.name.isin(replaced_later)
	return (plan.status == "Active") | completed_later | superseded_later


def check_feedback(scope: Scope) -> Check:
	"""B20: the client of an open case was asked for feedback within the program's weeks, or in a meeting."""
	case = DocType(CASE)

	def is_due(weeks: int) -> Criterion:
		return case.opened_on < get_start(weeks)

	def is_invited(weeks: int) -> Criterion:
		start = get_start(weeks)
		invited = has("Client Feedback", lambda table: table.invited_on[start : scope.end])
		return invited | has(
			"Case Meeting",
			lambda meeting: (
				(meeting.status == "Held")
				& (meeting.feedback_asked == 1)
				& meeting.held_on[start : scope.end]
			),
		)

	def get_start(weeks: int) -> str:
		return add_days(scope.end, -7 * weeks)

	query = select_open_cases(scope).where(by_days(FEEDBACK_WEEKS, is_due, case.program))
	return Check(CASE, query, by_days(FEEDBACK_WEEKS, is_invited, case.program))
