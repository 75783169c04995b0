"""What a service owes by a day: the answer to a record request, the review of a policy (B25, B26)."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import add_days, cint, getdate

from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due


def get_requests_due() -> list[Due]:
	"""Return the record requests to be answered within the days in Settings, or overdue, for a leader of the client's programs.

	Not for the one whom a complaint is about.
	"""
	request, case, program = DocType("Record Request"), DocType("Client Case"), DocType("Support Program")
	query = frappe.qb.from_(request).left_join(case).on(case.client == request.client)
	query = query.left_join(program).on(program.name == case.program)
	query = query.select(request.name, request.due_on, request.team_leader, request.complaint_about)
	query = query.select(program.lead, program.deputy_lead)
	last = add_days(getdate(), cint(get_setting("record_request_warning_days")))
	query = query.where((request.status == "Received") & (request.due_on <= last)).orderby(request.name)
	found: dict[str, Due] = {}
	for row in query.run(as_dict=True):
		known = found.get(row.name, Due(row.name, str(row.due_on), ()))
		people = dict.fromkeys((*known.people, row.team_leader, row.lead, row.deputy_lead))
		able = tuple(person for person in people if person and person != row.complaint_about)
		found[row.name] = known._replace(people=able)
	return list(found.values())


def get_policies_due() -> list[Due]:
	"""Return the current policies whose review is near or overdue, for their owner; else for an administrator."""
	policy, role = DocType("Service Policy"), DocType("Has Role")
	admins = frappe.qb.from_(role).select(role.parent).where(role.parenttype == "User").orderby(role.parent)
	admins = admins.where(role.role == "Case Management Admin").run(pluck=True)
	last = add_days(getdate(), cint(get_setting("review_warning_days")))
	query = frappe.qb.from_(policy).select(policy.name, policy.review_due, policy.policy_owner)
	query = query.where((policy.is_current == 1) & (policy.review_due <= last)).orderby(policy.name)
	return [
		Due(row.name, str(row.review_due), tuple(person for person in (row.policy_owner, *admins) if person))
		for row in query.run(as_dict=True)
	]
