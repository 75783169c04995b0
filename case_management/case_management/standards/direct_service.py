"""B12 to B15: direct service."""

import frappe
from frappe.query_builder import DocType
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.record.counting import is_within
from case_management.case_management.standards.check import (
	Check,
	Scope,
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
	happened = incident.occurred_on < frappe.utils.add_days(scope.end, 1)
	at_risk = (incident.ongoing_risk == 1) | (incident.risk_ended_on >= scope.start)
	query = select("Critical Incident", scope).where(happened & at_risk)
	planned = ended | incident.client.isin(current)
	return Check("Critical Incident", query, incident.lead_told_on.isnotnull() & planned)


def check_least_intrusive(scope: Scope) -> Check:
	"""B13: support that reached far has its reason, and a less intrusive way was considered."""
	note = DocType("Case Note")
	query = select_dated("Case Note", scope, "noted_on").where(note.intrusiveness.isin(INTRUSIVE))
	reasoned = is_given(note.intrusiveness_reason) & is_given(note.less_intrusive_considered)
	return Check("Case Note", query, reasoned)


def check_flexible(scope: Scope) -> Check:
	"""B14: a revised plan says what changed (need, circumstance, wish, resource) and why."""
	plan = DocType("Support Plan")
	query = select_dated("Support Plan", scope, "agreed_on").where(is_given(plan.revises))
	return Check("Support Plan", query, is_given(plan.revision_kind) & is_given(plan.revision_reason))


def check_information(scope: Scope) -> Check:
	"""B15: the client was given information: a note says about what, and which options were talked about."""

	def informs(note: Table) -> Criterion:
		said = is_given(note.information_topic) | is_given(note.options_discussed)
		given = is_within(note.noted_on, (scope.start, scope.end)) | (note.noted_on < scope.start)
		return (note.kind == "Information Given") & said & given

	return Check("Client Case", select_supported(scope), has("Case Note", informs))
