"""B25 and B26: record keeping."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from case_management.case_management.record.counting import is_within
from case_management.case_management.standards.check import Check, Scope

POLICY, ACKNOWLEDGEMENT = "Service Policy", "Service Policy Acknowledgement"
# Who works with clients reads the service's policies.
STAFF = ("Case Worker", "Case Manager Lead", "Case Intake Worker", "Seconded Case Worker")


def check_policies(scope: Scope) -> Check:
	"""B25, C2: a current policy is not past its review, and every staff member has acknowledged it."""
	policy = DocType(POLICY)
	query = frappe.qb.from_(policy).where(policy.is_current == 1)
	in_time = policy.review_due.isnull() | (policy.review_due >= scope.end)
	return Check(POLICY, query, in_time & is_acknowledged_by(get_staff()))


def is_acknowledged_by(staff: list[str]) -> Criterion:
	"""Return the condition that each of these people has acknowledged the policy."""
	policy, row = DocType(POLICY), DocType(ACKNOWLEDGEMENT)
	if not staff:
		return policy.name.isnotnull()
	query = frappe.qb.from_(row).select(row.parent).where(row.user.isin(staff)).groupby(row.parent)
	return policy.name.isin(query.having(Count(row.user).distinct() >= len(staff)))


def get_staff() -> list[str]:
	"""Return the enabled users who work with clients."""
	user, role = DocType("User"), DocType("Has Role")
	query = frappe.qb.from_(user).join(role).on((role.parent == user.name) & (role.parenttype == "User"))
	query = query.where((user.enabled == 1) & role.role.isin(STAFF) & (user.name != "Administrator"))
	return query.select(user.name).distinct().run(pluck=True)


def check_record_requests(scope: Scope) -> Check:
	"""B26: a request about a client's record was decided by the day it was due. One still in time is not counted."""
	request = DocType("Record Request")
	is_settled = request.decided_on.isnotnull() | (request.due_on < scope.end)
	query = frappe.qb.from_(request).where(is_within(request.due_on, (scope.start, scope.end)))
	query = of_programs(query, scope).where(is_settled)
	return Check("Record Request", query, request.decided_on <= request.due_on)


def of_programs(query: QueryBuilder, scope: Scope) -> QueryBuilder:
	"""Limit a query to requests of clients of the scope's programs: a request need not name a case."""
	request, case = DocType("Record Request"), DocType("Client Case")
	if scope.programs is None:
		return query
	clients = frappe.qb.from_(case).select(case.client).where(case.program.isin(scope.programs))
	return query.where(request.client.isin(clients))
