"""Who may see which client: one rule, from which both of Frappe's hooks are derived.

	A user sees a client when today they are on the team of one of the client's cases, or own or are assigned the
	client's open intake, or lead a program the client has a case in, or hold an unexpired Emergency Access; and never
	when a Conflict Declaration stands between them, nor, for a restricted client, when they are not on its list.

A record is visible when its client is visible, the role's DocType permission allows it, and the record itself is
not confidential to others. The rule is a query-builder condition (`get_condition`): the list hook puts it into
every list, the document hook runs it on the one row, and the child tables' lists carry their parents'.
"""

from functools import partial

import frappe
from frappe.model import table_fields as TABLE_FIELDS
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate
from frappe.utils.caching import request_cache
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Field

from case_management.case_management.access import grants
from case_management.case_management.access.grants import is_led, literal
from case_management.case_management.access.ways import Condition, both, either, find, unite
from case_management.case_management.access.written import written_once
from case_management.case_management.guard import references, referencing
from case_management.case_management.record.values import has_unstorable

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


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Return the condition on a list of `doctype` as SQL; empty for DocTypes that tell nothing of clients.

	Hook: permission_query_conditions, for every DocType (`*`), so that child tables, what points at a client's record,
	and DocTypes to come are covered without being named. Who asks for what somebody else may read, as a report of
	Frappe's does, is told of what both may.

	Like Frappe's own conditions it names the DocType's table, and so fails in a query that calls the table otherwise, as
	some of other apps' do; theirs get none, unless one of their records is about a client (`referencing.py`).
	"""
	users = dict.fromkeys((user or frappe.session.user, frappe.session.user))
	rules = [get_rule(doctype, user) for user in users if doctype and user != "Administrator"]
	return " and ".join(f"({as_sql(rule)})" for rule in rules if rule)


def get_rule(doctype: str, user: str, single: bool = False) -> Criterion | None:
	"""Return the condition on the records of any DocType; None for one that tells nothing of clients."""
	if doctype in CLIENT_RECORDS:
		return get_condition(doctype, user, single)
	if not referencing.tells_of_clients(doctype):
		return None
	rows = get_child_condition(doctype, user) if doctype in referencing.get_found() else None
	if rows and not has_other_parents(doctype):
		return rows  # which their parent shows, whatever they point at
	rules = (rows, references.get_reference_condition(doctype, user))
	return Criterion.all([rule for rule in rules if rule]) if any(rules) else None


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
		return is_visible("Client", doc.client, user)
	return True


def is_stored(doc: Document) -> bool:
	"""Tell whether a record is stored, whatever it says of itself: a copy that was sent may say that it is new."""
	name = doc.get("name")
	return bool(name) and (not doc.get("__islocal") or bool(frappe.db.exists(doc.doctype, name)))


def is_visible(doctype: str, name: str, user: str | None = None) -> bool:
	"""Run the list's condition on one stored record."""
	user = user or frappe.session.user
	rule = None if user == "Administrator" else get_rule(doctype, user, single=True)
	if not rule:
		return True
	if has_unstorable(name):
		return False
	table = DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name == name)
	return bool(query.where(rule).limit(1).run())


@written_once
def get_condition(doctype: str, user: str, single: bool = False) -> Criterion:
	"""Return the rule for the records of a client DocType, as a condition on its table.

	:param single: written for one record whose row is known, instead of a list of which the rows are to be found
	"""
	table = DocType(doctype)
	if doctype == "Client":
		return sees_client(table.name, user, single)
	if doctype in SEEN_OTHERWISE:
		return SEEN_OTHERWISE[doctype](table, user, single)
	condition = sees_client(table.client, user, single)
	return condition & SEEN_BY_FEWER[doctype](table, user) if doctype in SEEN_BY_FEWER else condition


def get_child_condition(doctype: str, user: str) -> Criterion | None:
	"""Return the condition on rows of a child table: the row's parent is visible. None for other tables."""
	if not frappe.get_meta(doctype).istable:
		return None
	ways = [partial(is_row_of, parent, user) for parent in get_parents(doctype)]
	if ways and has_other_parents(doctype):
		ways.append(lambda row: row.parenttype.notin(CLIENT_RECORDS))
	return either(DocType(doctype), ways) if ways else None


def is_row_of(parent: str, user: str, row: Table) -> Criterion:
	"""Return the condition that a child row belongs to a record of the DocType which the user sees."""
	parents = DocType(parent)
	visible = frappe.qb.from_(parents).select(parents.name).where(get_condition(parent, user))
	return (row.parenttype == parent) & row.parent.isin(visible)


@request_cache
def has_other_parents(child: str) -> bool:
	"""Tell whether a DocType that is no client record has this child table too."""
	filters = {"options": child, "fieldtype": ("in", TABLE_FIELDS)}
	of_doctypes = {**filters, "parent": ("not in", CLIENT_RECORDS), "parenttype": "DocType"}
	custom = {**filters, "dt": ("not in", CLIENT_RECORDS)}
	return bool(frappe.db.exists("DocField", of_doctypes) or frappe.db.exists("Custom Field", custom))


def get_parents(child: str) -> list[str]:
	"""Return the client DocTypes that have this child table, an administrator's custom tables included."""
	return [
		parent
		for parent in CLIENT_RECORDS
		if any(field.options == child for field in frappe.get_meta(parent).get_table_fields())
	]


def sees_client(client: Field, user: str, single: bool = False) -> Criterion:
	"""Return the rule: something grants the client today, and nothing denies it.

	Of a list the granted clients are looked up first, all kinds of grants as one set, so that the database goes from
	them to the records by index. Of a single record each grant is looked up for its client.
	"""
	if single:
		return is_granted(client, user, single) & is_not_denied(client, user)
	granted = unite_granted(user)
	visible = frappe.qb.from_(granted).select(granted.client).where(is_not_denied(granted.client, user))
	return client.isin(visible)


def is_granted(client: Field, user: str, single: bool = False) -> Criterion:
	if single:
		return Criterion.any([clients.include(client) for clients in grants.get_granted(user)])
	granted = unite_granted(user)
	return client.isin(frappe.qb.from_(granted).select(granted.client))


def unite_granted(user: str) -> QueryBuilder:
	return unite([clients.select() for clients in grants.get_granted(user)]).as_("granted")


def is_not_denied(client: Field, user: str) -> Criterion:
	"""Return the condition that neither a restriction nor a conflict denies the client, whatever grants."""
	return Criterion.all([clients.include(client).negate() for clients in grants.get_denied(user)])


def sees_intake(intake: Table, user: str, single: bool = False) -> Criterion:
	"""An intake is visible with its client; before there is one, to who works on it and to the program's lead.

	Who took it still sees it for some days after the decision, and one that nobody has taken waits in a queue for
	every intake worker.
	"""
	ways = get_ways_to_intake(user, single)
	if single:
		return Criterion.any([way(intake) for way in ways]) & is_not_denied(intake.client, user)
	rows = find(intake, ways, ("name", "client"))
	return intake.name.isin(frappe.qb.from_(rows).select(rows.name).where(is_not_denied(rows.client, user)))


def get_ways_to_intake(user: str, single: bool) -> list[Condition]:
	ways = [
		lambda row: is_granted(row.client, user, single),
		*(
			partial(both, is_in_sight, works)
			for is_in_sight in (is_open_intake, was_just_decided)
			for works in grants.works_on_intake(user)
		),
		lambda row: grants.leads_intake(row, user),
		lambda row: grants.is_asked_to_confirm(row, user),
	]
	if "Case Intake Worker" in frappe.get_roles(user):
		ways.append(lambda row: row.client.isnull() & row.intake_worker.isnull() & (row.status == "New"))
	return ways


def is_open_intake(intake: Table) -> Criterion:
	return intake.status.isin(grants.OPEN_INTAKE)


def was_just_decided(intake: Table) -> Criterion:
	return intake.access_until >= getdate()


def sees_unmet_need(need: Table, user: str, single: bool = False) -> Criterion:
	"""An unmet need follows its client; one of a person who was turned away follows the intake."""
	own = [lambda row: row.client.isnull() & row.intake.isnull() & (row.owner == literal(user))]
	return either(need, get_ways_by_intake(user, single) + own, single)


def get_ways_by_intake(user: str, single: bool) -> list[Condition]:
	"""A record follows its client; one of a person who was turned away follows the intake."""
	return [
		lambda row: sees_client(row.client, user, single),
		lambda row: row.client.isnull() & follows_intake(row, user, single),
	]


def follows_intake(record: Table, user: str, single: bool) -> Criterion:
	intake = DocType("Client Intake")
	intakes = frappe.qb.from_(intake).where(sees_intake(intake, user, single))
	return (
		grants.exists(intakes.where(intake.name == record.intake))
		if single
		else record.intake.isin(intakes.select(intake.name))
	)


def sees_feedback(feedback: Table, user: str, single: bool = False) -> Criterion:
	"""Feedback follows its client; what names no client is read by its program's leader and by who recorded it."""
	ways = [
		lambda row: sees_client(row.client, user, single),
		lambda row: row.client.isnull() & is_led(row.program, user),
		lambda row: row.client.isnull() & (row.owner == literal(user)),
	]
	return either(feedback, ways, single)


def reads_log(log: Table, user: str, single: bool = False) -> Criterion:
	"""Lines of the access log follow their client; who has the privacy role of Settings reads all of them."""
	return grants.ALWAYS if grants.has_privacy_role(user) else sees_client(log.client, user, single)


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
	case = DocType("Client Case").as_("noted")
	led = frappe.qb.from_(case).where((case.name == note.client_case) & is_led(case.program, user))
	return (note.confidential == 0) | (note.owner == literal(user)) | grants.exists(led)


def reads_declaration(declaration: Table, user: str) -> Criterion:
	"""What the client said about a worker is not for that worker, not even when it has ended."""
	return declaration.user != literal(user)


def as_sql(condition: Criterion) -> str:
	quote = '"' if frappe.db.db_type == "postgres" else "`"
	return condition.get_sql(quote_char=quote, secondary_quote_char="'", with_namespace=True, subquery=True)


# DocTypes whose records may be seen without their client.
SEEN_OTHERWISE = {
	"Client Intake": sees_intake,
	"Disclosure": lambda row, user, single=False: either(row, get_ways_by_intake(user, single), single),
	"Unmet Need": sees_unmet_need,
	"Client Feedback": sees_feedback,
	"Client Access Log": reads_log,
}
# DocTypes of which not everybody who sees the client sees every record.
SEEN_BY_FEWER = {"Case Note": reads_note, "Conflict Declaration": reads_declaration}
SEEN_BY_FEWER["Accommodation Stay"] = grants.reads_stay
