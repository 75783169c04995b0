"""B16 and B17: co-ordination."""

from frappe.query_builder import DocType
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.standards.check import (
	Check,
	Scope,
	has,
	has_row,
	is_given,
	select_dated,
	select_supported,
)


def check_agencies(scope: Scope) -> Check:
	"""B16: another agency is involved or was referred to, or the plan says why there is none.

	An agency that is involved is so with the client's consent, or it is said why without.
	"""

	def is_sent(referral: Table) -> Criterion:
		return referral.sent_on <= scope.end

	involved = has_row(
		"Client Case", "Case Agency", lambda row: is_given(row.consent) | is_given(row.no_consent_reason)
	)
	referred = has("Case Referral", is_sent)
	explained = has("Support Plan", lambda plan: is_given(plan.agency_involvement_note))
	return Check("Client Case", select_supported(scope), involved | referred | explained)


def check_services_by_goal(scope: Scope) -> Check:
	"""B17: a referral serves a goal of the client."""
	goal = DocType("Case Referral").goal
	return Check("Case Referral", select_dated("Case Referral", scope, "sent_on"), is_given(goal))
