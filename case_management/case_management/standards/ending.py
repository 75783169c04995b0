"""B21 to B24: exit planning, closure, follow-up and evaluation, of the cases closed in the period."""

from frappe.query_builder import DocType
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.standards.check import (
	AGREED_EXIT_PLAN,
	Check,
	Scope,
	has,
	has_row,
	is_given,
	select_closed,
)

CASE, EXIT_PLAN = "Client Case", "Exit Plan"


def check_exit_offered(scope: Scope) -> Check:
	"""B21: part in exit planning was offered, and it is recorded what the client did with it."""

	def is_offered(plan: Table) -> Criterion:
		answered = is_given(plan.participation) | is_given(plan.declined_reason)
		return plan.offered_on.isnotnull() & answered

	return Check(CASE, select_closed(scope), has(EXIT_PLAN, is_offered))


def check_exit_plan_given(scope: Scope) -> Check:
	"""B22: an agreed exit plan says how achievements are kept, and the client was given it."""
	kept = has_row(EXIT_PLAN, "Exit Achievement", lambda row: is_given(row.how_kept))

	def is_given_out(plan: Table) -> Criterion:
		return plan.status.isin(AGREED_EXIT_PLAN) & plan.given_on.isnotnull() & kept

	return Check(CASE, select_closed(scope), has(EXIT_PLAN, is_given_out))


def check_follow_up(scope: Scope) -> Check:
	"""B23: the need for follow-up was assessed with the client, or they declined."""

	def is_assessed(plan: Table) -> Criterion:
		return plan.follow_up_assessed.isin(("Together", "Client Declined"))

	return Check(CASE, select_closed(scope), has(EXIT_PLAN, is_assessed))


def check_evaluation(scope: Scope) -> Check:
	"""B24: taking part in an evaluation was offered and the client answered; not reached is a gap."""
	case = DocType(CASE)
	answered = case.evaluation_answer.isin(("Took Part", "Declined"))
	return Check(CASE, select_closed(scope), case.evaluation_offered_on.isnotnull() & answered)
