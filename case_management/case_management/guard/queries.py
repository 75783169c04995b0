"""Fields that a list of clients' records is asked for: names of fields and counts of them, nothing that is written like SQL.

Frappe takes such text apart by its brackets, and answers some of it with a server error that holds a piece of the query.
"""

import json
import re
from collections.abc import Iterator

import frappe
from frappe import _

from case_management.case_management.guard.gate import get_listed_doctype
from case_management.case_management.guard.references import tells_of_clients
from case_management.case_management.record.refusal import deny

NAME = r"[\w`.* -]+"
# `name`, `tabClient`.`name as code`, count(`tabClient`.`name`) as number, …
FIELD = re.compile(
	rf"^\s*(distinct\s+)?({NAME}|(count|sum|avg|min|max)\s*\(\s*(distinct\s+)?{NAME}(,{NAME})*\))(\s+as\s+[\w`'\"]+)?\s*$",
	re.IGNORECASE,
)


def check_fields() -> None:
	"""Refuse a list whose fields are no names of fields.

	Hook: before_request.

	:raises frappe.PermissionError: naming what is no field
	"""
	doctype = "fields" in frappe.form_dict and get_listed_doctype()
	if not doctype or not tells_of_clients(doctype):
		return
	for field in get_fields(frappe.form_dict["fields"]):
		if not FIELD.match(field) or "--" in field:
			deny(_("“{0}” is no field of {1}.").format(field[:140], _(doctype)))


def get_fields(value: object) -> Iterator[str]:
	"""Yield the texts among the fields asked for: a list, its JSON text, or names with commas between."""
	if isinstance(value, str):
		try:
			value = json.loads(value)
		except (ValueError, RecursionError):
			value = [value] if "(" in value else value.split(",")
	if isinstance(value, list | tuple):
		yield from (field for field in value if isinstance(field, str))
