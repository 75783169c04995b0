"""What grants a client to a user today, and what denies them: the parts of the rule in `permissions.py`.

Each is a way to look up clients, for a condition on any table that names a client. Their tables have names of their
own, or a condition on a list of cases would take its own cases for the list's. Values are written into them as the
database driver escapes them, since the list hook hands the condition on as SQL.
"""

from collections.abc import Callable
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate, now_datetime
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, ExistsCriterion, Field, LiteralValue, Term

from case_management.case_management.record.settings import get_setting

OPEN_INTAKE = ("New", "Screening", "Waitlisted")
# The role on a team of a worker from another agency.
SECONDED = "Seconded Case Manager"
ALWAYS, NEVER = (LiteralValue("1") == LiteralValue(value) for value in "10")


class Now(Term):
	"""The moment at which a condition is asked, however long ago it was written."""

	def get_sql(self, **kwargs: object) -> str:
		return frappe.db.escape(str(now_datetime()))


class Clients(NamedTuple):
	"""Some clients: rows that name them, and the column that does."""

	rows: QueryBuilder
	client: Field

	def select(self) -> QueryBuilder:
		return self.rows.select(self.client.as_("client"))

	def include(self, client: Term) -> Criterion:
		"""Return the condition that a client is one of them, looked up for that client alone."""
		return exists(self.rows.where(self.client == client))


def get_granted(user: str) -> tuple[Clients, ...]:
	"""Return the clients that something grants to the user today, each kind of grant for itself."""
	return *get_lasting(user), get_clients_in_emergency(user)


def get_lasting(user: str) -> tuple[Clients, ...]:
	"""Return the clients that something grants to the user for longer than an emergency lasts."""
	return (
		get_clients_by_team(user),
		get_clients_by_head_team(user),
		get_clients_by_program(user),
		*get_clients_by_intake(user),
		get_clients_just_made(user),
	)


def get_denied(user: str) -> tuple[Clients, ...]:
	"""Return the clients that the user does not see, whatever grants them."""
	return get_restricted_clients(user), get_clients_in_conflict(user), get_household_in_conflict(user)


def get_state(user: str) -> tuple:
	"""Return all that a condition for a user is written with: while it stays the same, so does the condition."""
	roles, programs = tuple(frappe.get_roles(user)), tuple(get_led_programs(user))
	return frappe.local.site, getdate(), roles, programs, has_privacy_role(user)


def has_privacy_role(user: str) -> bool:
	"""Tell whether a user has the role that Settings name for reading the access log."""
	return get_setting("privacy_role") in frappe.get_roles(user)


def exists(rows: QueryBuilder) -> Criterion:
	return ExistsCriterion(rows.select(LiteralValue("1")))


def get_clients_by_team(user: str) -> Clients:
	"""Clients with a case whose team the user is on today."""
	case, member = DocType("Client Case").as_("served"), DocType("Case Team Member").as_("member")
	rows = frappe.qb.from_(member).join(case).on(case.name == member.parent)
	return Clients(rows.where(serves(case, member, user)), case.client)


def get_clients_by_head_team(user: str) -> Clients:
	"""Members of a household without a team of their own: the team of the head's case is theirs.

	But for who is seconded to it: they work on the one case they were given for (C44).
	"""
	case, member = DocType("Client Case").as_("served"), DocType("Case Team Member").as_("member")
	rows = frappe.qb.from_(member).join(case).on(case.head_case == member.parent)
	rows = rows.where((case.has_own_team == 0) & serves(case, member, user))
	return Clients(rows.where(member.team_role != SECONDED), case.client)


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


def serves_on_case(name: Field, user: str) -> Criterion:
	"""Return the condition that the user is on the team of a case today, or leads its program."""
	case, member = DocType("Client Case").as_("own_case"), DocType("Case Team Member").as_("own_member")
	team = frappe.qb.from_(case).join(member).on(member.parent == case.name)
	of_head = frappe.qb.from_(case).join(member).on(member.parent == case.head_case)
	ways = (
		team.where(serves(case, member, user)),
		of_head.where((case.has_own_team == 0) & serves(case, member, user)),
		frappe.qb.from_(case).where(is_led(case.program, user)),
	)
	return Criterion.any([exists(rows.where(case.name == name)) for rows in ways])


def reads_stay(stay: Table, user: str) -> Criterion:
	"""Return the condition on stays: a secret place is for the team of the case it was recorded for, and the program's leader."""
	return (stay.place_is_secret == 0) | serves_on_case(stay.client_case, user)


def get_clients_by_program(user: str) -> Clients:
	"""Clients with a case in a program the user leads."""
	case = DocType("Client Case").as_("led_case")
	return Clients(frappe.qb.from_(case).where(is_led(case.program, user)), case.client)


def is_led(program: Field, user: str) -> Criterion:
	"""Return the condition that the user leads a program, as leader or deputy.

	The programs are named in it, for they are few: that nobody leads none, or one with thousands of cases, is something
	that the database should know when it chooses where to begin.
	"""
	names = [literal(name) for name in get_led_programs(user)]
	return program.isin(names) if names else NEVER


def get_led_programs(user: str) -> list[str]:
	program = DocType("Support Program")
	is_leader = (program.lead == user) | (program.deputy_lead == user)
	return frappe.qb.from_(program).select(program.name).where(is_leader).run(pluck=True)


def get_clients_by_intake(user: str) -> list[Clients]:
	"""Clients of whom the user owns, works on or is assigned an open intake."""
	intake = DocType("Client Intake").as_("worked_intake")
	rows = frappe.qb.from_(intake).where(intake.client.isnotnull() & intake.status.isin(OPEN_INTAKE))
	return [Clients(rows.where(works(intake)), intake.client) for works in works_on_intake(user)]


def works_on_intake(user: str) -> list[Callable[[Table], Criterion]]:
	"""Return the conditions of which one makes an intake a user's work, each answered by an index of its own."""
	todo = DocType("ToDo").as_("assigned")
	assigned = frappe.qb.from_(todo).select(todo.reference_name)
	assigned = assigned.where((todo.reference_type == "Client Intake") & (todo.status == "Open"))
	assigned = assigned.where(todo.allocated_to == literal(user))
	return [
		lambda intake: intake.intake_worker == literal(user),
		lambda intake: intake.owner == literal(user),
		lambda intake: intake.name.isin(assigned),
	]


def is_asked_to_confirm(intake: Table, user: str) -> Criterion:
	"""Return the condition that a leader of the client who is chosen for an intake is asked whether it is the client."""
	kept = Criterion.any([clients.include(intake.match_choice) for clients in get_denied(user)])
	led = get_clients_by_program(user).include(intake.match_choice)
	return (intake.match_confirmation == "Asked") & led & kept.negate()


def leads_intake(intake: Table, user: str) -> Criterion:
	"""Return the condition that an intake without a client is led by the user, unless it may be of somebody in conflict."""
	is_kept = is_of_conflict(intake.match_choice, user)
	return intake.client.isnull() & is_led(intake.program, user) & is_kept.negate()


def get_clients_just_made(user: str) -> Clients:
	"""Clients the user recorded who have no case yet: else nobody could find the record again."""
	client, case = DocType("Client").as_("made"), DocType("Client Case").as_("any_case")
	has_case = exists(frappe.qb.from_(case).where(case.client == client.name))
	rows = frappe.qb.from_(client).where(client.owner == literal(user))
	return Clients(rows.where(has_case.negate()), client.name)


def get_clients_in_emergency(user: str) -> Clients:
	"""Clients to whom the user gave themselves access in an emergency that has not run out."""
	access = DocType("Emergency Access").as_("emergency")
	rows = frappe.qb.from_(access).where(access.user == literal(user))
	return Clients(rows.where(access.expires_on > Now()), access.client)


def get_clients_in_conflict(user: str) -> Clients:
	"""Clients who know the user, or who said “not this worker”, until the declaration ends."""
	conflict = DocType("Conflict Declaration").as_("conflict")
	return Clients(frappe.qb.from_(conflict).where(stands(conflict, user)), conflict.client)


def stands(conflict: Table, user: str) -> Criterion:
	"""Return the condition that a declaration is about the user and has not ended."""
	return (conflict.user == literal(user)) & (conflict.ended_on.isnull() | (conflict.ended_on > getdate()))


def get_household_in_conflict(user: str) -> Clients:
	"""Members of the household of a client in conflict who rely on the team of the head's case.

	They are out of the user's sight with the head: the record of the one tells where the other is.
	"""
	conflict = DocType("Conflict Declaration").as_("conflict")
	head, member = DocType("Client Case").as_("head"), DocType("Client Case").as_("in_household")
	rows = frappe.qb.from_(conflict).join(head).on(head.client == conflict.client)
	rows = rows.join(member).on(member.head_case == head.name)
	return Clients(rows.where((member.has_own_team == 0) & stands(conflict, user)), member.client)


def is_in_conflict(user: str, client: str) -> bool:
	"""Tell whether a declared conflict stands between a user and a client, or the head of their household."""
	table = DocType("Client")
	query = frappe.qb.from_(table).select(table.name).where(table.name == client)
	return bool(query.where(is_of_conflict(table.name, user)).limit(1).run())


def is_of_conflict(client: Term, user: str) -> Criterion:
	"""Return the condition that a declared conflict stands between the user and a client, or the head of their household."""
	return get_clients_in_conflict(user).include(client) | get_household_in_conflict(user).include(client)


def get_restricted_clients(user: str) -> Clients:
	"""Restricted clients on whose list the user is not."""
	client, person = DocType("Client").as_("restricted"), DocType("Client Access Person").as_("listed")
	listed = frappe.qb.from_(person).where((person.parent == client.name) & (person.parenttype == "Client"))
	is_listed = exists(listed.where(person.user == literal(user)))
	return Clients(frappe.qb.from_(client).where((client.restricted == 1) & is_listed.negate()), client.name)


def literal(value: str) -> Term:
	"""Return a value as the database driver escapes it, for conditions that are handed on as SQL."""
	return LiteralValue(frappe.db.escape(value, percent=False))
