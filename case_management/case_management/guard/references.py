"""Records of Frappe that point at a client's record: comments, files, versions, tags, to-dos, logs …

Frappe lists them by the rights on their own DocType, and who lists them learns of the record they point at. Here each
follows that record: it is seen by who sees the record, in lists and one by one, whatever else their role allows.
"""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.permissions import get_doctypes_with_custom_docperms, get_perms_for
from frappe.query_builder import DocType
from frappe.utils.caching import request_cache
from pypika.queries import QueryBuilder, Table
from pypika.terms import Bracket, Case, Criterion, Field

from case_management import permissions
from case_management.case_management.access.grants import literal
from case_management.case_management.access.written import written_once

MODULE = "Case Management"
# Pairs of fields, for a DocType's name and a record's, that Frappe has not made Dynamic Links in every version.
PLAIN_REFERENCES = {
	"Access Log": ("export_from", "reference_document"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Error Log": ("reference_doctype", "reference_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Milestone": ("reference_type", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Transaction Log": ("reference_doctype", "document_name"),
	"Version": ("ref_doctype", "docname"),
}
# What somebody did with many clients' records, or where they went, is for themselves to look at: whose it is.
OWN = {
	"Access Log": "user",
	"Auto Email Report": "user",
	"Data Import": "owner",
	"Data Import Log": "owner",
	"List Filter": "for_user",
	"Prepared Report": "owner",
	"Route History": "user",
}


def get_reference_condition(doctype: str, user: str) -> Criterion | None:
	"""Return the condition on a list of what may point at clients' records; None for a DocType that cannot."""
	table = DocType(doctype)
	conditions = [follows(table, *pair, user) for pair in get_references(doctype)]
	for child, *pair in get_row_references(doctype):
		row = DocType(child)
		kept_away = frappe.qb.from_(row).select(row.parent).where(row.parenttype == doctype)
		conditions.append(table.name.notin(kept_away.where(~follows(row, *pair, user))))
	if owner := OWN.get(doctype):
		conditions.append((table[owner] == literal(user)) | ~is_about_clients(doctype, table))
	return Criterion.all(conditions) if conditions else None


@request_cache
def tells_of_clients(doctype: str) -> bool:
	"""Tell whether records of a DocType are clients', rows of theirs, or may point at them."""
	if doctype in permissions.CLIENT_RECORDS or doctype in OWN:
		return True
	if not frappe.db.exists("DocType", doctype, cache=True):
		return False
	if get_references(doctype) or get_row_references(doctype):
		return True
	return frappe.is_table(doctype) and bool(permissions.get_parents(doctype))


@request_cache
def get_references(doctype: str) -> list[tuple[str, str]]:
	"""Return the pairs of fields of a DocType that name another record: its DocType's field, and its name's."""
	meta = frappe.get_meta(doctype)
	pairs = {
		(field.options, field.fieldname)
		for field in meta.get_dynamic_link_fields()
		if (kind := meta.get_field(field.options)) and kind.options == "DocType"
	}
	plain = PLAIN_REFERENCES.get(doctype)
	return sorted(pairs | {plain} if plain and meta.has_field(plain[0]) else pairs)


@request_cache
def get_row_references(doctype: str) -> list[tuple[str, str, str]]:
	"""Return the same of a DocType's tables, each with the table's DocType: an event's participants, a mail's links."""
	tables = [field.options for field in frappe.get_meta(doctype).get_table_fields()]
	return [(child, *pair) for child in dict.fromkeys(tables) for pair in get_references(child)]


def follows(table: Table, kind: str, name: str, user: str) -> Criterion:
	"""Return the condition that a row points at no client's record, or at one that the user sees.

	One that names a client DocType and no record says nothing of anybody. The client is looked up row by row, so that
	the rule, which is long, stands in the condition once and not for each DocType.
	"""
	free = table[kind].isnull() | table[kind].notin(permissions.CLIENT_RECORDS) | is_empty(table[name])
	readable = get_readable(tuple(frappe.get_roles(user)))
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


@request_cache
def get_readable(roles: tuple[str, ...]) -> list[str]:
	"""Return the client DocTypes that one of the roles reads; from the rows of rights, as DocTypes take long to load."""
	customised = get_doctypes_with_custom_docperms()
	rights = [right for right in get_perms_for(roles) if right.parent not in customised]
	rights += get_perms_for(roles, "Custom DocPerm")
	readable = {right.parent for right in rights if right.read}
	return [doctype for doctype in permissions.CLIENT_RECORDS if doctype in readable]


def is_empty(field: Field) -> Criterion:
	return field.isnull() | (field == "")


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
	tells = table.ref_doctype.isin(permissions.CLIENT_RECORDS) | (table.module == MODULE)
	reports = frappe.qb.from_(table).select(table.name).where(tells)
	return report.isnotnull() & report.isin(reports)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool | None:
	"""Deny what points at a client's record that the user does not see; leave everything else to Frappe.

	Hook: has_permission, for every DocType (`*`). Frappe 15 takes the first opinion that it is given, so there must be
	none here where nothing is denied; Frappe 16 takes none for a denial.
	"""
	user = user or frappe.session.user
	if user != "Administrator" and doc.doctype not in permissions.CLIENT_RECORDS and is_denied(doc, user):
		return False
	return get_no_opinion()


def get_no_opinion() -> bool | None:
	return None if frappe.__version__.startswith("15.") else True


def is_denied(doc: Document, user: str) -> bool:
	"""Tell whether a record in hand, or as it is stored, points at what the user does not see, or is another's own."""
	if references := get_references(doc.doctype):
		rows = [doc, get_stored(doc, references)]
		if not all(points_at_seen(row, references, user) for row in rows if row):
			return True
	for child, *pair in get_row_references(doc.doctype):
		rows = [row for row in doc.get_all_children() if row.doctype == child]
		if not all(points_at_seen(row, [pair], user) for row in rows):
			return True
	return (
		doc.doctype in OWN
		and permissions.is_stored(doc)
		and not permissions.is_visible(doc.doctype, doc.name, user)
	)


def get_stored(doc: Document, references: list[tuple[str, str]]) -> dict | None:
	"""Return what a record points at in the database: the one in hand may have been turned elsewhere."""
	if not permissions.is_stored(doc):
		return None
	fields = [field for pair in references for field in pair]
	return frappe.db.get_value(doc.doctype, doc.name, fields, as_dict=True)


def points_at_seen(row: Document | dict, references: list[tuple[str, str]], user: str) -> bool:
	for kind, name in references:
		doctype, record = row.get(kind), row.get(name)
		if doctype not in permissions.CLIENT_RECORDS or not record:
			continue
		if not reads(doctype, record, user):
			return False
	return True


def reads(doctype: str, name: str, user: str | None = None) -> bool:
	"""Tell whether a user's role reads a client DocType, and the rule shows them the record."""
	return bool(frappe.has_permission(doctype, "read", user=user)) and permissions.is_visible(
		doctype, name, user
	)
