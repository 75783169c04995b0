"""Fields that a list of clients' records is asked for: names of fields and counts of them, nothing that is written like SQL.

Frappe takes such text apart by its brackets, and answers some of it with a server error that holds a piece of the query.
"""

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.guard.addresses import get_doctype
from case_management.case_management.guard.arguments import walk
from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.record.client_record import is_about_one_client
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, SEEN_BY_FEWER, SEEN_OTHERWISE

# Arguments that name fields, and a link's field, a dot, and a field of what it links to.
QUERY_ARGUMENTS = {"field", "fieldname", "fields", "filters", "group_by", "or_filters", "order_by"}
DOTTED = re.compile(r"(?<![\w`.])(\w+)\.(?=\w)")
NAME = r"[\w`.* -]+"
# `name`, `tabClient`.`name as code`, count(`tabClient`.`name`) as number, …
FIELD = re.compile(
	rf"^\s*(distinct\s+)?({NAME}|(count|sum|avg|min|max)\s*\(\s*(distinct\s+)?{NAME}(,{NAME})*\))(\s+as\s+[\w`'\"]+)?\s*$",
	re.IGNORECASE,
)
# How Frappe compares a field with a value.
OPERATORS = {
	*("=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is", "between", "regexp"),
	*("timespan", "previous", "next", "ancestors of", "not ancestors of", "descendants of"),
	*("not descendants of", "descendants of (inclusive)"),
}


def validate_query(given: dict[str, Any]) -> None:
	"""Refuse a list whose fields are no names of fields, or whose filters compare in no way that there is.

	:param given: the request's arguments, as `get_arguments` returns them
	:raises frappe.PermissionError: naming what is no field, or no way to compare
	"""
	doctype = get_listed_doctype(given)
	if not doctype or not tells_of_clients(doctype):
		return
	for field in get_fields(given.get("fields")):
		if not FIELD.match(field) or "--" in field:
			deny(_("“{0}” is not a field of {1}.").format(field[:140], _(doctype)))
	for key in ("filters", "or_filters"):
		for operator in get_operators(given.get(key)):
			if operator.strip().lower() not in OPERATORS:
				deny(_("“{0}” is not a valid operator.").format(operator[:140]))


def refuse_dotted_links(given: dict[str, Any]) -> None:
	"""Refuse to read or to filter by a field of a linked record that need not be seen by who sees the link.

	Frappe asks for the role on the linked DocType, not for the linked record. The client of a client's record is seen
	with it, and so is what belongs to the same client.
	"""
	asked = [value for key in QUERY_ARGUMENTS & given.keys() for _key, value in walk(given[key])]
	links = {link for text in asked if isinstance(text, str) for link in DOTTED.findall(text)}
	doctype = links and get_listed_doctype(given)
	for field in get_links(doctype, links) if doctype else ():
		if tells_of_clients(field.options) and not is_safe(doctype, field):
			deny(_("{0} is not read through “{1}”.").format(_(field.options), _(field.label)))


def get_links(doctype: str, names: set[str]) -> list[Document]:
	"""Return the link fields of some names in a DocType and in its tables."""
	tables = [field.options for field in frappe.get_meta(doctype).get_table_fields()]
	metas = [frappe.get_meta(name) for name in (doctype, *tables)]
	return [field for meta in metas for field in meta.get_link_fields() if field.fieldname in names]


def get_listed_doctype(given: dict[str, Any]) -> str | None:
	doctype = get_doctype() or given.get("doctype")
	return doctype if isinstance(doctype, str) and frappe.db.exists("DocType", doctype, cache=True) else None


def is_safe(doctype: str, field: Document) -> bool:
	"""Tell whether who sees a record sees what this field of it links to."""
	of_record = doctype if doctype in CLIENT_RECORDS else None
	if field.options == "Client":
		is_own = field.fieldname == "client" and field.parent == doctype
		return is_own and of_record not in (None, *SEEN_OTHERWISE)
	return bool(of_record) and field.options not in SEEN_BY_FEWER and is_about_one_client(field)


def get_operators(filters: object) -> Iterator[str]:
	"""Yield how filters compare: rows of field, operator and value, with the DocType before them or not."""
	rows = filters if isinstance(filters, list) else ()
	for row in rows:
		if isinstance(row, list) and len(row) > 2:
			operator = row[2] if len(row) > 3 else row[1]
			yield from [operator] if isinstance(operator, str) else []


def get_fields(value: object) -> Iterator[str]:
	"""Yield the texts among the fields asked for: a list, its JSON text, or names with commas between."""
	if isinstance(value, str):
		value = [value] if "(" in value else value.split(",")
	if isinstance(value, list | tuple):
		yield from (field for field in value if isinstance(field, str))
