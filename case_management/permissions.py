"""Who may see which client: one rule, from which both of Frappe's hooks are derived.

	A user sees a client when today they are on the team of one of the client's cases, or own or are assigned the
	client's open intake, or lead a program the client has a case in, or hold an unexpired Emergency Access; and never
	when a Conflict Declaration stands between them, nor, for a restricted client, when they are not on its list.

A record is visible when its client is visible, the role's DocType permission allows it, and the record itself is
not confidential to others. The rule is a query-builder condition (`get_condition`): the list hook puts it into
every list, the document hook runs it on the one row, and the child tables' lists carry their parents'.
"""

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate, now_datetime
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Field, LiteralValue, Term

# Every DocType that follows a client. A test holds this list against the DocTypes' own fields.
CLIENT_RECORDS = (
	"Client",
	"Client Identity",
	"Client Intake",
	"Client Case",
	"Client Consent",
	"Client Assessment",
	"Support Plan",
	"Support Goal",
	"Case Meeting",
	"Case Note",
	"Case Referral",
	"Unmet Need",
	"Exit Plan",
	"Case Follow Up",
	"Disclosure",
	"Critical Incident",
	"Safety Plan",
	"Client Feedback",
	"Accommodation Stay",
	"Record Request",
	"Conflict Declaration",
	"Emergency Access",
	"Client Access Log",
	"Seconded Worker Request",
	"Sensitive Rating",
)

# Records from which follows how long a client's record is kept: what they say was the last service, or goes on.
RECORDS_OF_SERVICE = (
	"Client",
	"Client Case",
	"Client Intake",
	"Case Note",
	"Case Meeting",
	"Case Follow Up",
	"Record Request",
)

OPEN_INTAKE = ("New", "Screening", "Waitlisted")
# The role on a team of a worker from another agency.
SECONDED = "Seconded Case Manager"


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Return the condition on a list of `doctype` as SQL; empty for DocTypes that are no client records.

	Hook: permission_query_conditions, for every DocType (`*`), so that child tables and DocTypes to come are
	covered without being named.
	"""
	user = user or frappe.session.user
	if user == "Administrator" or not doctype:
		return ""
	condition = (
		get_condition(doctype, user) if doctype in CLIENT_RECORDS else get_child_condition(doctype, user)
	)
	return f"({as_sql(condition)})" if condition else ""


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
	"""Tell whether the user may see (and so, if their role allows it, write) the record.

	Hook: has_permission, for every client record. A new record is judged by the client it is about.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if is_stored(doc):
		return is_visible(doc.doctype, doc.name, user)
	if doc.doctype != "Client" and doc.get("client"):
		return is_visible("Client", doc.client, user) or is_own_declaration(doc, user)
	return True


def is_own_declaration(doc: Document, user: str) -> bool:
	"""Tell whether somebody declares that they themselves know a client, whom they need not see for that."""
	return (
		doc.doctype == "Conflict Declaration"
		and doc.get("declared_by") == "Worker"
		and doc.get("user") in (None, "", user)
	)


def is_stored(doc: Document) -> bool:
	return bool(doc.get("name")) and not doc.get("__islocal")


def is_visible(doctype: str, name: str, user: str | None = None) -> bool:
	"""Run the list's condition on one stored record."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	table = DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name == name)
	return bool(query.where(get_condition(doctype, user)).limit(1).run())


def get_condition(doctype: str, user: str) -> Criterion:
	"""Return the rule for the records of a client DocType, as a condition on its table."""
	table = DocType(doctype)
	if doctype == "Client":
		return sees_client(table.name, user)
	if doctype == "Client Intake":
		return sees_intake(table, user)
	if doctype == "Unmet Need":
		return sees_unmet_need(table, user)
	if doctype == "Client Feedback":
		return sees_feedback(table, user)
	if doctype == "Case Note":
		return sees_client(table.client, user) & reads_note(table, user)
	if doctype == "Conflict Declaration":
		# Not even when it has ended: what the client said about a worker is not for that worker.
		return sees_client(table.client, user) & (table.user != literal(user))
	return sees_client(table.client, user)


def get_child_condition(doctype: str, user: str) -> Criterion | None:
	"""Return the condition on rows of a child table: the row's parent is visible. None for other tables."""
	if not frappe.get_meta(doctype).istable:
		return None
	table = DocType(doctype)
	condition = None
	for parent in get_parents(doctype):
		parents = DocType(parent)
		visible = frappe.qb.from_(parents).select(parents.name).where(get_condition(parent, user))
		rows = (table.parenttype == parent) & table.parent.isin(visible)
		condition = rows if condition is None else condition | rows
	return condition if condition is None else condition | table.parenttype.notin(CLIENT_RECORDS)


def get_parents(child: str) -> list[str]:
	"""Return the client DocTypes that have this child table, an administrator's custom tables included."""
	return [
		parent
		for parent in CLIENT_RECORDS
		if any(field.options == child for field in frappe.get_meta(parent).get_table_fields())
	]


def sees_client(client: Field, user: str) -> Criterion:
	"""Return the rule: something grants the client today, and nothing denies it."""
	grants = (
		get_clients_by_team(user),
		get_clients_by_head_team(user),
		get_clients_by_program(user),
		get_clients_by_intake(user),
		get_clients_just_made(user),
		get_clients_in_emergency(user),
	)
	return Criterion.any([client.isin(clients) for clients in grants]) & is_not_denied(client, user)


def is_not_denied(client: Field, user: str) -> Criterion:
	"""Return the condition that neither a restriction nor a conflict denies the client, whatever grants."""
	denied = (
		get_restricted_clients(user),
		get_clients_in_conflict(user),
		get_household_in_conflict(user),
	)
	return Criterion.all([client.notin(clients) for clients in denied])


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


def sees_intake(intake: Table, user: str) -> Criterion:
	"""An intake is visible with its client; before there is one, to who works on it and to the program's lead.

	Who took it still sees it for some days after the decision, and one that nobody has taken waits in a queue for
	every intake worker.
	"""
	from_client = intake.client.isnotnull() & sees_client(intake.client, user)
	open_today = intake.status.isin(OPEN_INTAKE) | (intake.access_until >= getdate())
	by_work = open_today & works_on_intake(intake, user)
	by_lead = intake.client.isnull() & intake.program.isin(get_led_programs(user))
	grants = [from_client, by_work, by_lead]
	if "Case Intake Worker" in frappe.get_roles(user):
		grants.append(intake.client.isnull() & intake.intake_worker.isnull() & (intake.status == "New"))
	return Criterion.any(grants) & (intake.client.isnull() | is_not_denied(intake.client, user))


def sees_unmet_need(need: Table, user: str) -> Criterion:
	"""An unmet need follows its client; one of a person who was turned away follows the intake."""
	intake = DocType("Client Intake")
	intakes = frappe.qb.from_(intake).select(intake.name).where(sees_intake(intake, user))
	by_client = need.client.isnotnull() & sees_client(need.client, user)
	by_intake = need.client.isnull() & need.intake.isin(intakes)
	by_author = need.client.isnull() & need.intake.isnull() & (need.owner == literal(user))
	return by_client | by_intake | by_author


def sees_feedback(feedback: Table, user: str) -> Criterion:
	"""Feedback follows its client; what names no client is read by its program's leader and by who recorded it."""
	by_client = feedback.client.isnotnull() & sees_client(feedback.client, user)
	by_program = feedback.program.isin(get_led_programs(user)) | (feedback.owner == literal(user))
	return by_client | (feedback.client.isnull() & by_program)


def reads_note(note: Table, user: str) -> Criterion:
	"""A confidential note is its author's and the leader's; one that is not shared is not a seconded worker's."""
	if is_only_seconded(user):
		shared = (note.shared_with_seconded == 1) | (note.owner == literal(user))
		return shared & reads_confidential(note, user)
	return reads_confidential(note, user)


def is_only_seconded(user: str) -> bool:
	"""Tell whether the user works here for another agency: a seconded worker and nothing besides."""
	roles = set(frappe.get_roles(user))
	return "Seconded Case Worker" in roles and not roles & {"Case Worker", "Case Manager Lead"}


def reads_confidential(note: Table, user: str) -> Criterion:
	"""A confidential note is read by its author and by who leads the program of its case."""
	case = DocType("Client Case")
	led = frappe.qb.from_(case).select(case.name).where(case.program.isin(get_led_programs(user)))
	return (note.confidential == 0) | (note.owner == literal(user)) | note.client_case.isin(led)


def literal(value: str) -> Term:
	"""Return a value as the database driver escapes it, for conditions that are handed on as SQL."""
	return LiteralValue(frappe.db.escape(value, percent=False))


def as_sql(condition: Criterion) -> str:
	quote = '"' if frappe.db.db_type == "postgres" else "`"
	return condition.get_sql(quote_char=quote, secondary_quote_char="'", with_namespace=True, subquery=True)
