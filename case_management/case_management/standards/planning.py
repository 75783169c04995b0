"""B9 to B11: planning."""

from frappe.query_builder import DocType
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.standards.check import (
	AGREED_PLAN,
	Check,
	Scope,
	has,
	has_row,
	is_given,
	select_children,
	select_dated,
	select_supported,
)
from case_management.case_management.support.opting_out import takes_part

PLAN, GOAL = "Support Plan", "Support Plan Goal"
NEAR, FAR = ("Immediate", "Short"), ("Medium", "Long")


def check_part_in_planning(scope: Scope) -> Check:
	"""B9: a plan was offered and the client's answer recorded; where declined, the coded reason is there (METEOR 398443).

	Nobody who left case management in a voluntary program is counted (C19).
	"""

	def is_offered(plan: Table) -> Criterion:
		answered = (plan.offer_answer == "Accepted") | is_given(plan.no_plan_reason)
		return (plan.offered_on <= scope.end) & answered

	query = select_supported(scope).where(takes_part(scope.end))
	return Check("Client Case", query, has(PLAN, is_offered))


def check_goals_by_horizon(scope: Scope) -> Check:
	"""B10: the plan as agreed has goals near and further off, and each has a step or a strategy."""
	plan = DocType(PLAN)
	near = has_row(PLAN, GOAL, lambda row: row.horizon.isin(NEAR))
	far = has_row(PLAN, GOAL, lambda row: row.horizon.isin(FAR))
	bare = has_row(PLAN, GOAL, lambda row: ~is_given(row.actions))
	query = select_dated(PLAN, scope, "agreed_on").where(plan.status.isin(AGREED_PLAN))
	return Check(PLAN, query, near & far & ~bare)


def check_child_has_plan(scope: Scope) -> Check:
	"""B11: the child has an agreed plan of its own; to be part of another person's plan is not that."""

	def is_agreed(plan: Table) -> Criterion:
		return plan.status.isin(AGREED_PLAN) & (plan.agreed_on <= scope.end)

	return Check("Client Case", select_children(scope), has(PLAN, is_agreed, key="client"))
