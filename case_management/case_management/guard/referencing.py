"""Which DocTypes can be about a client on this site: of other apps' only those of which a record names one.

Frappe's own logs and attachments always can. Any other DocType with a dynamic link could, but is left alone, with its
lists, reports and counts, until one of its records names a client record. That it does is stored in the database
together with the first such record, for good; Frappe's cache holds the names for all requests. There a name is only
ever added: before the record is committed, and once more afterwards, since the cache may have been emptied between.

Each process knows the names for a moment (`moments.py`), so that most requests do not even ask the cache; and the first
such record of a DocType waits as long before it is stored.
"""

from collections.abc import Iterator
from functools import partial

import frappe
from frappe.model import table_fields as TABLE_FIELDS
from frappe.model.document import Document
from frappe.query_builder import DocType
from pypika.queries import Table
from pypika.terms import Criterion

from case_management import permissions
from case_management.case_management.guard import moments
from case_management.case_management.guard.moments import known_for_a_moment

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
# Frappe's own DocTypes that name a record of any DocType; it writes many of them without validating them.
OF_FRAPPE = frozenset(
	[
		*PLAIN_REFERENCES,
		*OWN,
		"Activity Log",
		"Auto Repeat",
		"Comment",
		"Communication",
		"Communication Link",
		"Discussion Topic",
		"DocShare",
		"Document Follow",
		"Document Share Key",
		"Email Unsubscribe",
		"Event",
		"Event Participants",
		"Integration Request",
		"Permission Log",
		"Reminder",
		"Submission Queue",
		"Tag Link",
		"ToDo",
		"User Permission",
		"View Log",
		"Webhook",
		"Workflow Action",
	]
)
# The key of the rows of DefaultValue that name the DocTypes found, below the parent of all that this app notes there.
FOUND = "Names Clients"
CACHE = "doctypes_about_clients"
# In the cache: the names that the database has are there as well.
LOADED = "*"


def tells_of_clients(doctype: str) -> bool:
	"""Tell whether records of a DocType are clients', rows of theirs, or may point at them on this site."""
	return doctype in permissions.CLIENT_RECORDS or doctype in OF_FRAPPE or doctype in get_found()


@known_for_a_moment
def get_found() -> set[str]:
	"""Return the tables of client records, and the DocTypes of other apps of which a record names one."""
	found = {name.decode() for name in frappe.cache.smembers(CACHE)}
	return found if LOADED in found else load_found()


def load_found() -> set[str]:
	rows = frappe.get_all("DefaultValue", {"parent": MODULE, "defkey": FOUND}, pluck="defvalue")
	found = {*rows, *get_tables()}
	frappe.cache.sadd(CACHE, LOADED, *found)
	return found


def get_tables() -> list[str]:
	"""Return the child tables of the client DocTypes, an administrator's custom tables included."""
	of_clients = {"fieldtype": ("in", TABLE_FIELDS), "parent": ("in", permissions.CLIENT_RECORDS)}
	custom = {"fieldtype": ("in", TABLE_FIELDS), "dt": ("in", permissions.CLIENT_RECORDS)}
	return [
		*frappe.get_all("DocField", of_clients, pluck="options"),
		*frappe.get_all("Custom Field", custom, pluck="options"),
	]


def add_found(doctype: str) -> None:
	"""Store that a DocType's records name clients, with the record that does, and wait until every process knows."""
	frappe.cache.sadd(CACHE, doctype)
	frappe.db.after_commit.add(partial(frappe.cache.sadd, CACHE, doctype))
	if not frappe.db.exists("DefaultValue", {"parent": MODULE, "defkey": FOUND, "defvalue": doctype}):
		frappe.defaults.add_default(FOUND, doctype, MODULE)
		moments.wait()


def note_references(doc: Document, event: str | None = None) -> None:
	"""Note which DocTypes a document that is stored makes one that names clients: its own, and those of its rows.

	Hook: on_change, for every DocType (`*`), which is run of documents that are not validated, too; what is validated
	comes here from `attachments.validate_attached`, before it is stored.
	"""
	for doctype in {*get_naming(doc)} - OF_FRAPPE:
		add_found(doctype)


def get_naming(doc: Document) -> Iterator[str]:
	rows = doc.get_all_children()
	if doc.doctype in permissions.CLIENT_RECORDS:
		yield from (row.doctype for row in rows if row.meta.module != MODULE)
		return
	for row in (doc, *rows):
		if any(row.get(kind) in permissions.CLIENT_RECORDS for kind, _name in get_references(row.doctype)):
			yield from (row.doctype, row.get("parenttype") or doc.doctype)


def find_references() -> None:
	"""Note the DocTypes that name clients by rows of which Frappe told nobody: of before the app, or written past it.

	Hooks: after_migrate, daily_long; also called when the app is installed.
	"""
	links = {"fieldtype": "Dynamic Link"}
	doctypes = {*frappe.get_all("DocField", links, pluck="parent")}
	doctypes |= {*frappe.get_all("Custom Field", links, pluck="dt")}
	for doctype in doctypes - OF_FRAPPE:
		for found in find_naming(doctype) if frappe.db.table_exists(doctype) else ():
			add_found(found)
	frappe.cache.delete_value(CACHE)
	moments.forget()


def find_naming(doctype: str) -> set[str]:
	"""Return a DocType, and those of which it is a table, if one of its rows names a client record."""
	table = DocType(doctype)
	references = get_references(doctype)
	if not references:
		return set()
	query = frappe.qb.from_(table).where(names_client(table, references))
	if not frappe.get_meta(doctype).istable:
		return {doctype} if query.select(table.name).limit(1).run() else set()
	parents = query.select(table.parenttype).distinct().run(pluck=True)
	return {doctype, *filter(None, parents)} if parents else set()


def names_client(table: Table, references: list[tuple[str, str]]) -> Criterion:
	return Criterion.any([table[kind].isin(permissions.CLIENT_RECORDS) for kind, _name in references])


@known_for_a_moment
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


@known_for_a_moment
def get_row_references(doctype: str) -> list[tuple[str, str, str]]:
	"""Return the same of a DocType's tables, each with the table's DocType: an event's participants, a mail's links."""
	tables = [field.options for field in frappe.get_meta(doctype).get_table_fields()]
	return [(child, *pair) for child in dict.fromkeys(tables) for pair in get_references(child)]
