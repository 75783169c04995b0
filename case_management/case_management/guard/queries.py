"""A caller's query: names of fields, plain comparisons, and nothing that is written like SQL.

Frappe puts parts of what it is sent into the query as they are, and what it misses there reads any table, past every
condition. So a list of what may be about clients is asked for in the form that the Desk uses, or not at all; and no request
brings a query within its query.
"""

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.guard.addresses import get_doctype, get_function
from case_management.case_management.guard.arguments import walk
from case_management.case_management.guard.named_records import get_doctype_of
from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.record.client_record import is_about_one_client
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, SEEN_BY_FEWER, SEEN_OTHERWISE

# Arguments that name fields, and a link's field, a dot, and a field of what it links to.
QUERY_ARGUMENT = re.compile("field|filter|order_by|group_by|based_on")
DOTTED = re.compile(r"(?<![\w`.])(\w+)\.(?=\w)")
NAME = r"[\w`.* -]+"
PLAIN = re.compile(r"\*|[\w`. ]+")
# `name`, `tabClient`.`name as code`, count(`tabClient`.`name`) as number, …
FIELD = re.compile(
	rf"^\s*(distinct\s+)?({NAME}|(count|sum|avg|min|max)\s*\(\s*(distinct\s+)?{NAME}(,{NAME})*\))(\s+as\s+[\w`'\"]+)?\s*$",
	re.IGNORECASE,
)
# Fields as Frappe 16 writes them: a function and what it is of.
FUNCTIONS = ("AVG", "COUNT", "MAX", "MIN", "SUM")
# `tabClient`.`modified` desc, name asc
ORDER = re.compile(rf"^\s*{NAME}(\s+(asc|desc))?\s*(,\s*{NAME}(\s+(asc|desc))?\s*)*$", re.IGNORECASE)
# A query within a query reads a table. The parts may stand in several arguments; a column with its table is none.
SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
TABLE = re.compile(r"\btab[A-Z]|\b__[A-Za-z]|(?i:information_schema)")
COLUMN = re.compile(r"`tab[^`]+`\.`\w+`|\btab\w+\.\w+\b")
# Without one of these words there is neither, nor a part of a date.
QUERY_WORDS = ("select", "extract")
# A part of a date, of which Frappe 16 writes what it is given into the query.
DATE_PART, PART = "EXTRACT", re.compile(r"['\"`]?\w+['\"`]?")
# Arguments that people write texts in.
TEXTS = ("content", "doc", "docs", "document", "data", "script")
# How Frappe compares a field with a value.
OPERATORS = {
	*("=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is", "between", "regexp"),
	*("timespan", "previous", "next", "ancestors of", "not ancestors of", "descendants of"),
	*("not descendants of", "descendants of (inclusive)"),
}


def refuse_nested_queries(given: dict[str, Any]) -> None:
	"""Refuse arguments that have a query in them; a stored report or script of an administrator is no argument.

	:raises frappe.PermissionError: always the same
	"""
	texts = [text for key, value in given.items() if key not in TEXTS for text in get_texts(value)]
	if SELECT.search(said := "\n".join(texts)) and TABLE.search(COLUMN.sub("", said)):
		deny(_("A request cannot contain a query."))
	for _key, value in walk(given.get("fields")):
		part = value.get(DATE_PART) if isinstance(value, dict) else None
		part = part[0] if isinstance(part, list) and part else part
		if isinstance(part, str) and not PART.fullmatch(part):
			deny(_("“{0}” is not a part of a date.").format(part[:140]))


def get_texts(value: object) -> Iterator[str]:
	yield from (text for _key, text in walk(value) if isinstance(text, str))


def validate_query(given: dict[str, Any]) -> None:
	"""Refuse a list whose fields, order or filters are more than names of fields and plain comparisons.

	:param given: the request's arguments, as `get_arguments` returns them
	:raises frappe.PermissionError: naming what is no field, no order, or no way to compare
	"""
	doctype = any(map(QUERY_ARGUMENT.search, given)) and get_listed_doctype(given)
	if not doctype:
		return
	refuse_dotted_links({doctype}, given)
	if not tells_of_clients(doctype):
		return
	validate_fields(doctype, given.get("fields"))
	for key in ("order_by", "group_by"):
		if isinstance(order := given.get(key), str) and order.strip() and not ORDER.match(order):
			deny(_("“{0}” is not a field of {1}.").format(order[:140], _(doctype)))
	for key in (key for key in given if "filter" in key):
		validate_filters(doctype, given[key])


def validate_fields(doctype: str, fields: object) -> None:
	for field in get_fields(fields):
		if not is_function(field) and not (
			isinstance(field, str) and FIELD.match(field) and "--" not in field
		):
			deny(_("“{0}” is not a field of {1}.").format(str(field)[:140], _(doctype)))


def is_function(field: object) -> bool:
	"""Tell whether a field is one of the plain functions of a field, as `{"COUNT": "*", "as": "number"}`."""
	if not isinstance(field, dict):
		return False
	parts = {key: value for key, value in field.items() if key != "as"}
	alias = str(field.get("as") or "value")
	of = [value for given in parts.values() for value in (given if isinstance(given, list) else [given])]
	named = all(isinstance(value, str) and PLAIN.fullmatch(value) for value in of)
	return len(parts) == 1 and {*parts} <= {*FUNCTIONS} and named and bool(re.fullmatch(r"\w+", alias))


def validate_filters(doctype: str, filters: object) -> None:
	for operator in get_operators(filters):
		if operator.strip().lower() not in OPERATORS:
			deny(_("“{0}” is not a valid operator.").format(operator[:140]))
	# A database takes what follows a backslash for a letter, also the mark that ends a text.
	if any(isinstance(text, str) and "\\" in text for _key, text in walk(filters)):
		deny(_("A filter on {0} cannot contain a backslash.").format(_(doctype)))


def refuse_dotted_links(doctypes: set[str], given: dict[str, Any]) -> None:
	"""Refuse to read or to filter by a field of a linked record that need not be seen by who sees the link.

	Frappe asks for the role on the linked DocType, not for the linked record. The client of a client's record is seen
	with it, and so is what belongs to the same client.

	:param doctypes: what is listed or counted
	:param given: the request's arguments; those that name fields may stand in a card or a chart that is sent
	:raises frappe.PermissionError: naming the link
	"""
	asked = [text for key, value in walk(given) if QUERY_ARGUMENT.search(key) for text in get_texts(value)]
	links = {link for text in asked for link in DOTTED.findall(text)}
	for doctype in sorted(doctypes) if links else ():
		for field in get_links(doctype, links) if exists(doctype) else ():
			if tells_of_clients(field.options) and not is_safe(doctype, field):
				deny(_("{0} is not read through “{1}”.").format(_(field.options), _(field.label)))


def get_links(doctype: str, names: set[str]) -> list[Document]:
	"""Return the link fields of some names in a DocType and in its tables."""
	tables = [field.options for field in frappe.get_meta(doctype).get_table_fields()]
	metas = [frappe.get_meta(name) for name in (doctype, *tables)]
	return [field for meta in metas for field in meta.get_link_fields() if field.fieldname in names]


def get_listed_doctype(given: dict[str, Any]) -> str | None:
	doctype = get_doctype() or given.get("doctype") or get_doctype_of(get_function())
	return doctype if isinstance(doctype, str) else None


def exists(doctype: str) -> bool:
	return bool(frappe.db.exists("DocType", doctype, cache=True))


def is_safe(doctype: str, field: Document) -> bool:
	"""Tell whether who sees a record sees what this field of it links to."""
	of_record = doctype if doctype in CLIENT_RECORDS else None
	if field.options == "Client":
		is_own = field.fieldname == "client" and field.parent == doctype
		return is_own and of_record not in (None, *SEEN_OTHERWISE)
	return bool(of_record) and field.options not in SEEN_BY_FEWER and is_about_one_client(field)


def get_operators(filters: object) -> Iterator[str]:
	"""Yield how filters compare: rows of field, operator and value, with the DocType before them or not, or by field."""
	if isinstance(filters, dict):
		pairs = [value for value in filters.values() if isinstance(value, list) and len(value) == 2]
		yield from (operator for operator, _value in pairs if isinstance(operator, str))
	for row in filters if isinstance(filters, list) else ():
		if isinstance(row, list) and len(row) > 2:
			operator = row[2] if len(row) > 3 else row[1]
			yield from [operator] if isinstance(operator, str) else []


def get_fields(value: object) -> Iterator[object]:
	"""Yield what is asked for as fields: of a list, or names with commas between."""
	if isinstance(value, str):
		value = [value] if "(" in value else value.split(",")
	yield from value if isinstance(value, list | tuple) else [value] if isinstance(value, dict) else ()
