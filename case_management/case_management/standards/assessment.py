"""B5 to B8: assessment."""

from collections.abc import Callable

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from case_management.case_management.standards.check import (
	AGREED_ASSESSMENT,
	Check,
	Scope,
	has,
	has_row,
	is_given,
	select_children,
	select_dated,
	select_supported,
)

ASSESSMENT, DOMAIN = "Client Assessment", "Assessment Domain Rating"


def check_part_in_assessment(scope: Scope) -> Check:
	"""B5: the client had the opportunity to take part: agreed with their part recorded, or offered and declined."""

	def gave_opportunity(assessment: Table) -> Criterion:
		agreed = assessment.status.isin(AGREED_ASSESSMENT) & (assessment.agreed_on <= scope.end)
		declined = assessment.participation == "Was Offered and Declined"
		return is_given(assessment.participation) & (agreed | declined)

	return Check("Client Case", select_supported(scope), has(ASSESSMENT, gave_opportunity))


def check_holistic_assessment(scope: Scope) -> Check:
	"""B6: the assessment has a strength, a past achievement, and a present or possible future need."""
	strength = says(lambda row: is_given(row.strength))
	achievement = says(lambda row: is_given(row.past_achievement))
	need = says(
		lambda row: is_given(row.present_need) | is_given(row.possible_future_need) | (row.in_need == 1)
	)
	return Check(ASSESSMENT, select_agreed(scope), strength & achievement & need)


def says(condition: Callable[[Table], Criterion]) -> Criterion:
	"""Return the condition that an assessment says something of a life domain; of a sensitive one it is kept apart."""
	apart = DocType("Sensitive Rating")
	kept_apart = frappe.qb.from_(apart).select(apart.assessment).where(condition(apart))
	return has_row(ASSESSMENT, DOMAIN, condition) | DocType(ASSESSMENT).name.isin(kept_apart)


def check_child_assessed(scope: Scope) -> Check:
	"""B7: the child has an agreed assessment of its own."""

	def is_agreed(assessment: Table) -> Criterion:
		return assessment.status.isin(AGREED_ASSESSMENT) & (assessment.agreed_on <= scope.end)

	return Check("Client Case", select_children(scope), has(ASSESSMENT, is_agreed, key="client"))


def check_contributors(scope: Scope) -> Check:
	"""B8: an agency contributed to the assessment, or it says why none did."""
	reason = is_given(DocType(ASSESSMENT).no_contributors_reason)
	contributed = has_row(ASSESSMENT, "Assessment Contributor")
	return Check(ASSESSMENT, select_agreed(scope), contributed | reason)


def select_agreed(scope: Scope) -> QueryBuilder:
	query = select_dated(ASSESSMENT, scope, "agreed_on")
	return query.where(DocType(ASSESSMENT).status.isin(AGREED_ASSESSMENT))
