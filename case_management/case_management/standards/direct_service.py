"""B12 to B15: direct service."""

from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.utils import add_days, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from case_management.case_management.record.counting import is_within
from case_management.case_management.standards.check import (
	AGREED_ASSESSMENT,
	Check,
	Scope,
	by_days,
	has,
	is_given,
	select,
	select_dated,
	select_supported,
)

# Support that reaches far into a life, as the note's rule has it.
INTRUSIVE = ("4 Doing It for the Client", "5 Against the Client's Wish")


def check_safety(scope: Scope) -> Check:
	"""B12: while a risk goes on the client has a current safety plan in time for its review, and the lead was told."""
	incident, plan = DocType("Critical Incident"), DocType("Safety Plan")
	current = frappe.qb.from_(plan).select(plan.client)
	current = current.where((plan.is_current == 1) & (plan.review_due >= scope.end))
	ended = incident.risk_ended_on.isnotnull() & is_given(incident.safety_plan)
	happened = incident.occurred_on < add_days(scope.end, 1)
	at_risk = (incident.ongoing_risk == 1) | (incident.risk_ended_on >= scope.start)
	query = select("Critical Incident", scope).where(happened & at_risk)
	planned = ended | incident.client.isin(current)
	return Check("Critical Incident", query, incident.lead_told_on.isnotnull() & planned)


def check_least_intrusive(scope: Scope) -> Check:
	"""B13: of direct service it is said how intrusive it was; what reached far has its reason and the less intrusive way."""
	note = DocType("Case Note")
	far = note.intrusiveness.isin(INTRUSIVE)
	query = select_dated("Case Note", scope, "noted_on").where((note.kind == "Direct Service") | far)
	reasoned = is_given(note.intrusiveness_reason) & is_given(note.less_intrusive_considered)
	near = is_given(note.intrusiveness) & note.intrusiveness.notin(INTRUSIVE)
	return Check("Case Note", query, near | reasoned)


def check_flexible(scope: Scope) -> Check:
	"""B14: what a reassessment found is answered, by a revised plan or a review; a revised plan says what changed and why."""
	case, plan, found = DocType("Client Case"), DocType("Support Plan"), DocType("Client Assessment")
	revised = is_given(plan.revises) & is_within(plan.agreed_on, (scope.start, scope.end))
	reassessed = (found.kind == "Reassessment") & found.status.isin(AGREED_ASSESSMENT)
	reassessed &= is_within(found.agreed_on, (scope.start, scope.end))
	revisions = frappe.qb.from_(plan).select(plan.client_case).where(revised)
	reassessments = frappe.qb.from_(found).select(found.client_case).where(reassessed)
	unsaid = revisions.where(~(is_given(plan.revision_kind) & is_given(plan.revision_reason)))
	unanswered = reassessments.where(found.name.notin(get_answered(scope.end)))
	query = select_supported(scope).where(case.name.isin(revisions) | case.name.isin(reassessments))
	return Check("Client Case", query, case.name.notin(unsaid) & case.name.notin(unanswered))


def get_answered(end: date) -> QueryBuilder:
	"""Return the reassessments after which a plan was revised or reviewed, by a day."""
	found, plan = DocType("Client Assessment"), DocType("Support Plan")
	later = (plan.client_case == found.client_case) & (plan.agreed_on >= found.agreed_on)
	later &= is_given(plan.revises) & (plan.agreed_on <= end)
	revised = frappe.qb.from_(found).join(plan).on(later).select(found.name)
	review = DocType("Case Meeting")
	held = (review.client_case == found.client_case) & (review.held_on >= found.agreed_on)
	held &= (review.kind == "Review") & (review.status == "Held") & (review.held_on <= end)
	return revised.union(frappe.qb.from_(found).join(review).on(held).select(found.name))


def check_information(scope: Scope) -> Check:
	"""B15: the client was given information in the period, or within the program's days between reviews before its end."""

	def is_informed(days: int) -> Criterion:
		def informs(note: Table) -> Criterion:
			said = is_given(note.information_topic) | is_given(note.options_discussed)
			start = min(scope.start, getdate(add_days(scope.end, -days)))
			given = is_within(note.noted_on, (start, scope.end))
			return (note.kind == "Information Given") & said & given

		return has("Case Note", informs)

	informed = by_days("review_interval_days", is_informed, DocType("Client Case").program)
	return Check("Client Case", select_supported(scope), informed)
