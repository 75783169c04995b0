"""The indexes by which the rule of who sees whom finds its rows, where the DocTypes' own are not enough.

Frappe makes an index for a field marked so, but for none of its standard fields; and on PostgreSQL, where an index's
name is the whole database's, it makes one only for the first DocType that has a field of that name.
"""

import frappe
from frappe import scrub

from case_management.permissions import CLIENT_RECORDS, get_parents

# What somebody made is theirs to see until it has a case, a client or a decision; and to-dos are looked up by person.
INDEXES = (
	("Client", ("owner",)),
	("Client Intake", ("owner",)),
	("Unmet Need", ("owner",)),
	("Client Feedback", ("owner",)),
	("ToDo", ("allocated_to", "reference_type")),
)


def add_indexes() -> None:
	"""Make the indexes that are missing. Called by migrate and when the app is installed."""
	indexes = [*INDEXES, *get_indexes_of_fields()] if frappe.db.db_type == "postgres" else INDEXES
	for doctype, fields in indexes:
		frappe.db.add_index(doctype, list(fields), get_name(doctype, fields))


def get_name(doctype: str, fields: tuple[str, ...]) -> str:
	return "_".join((scrub(doctype), *fields, "index"))


def get_indexes_of_fields() -> list[tuple[str, tuple[str]]]:
	"""Return an index for each field of the client records and their child tables that is marked to have one."""
	children = [name for name in frappe.get_all("DocType", {"istable": 1}, pluck="name") if get_parents(name)]
	return [
		*((child, ("parent",)) for child in children),
		*((doctype, ("creation",)) for doctype in (*CLIENT_RECORDS, *children)),
		*(
			(doctype, (field.fieldname,))
			for doctype in (*CLIENT_RECORDS, *children)
			for field in frappe.get_meta(doctype).fields
			if field.search_index
		),
	]
