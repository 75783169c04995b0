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
from frappe.utils import getdate
from pypika.queries import Table
from pypika.terms import Criterion, Field

from case_management.case_management.access import grants
from case_management.case_management.access.grants import get_led_programs, literal

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
	granting = (
		grants.get_clients_by_team(user),
		grants.get_clients_by_head_team(user),
		grants.get_clients_by_program(user),
		grants.get_clients_by_intake(user),
		grants.get_clients_just_made(user),
		grants.get_clients_in_emergency(user),
	)
	return Criterion.any([client.isin(clients) for clients in granting]) & is_not_denied(client, user)


def is_not_denied(client: Field, user: str) -> Criterion:
	"""Return the condition that neither a restriction nor a conflict denies the client, whatever grants."""
	denied = (
		grants.get_restricted_clients(user),
		grants.get_clients_in_conflict(user),
		grants.get_household_in_conflict(user),
	)
	return Criterion.all([client.notin(clients) for clients in denied])


def sees_intake(intake: Table, user: str) -> Criterion:
	"""An intake is visible with its client; before there is one, to who works on it and to the program's lead.

	Who took it still sees it for some days after the decision, and one that nobody has taken waits in a queue for
	every intake worker.
	"""
	from_client = intake.client.isnotnull() & sees_client(intake.client, user)
	open_today = intake.status.isin(grants.OPEN_INTAKE) | (intake.access_until >= getdate())
	by_work = open_today & grants.works_on_intake(intake, user)
	by_lead = intake.client.isnull() & intake.program.isin(get_led_programs(user))
	granting = [from_client, by_work, by_lead]
	if "Case Intake Worker" in frappe.get_roles(user):
		granting.append(intake.client.isnull() & intake.intake_worker.isnull() & (intake.status == "New"))
	return Criterion.any(granting) & (intake.client.isnull() | is_not_denied(intake.client, user))


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


def as_sql(condition: Criterion) -> str:
	quote = '"' if frappe.db.db_type == "postgres" else "`"
	return condition.get_sql(quote_char=quote, secondary_quote_char="'", with_namespace=True, subquery=True)
