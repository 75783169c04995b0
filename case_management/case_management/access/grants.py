"""What grants a client to a user today, and what denies them: the parts of the rule in `permissions.py`.

Each is a query of client codes, for a condition on any table that names a client. Values are written into it as the
database driver escapes them, since the list hook hands the condition on as SQL.
"""

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate, now_datetime
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, LiteralValue, Term

OPEN_INTAKE = ("New", "Screening", "Waitlisted")
# The role on a team of a worker from another agency.
SECONDED = "Seconded Case Manager"


def get_clients_by_team(user: str) -> QueryBuilder:
	"""Clients with a case whose team the user is on today."""
	case, member = DocType("Client Case"), DocType("Case Team Member")
	return select_team(case, member, user).on(member.parent == case.name).where(serves(case, member, user))


def get_clients_by_head_team(user: str) -> QueryBuilder:
	"""Members of a household without a team of their own: the team of the head's case is theirs.

	But for who is seconded to it: they work on the one case they were given for (C44).
	"""
	case, member = DocType("Client Case"), DocType("Case Team Member")
	query = select_team(case, member, user).on(member.parent == case.head_case)
	query = query.where((case.has_own_team == 0) & serves(case, member, user))
	return query.where(member.team_role != SECONDED)


def select_team(case: Table, member: Table, user: str) -> QueryBuilder:
	return frappe.qb.from_(member).select(case.client).join(case)


def serves(case: Table, member: Table, user: str) -> Criterion:
	"""Return the condition that a team row grants its user access to a case today."""
	today = getdate()
	return (
		(member.user == literal(user))
		& (member.parenttype == "Client Case")
		& (member.from_date <= today)
		& (member.to_date.isnull() | (member.to_date >= today))
		& ((case.status != "Closed") | (case.team_access_until >= today))
	)


def get_clients_by_program(user: str) -> QueryBuilder:
	"""Clients with a case in a program the user leads."""
	case = DocType("Client Case")
	return frappe.qb.from_(case).select(case.client).where(case.program.isin(get_led_programs(user)))


def get_led_programs(user: str) -> QueryBuilder:
	program = DocType("Support Program")
	leads = (program.lead == literal(user)) | (program.deputy_lead == literal(user))
	return frappe.qb.from_(program).select(program.name).where(leads)


def get_clients_by_intake(user: str) -> QueryBuilder:
	"""Clients of whom the user owns, works on or is assigned an open intake."""
	intake = DocType("Client Intake")
	query = frappe.qb.from_(intake).select(intake.client).where(intake.client.isnotnull())
	return query.where(intake.status.isin(OPEN_INTAKE) & works_on_intake(intake, user))


def works_on_intake(intake: Table, user: str) -> Criterion:
	todo = DocType("ToDo")
	assigned = (
		frappe.qb.from_(todo)
		.select(todo.reference_name)
		.where((todo.reference_type == "Client Intake") & (todo.status == "Open"))
		.where(todo.allocated_to == literal(user))
	)
	return (
		(intake.intake_worker == literal(user)) | (intake.owner == literal(user)) | intake.name.isin(assigned)
	)


def get_clients_just_made(user: str) -> QueryBuilder:
	"""Clients the user recorded who have no case yet: else nobody could find the record again."""
	client, case = DocType("Client"), DocType("Client Case")
	with_case = frappe.qb.from_(case).select(case.client)
	query = frappe.qb.from_(client).select(client.name).where(client.owner == literal(user))
	return query.where(client.name.notin(with_case))


def get_clients_in_emergency(user: str) -> QueryBuilder:
	"""Clients to whom the user gave themselves access in an emergency that has not run out."""
	access = DocType("Emergency Access")
	query = frappe.qb.from_(access).select(access.client).where(access.user == literal(user))
	return query.where(access.expires_on > now_datetime())


def get_clients_in_conflict(user: str) -> QueryBuilder:
	"""Clients who know the user, or who said “not this worker”, until the declaration ends."""
	conflict = DocType("Conflict Declaration")
	query = frappe.qb.from_(conflict).select(conflict.client).where(conflict.user == literal(user))
	return query.where(conflict.ended_on.isnull() | (conflict.ended_on > getdate()))


def get_household_in_conflict(user: str) -> QueryBuilder:
	"""Members of the household of a client in conflict who rely on the team of the head's case.

	They are out of the user's sight with the head: the record of the one tells where the other is.
	"""
	head, member = DocType("Client Case").as_("head"), DocType("Client Case").as_("member")
	query = frappe.qb.from_(member).join(head).on(head.name == member.head_case).select(member.client)
	return query.where((member.has_own_team == 0) & head.client.isin(get_clients_in_conflict(user)))


def is_in_conflict(user: str, client: str) -> bool:
	"""Tell whether a declared conflict stands between a user and a client, or the head of their household."""
	table = DocType("Client")
	query = frappe.qb.from_(table).select(table.name).where(table.name == client)
	denied = table.name.isin(get_clients_in_conflict(user)) | table.name.isin(get_household_in_conflict(user))
	return bool(query.where(denied).limit(1).run())


def get_restricted_clients(user: str) -> QueryBuilder:
	"""Restricted clients on whose list the user is not."""
	client, person = DocType("Client"), DocType("Client Access Person")
	listed = (
		frappe.qb.from_(person)
		.select(person.parent)
		.where((person.parenttype == "Client") & (person.user == literal(user)))
	)
	query = frappe.qb.from_(client).select(client.name)
	return query.where((client.restricted == 1) & client.name.notin(listed))


def literal(value: str) -> Term:
	"""Return a value as the database driver escapes it, for conditions that are handed on as SQL."""
	return LiteralValue(frappe.db.escape(value, percent=False))
