"""B1 to B4: entry and screening."""

from frappe.query_builder import DocType
from frappe.utils import now_datetime

from case_management.case_management.standards.check import (
	Check,
	Scope,
	has_row,
	is_given,
	select_cases,
	select_dated,
)
from case_management.case_management.support.rights import get_outdated_cases


def check_timely_response(scope: Scope) -> Check:
	"""B1: who made contact was answered before the answer was due. One that is still in time is not counted."""
	intake = DocType("Client Intake")
	query = select_dated("Client Intake", scope, "first_contact_on")
	is_settled = intake.responded_on.isnotnull() | (intake.response_due < now_datetime())
	return Check("Client Intake", query.where(is_settled), intake.responded_on <= intake.response_due)


def check_informed(scope: Scope) -> Check:
	"""B2: of each decision, process and decision were told. A reason why not explains a gap and leaves it one."""
	intake = DocType("Client Intake")
	query = select_dated("Client Intake", scope, "decided_on")
	told = intake.process_informed_on.isnotnull() & intake.decision_informed_on.isnotnull()
	return Check("Client Intake", query.where(intake.status.isin(("Accepted", "Not Accepted"))), told)


def check_alternatives(scope: Scope) -> Check:
	"""B3: who was not accepted was given an alternative. A reason for none explains a gap and leaves it one."""
	intake = DocType("Client Intake")
	query = select_dated("Client Intake", scope, "decided_on").where(intake.status == "Not Accepted")
	return Check("Client Intake", query, has_row("Client Intake", "Intake Alternative"))


def check_rights(scope: Scope) -> Check:
	"""B4: the case's client acknowledged the rights statement, an open case's the current one.

	A reason why they did not explains a gap and leaves it one.
	"""
	case = DocType("Client Case")
	acknowledged = is_given(case.rights_policy) & (case.rights_acknowledged_on <= scope.end)
	is_current = case.name.notin(get_outdated_cases())
	return Check("Client Case", select_cases(scope), acknowledged & is_current)
