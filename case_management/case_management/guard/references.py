"""Records of Frappe that point at a client's record: comments, files, versions, tags, to-dos, logs …

Frappe lists them by the rights on their own DocType, and who lists them learns of the record they point at. Here each
follows that record: it is seen by who sees the record, in lists and one by one, whatever else their role allows.
"""

from collections.abc import Callable
from functools import lru_cache

import frappe
from frappe.model.document import Document
from frappe.permissions import get_doctypes_with_custom_docperms, get_perms_for
from frappe.query_builder import DocType
from pypika.functions import Coalesce
from pypika.queries import QueryBuilder, Table
from pypika.terms import Bracket, Case, Criterion, Field

from case_management import permissions
from case_management.case_management.access.grants import literal
from case_management.case_management.access.written import written_once
from case_management.case_management.guard import referencing
from case_management.case_management.guard.moments import known_for_a_moment
from case_management.case_management.record.refusal import refuse_as_absent

# For how many seconds it is kept which client DocTypes a user's roles read; the rule itself is asked each time.
KEPT = 300
READABLE = "readable_client_doctypes"


def get_reference_condition(doctype: str, user: str) -> Criterion | None:
	"""Return the condition on a list of what may point at clients' records; None for a DocType that cannot."""
	if doctype not in referencing.OWN and not get_readable(user):
		references = (*referencing.get_references(doctype), *referencing.get_row_references(doctype))
		return write_plain_condition(frappe.db.db_type, doctype, *references)
	return write_reference_condition(doctype, user)


class Written(Criterion):
	"""A condition as SQL, in brackets, for it may say “or”: to write it takes longer than to ask by it."""

	def __init__(self, sql: str) -> None:
		super().__init__()
		self.sql = f"({sql})"

	def get_sql(self, **kwargs: object) -> str:
		return self.sql


@lru_cache
def write_plain_condition(_database: str, doctype: str, *_references: tuple) -> Written | None:
	"""Return the condition for everybody who reads no client DocType, the same for as long as it is of the same fields."""
	condition = write_reference_condition(doctype)
	return condition and Written(permissions.as_sql(condition))


def write_reference_condition(doctype: str, user: str | None = None) -> Criterion | None:
	"""Return the condition for a user; for None, that nothing is said of any client."""
	table = DocType(doctype)
	conditions = [follows(table, *pair, user) for pair in referencing.get_references(doctype)]
	for child, *pair in referencing.get_row_references(doctype):
		row = DocType(child)
		kept_away = frappe.qb.from_(row).select(row.parent).where(row.parenttype == doctype)
		conditions.append(table.name.notin(kept_away.where(~follows(row, *pair, user))))
	if owner := referencing.OWN.get(doctype):
		conditions.append((table[owner] == literal(user)) | ~is_about_clients(doctype, table))
	return Criterion.all(conditions) if conditions else None


def follows(table: Table, kind: str, name: str, user: str | None) -> Criterion:
	"""Return the condition that a row points at no client's record, or at one that the user sees.

	One that names a client DocType and no record says nothing of anybody. The client is looked up row by row, so that
	the rule, which is long, stands in the condition once and not for each DocType.
	"""
	# A field as it is would have the database look up each of the names in an index.
	free = Coalesce(table[kind], "").notin(permissions.CLIENT_RECORDS) | (Coalesce(table[name], "") == "")
	readable = get_readable(user) if user else []
	otherwise = [doctype for doctype in readable if doctype in permissions.SEEN_OTHERWISE]
	by_client = [doctype for doctype in readable if doctype not in otherwise]
	conditions = [free, sees_by_client(table, kind, name, by_client, user)] if by_client else [free]
	for doctype in otherwise:
		visible = select(doctype, user, permissions.SEEN_OTHERWISE[doctype])
		conditions.append((table[kind] == doctype) & table[name].isin(visible))
	return Criterion.any(conditions)


def sees_by_client(table: Table, kind: str, name: str, doctypes: list[str], user: str) -> Criterion:
	"""Return the condition that a row points at a record whose client the user sees, and which is not kept from them."""
	clients = select("Client", user, sees)
	seen = get_client(table, kind, name, doctypes).isin(clients)
	for doctype in doctypes:
		if fewer := permissions.SEEN_BY_FEWER.get(doctype):
			seen &= (table[kind] != doctype) | table[name].isin(select(doctype, user, fewer))
	return seen


def sees(client: Table, user: str) -> Criterion:
	return permissions.sees_client(client.name, user)


@known_for_a_moment
def get_readable(user: str) -> list[str]:
	"""Return the client DocTypes that a user's roles read, from Frappe's cache of the user."""
	readable = frappe.cache.get_value(READABLE, user=user, expires=True)
	return load_readable(user) if readable is None else readable


def load_readable(user: str) -> list[str]:
	"""Find out which client DocTypes a user's roles read: from the rows of rights, as DocTypes take long to load."""
	roles, customised = frappe.get_roles(user), get_doctypes_with_custom_docperms()
	rights = [right for right in get_perms_for(roles) if right.parent not in customised]
	rights += get_perms_for(roles, "Custom DocPerm")
	readable = {right.parent for right in rights if right.read}
	readable = [doctype for doctype in permissions.CLIENT_RECORDS if doctype in readable]
	frappe.cache.set_value(READABLE, readable, user=user, expires_in_sec=KEPT)
	return readable


@written_once
def select(doctype: str, user: str, rule: Callable[[Table, str], Criterion]) -> QueryBuilder:
	"""Return the records of a client DocType for which a rule holds."""
	record = DocType(doctype)
	return frappe.qb.from_(record).select(record.name).where(rule(record, user))


def get_client(table: Table, kind: str, name: str, doctypes: list[str]) -> Case:
	"""Return the expression for the client of the record that a row points at."""
	client = Case()
	for doctype in doctypes:
		record = DocType(doctype)
		named = frappe.qb.from_(record).select(record.client).where(record.name == table[name])
		client = client.when(table[kind] == doctype, table[name] if doctype == "Client" else Bracket(named))
	return client


def is_about_clients(doctype: str, table: Table) -> Criterion:
	"""Return the condition that a row tells what somebody did with clients' records."""
	if doctype == "Route History":
		return table.name.isnotnull()
	if doctype == "Data Import":
		return table.reference_doctype.isin(permissions.CLIENT_RECORDS)
	if doctype == "Data Import Log":
		return table.data_import.isin(select_imports())
	if doctype == "Access Log":
		return table.export_from.isin(permissions.CLIENT_RECORDS) | is_client_report(table.report_name)
	if doctype == "List Filter":
		return table.reference_doctype.isin(permissions.CLIENT_RECORDS) & (table.for_user != "")
	return is_client_report(table.report if doctype == "Auto Email Report" else table.report_name)


def select_imports() -> QueryBuilder:
	table = DocType("Data Import")
	return (
		frappe.qb.from_(table)
		.select(table.name)
		.where(table.reference_doctype.isin(permissions.CLIENT_RECORDS))
	)


def is_client_report(report: Field) -> Criterion:
	table = DocType("Report")
	tells = table.ref_doctype.isin(permissions.CLIENT_RECORDS) | (table.module == referencing.MODULE)
	reports = frappe.qb.from_(table).select(table.name).where(tells)
	return report.isnotnull() & report.isin(reports)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool | None:
	"""Deny what points at a client's record that the user does not see; leave everything else to Frappe.

	Where the request itself names it, it is answered like what is not there.

	Hook: has_permission, for every DocType (`*`). Frappe 15 takes the first opinion that it is given, so there must be
	none here where nothing is denied; Frappe 16 takes none for a denial.
	"""
	user = user or frappe.session.user
	if user != "Administrator" and doc.doctype not in permissions.CLIENT_RECORDS and is_denied(doc, user):
		if user == frappe.session.user and is_asked_for(doc):
			refuse_as_absent(doc)
		return False
	return get_no_opinion()


def is_asked_for(doc: Document) -> bool:
	"""Tell whether the request names a stored record: at the end of its address, or as an argument."""
	request = getattr(frappe.local, "request", None)
	if not request or not permissions.is_stored(doc):
		return False
	return doc.name in frappe.form_dict.values() or f"/{doc.name}/" in f"{request.path}/"


def get_no_opinion() -> bool | None:
	return None if frappe.__version__.startswith("15.") else True


def is_denied(doc: Document, user: str) -> bool:
	"""Tell whether a record in hand, or as it is stored, points at what the user does not see, or is another's own.

	The one in hand may have been turned elsewhere, so that the stored one is asked for as in a list, once for each
	document in hand: Frappe asks for permission several times.
	"""
	if not all(points_at_seen(row, user) for row in (doc, *doc.get_all_children())):
		return True
	if not referencing.tells_of_clients(doc.doctype) or not permissions.is_stored(doc):
		return False
	if doc.flags.stored_seen_by != user:
		doc.flags.stored_seen_by = user if permissions.is_visible(doc.doctype, doc.name, user) else None
	return not doc.flags.stored_seen_by


def points_at_seen(row: Document, user: str) -> bool:
	"""Tell whether the user sees the client records that a document or a row names; one that names none is not asked."""
	named = [(row.get(kind), row.get(name)) for kind, name in referencing.get_references(row.doctype)]
	return all(
		reads(doctype, name, user)
		for doctype, name in named
		if doctype in permissions.CLIENT_RECORDS and name
	)


def reads(doctype: str, name: str, user: str | None = None) -> bool:
	"""Tell whether a user's role reads a client DocType, and the rule shows them the record."""
	return bool(frappe.has_permission(doctype, "read", user=user)) and permissions.is_visible(
		doctype, name, user
	)
