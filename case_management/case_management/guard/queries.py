"""Fields that a list of clients' records is asked for: names of fields and counts of them, nothing that is written like SQL.

Frappe takes such text apart by its brackets, and answers some of it with a server error that holds a piece of the query.
"""

import json
import re
from collections.abc import Iterator

import frappe
from frappe import _

from case_management.case_management.guard.gate import get_listed_doctype
from case_management.case_management.guard.named_records import parse
from case_management.case_management.guard.references import tells_of_clients
from case_management.case_management.record.refusal import deny

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


def check_fields() -> None:
	"""Refuse a list whose fields are no names of fields, or whose filters compare in no way that there is.

	Hook: before_request.

	:raises frappe.PermissionError: naming what is no field, or no way to compare
	"""
	asked = {"fields", "filters", "or_filters"} & frappe.form_dict.keys()
	doctype = asked and get_listed_doctype()
	if not doctype or not tells_of_clients(doctype):
		return
	for field in get_fields(frappe.form_dict.get("fields")):
		if not FIELD.match(field) or "--" in field:
			deny(_("“{0}” is no field of {1}.").format(field[:140], _(doctype)))
	for key in ("filters", "or_filters"):
		for operator in get_operators(parse(frappe.form_dict.get(key))):
			if operator.strip().lower() not in OPERATORS:
				deny(_("“{0}” is no way to compare.").format(operator[:140]))


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
		try:
			value = json.loads(value)
		except (ValueError, RecursionError):
			value = [value] if "(" in value else value.split(",")
	if isinstance(value, list | tuple):
		yield from (field for field in value if isinstance(field, str))
