"""Rows of a record's tables as they come from outside: texts or objects, checked before they reach the database."""

import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.sent_record import MAX_ROWS


def get_rows(
	doc: Document,
	label: str,
	value: list | dict | str | None,
	fields: tuple[str, ...],
	text_field: str | None = None,
) -> list[dict]:
	"""Return rows given as a list, as its JSON text, as one object or, where rows may be texts, as one text.

	:param label: what the rows are, translated, for the refusal
	:param fields: the fields a row may have
	:param text_field: the field that a plain text fills; None where a row is always an object
	:raises frappe.ValidationError: a row is no object, or has a field or a value it cannot have
	"""
	rows = read_json(value)
	if isinstance(value, str) and not isinstance(rows, list | dict):
		rows = value.strip()  # a text such as “5” is a text, not the number that JSON makes of it
	rows = rows if isinstance(rows, list) else [rows] if rows else []
	if text_field:
		rows = [{text_field: row} if isinstance(row, str) else row for row in rows]
	if len(rows) > MAX_ROWS:
		refuse(doc, _("{0} takes up to {1} new rows.").format(label, MAX_ROWS), _("Give fewer rows at once."))
	for row in rows:
		validate_row(doc, label, row, fields)
	return [{field: row[field] for field in row if row[field] is not None} for row in rows]


def read_json(value: list | dict | str | None) -> object:
	"""Return what a JSON text means, a text that is none as it is."""
	try:
		return json.loads(value) if isinstance(value, str) else value
	except (ValueError, RecursionError):
		return value


def validate_row(doc: Document, label: str, row: object, fields: tuple[str, ...]) -> None:
	known = isinstance(row, dict) and set(row) <= set(fields)
	if not known or any(isinstance(value, list | dict) for value in row.values()):
		refuse(
			doc,
			_("“{0}” is no row of {1}.").format(str(row)[:140], label),
			_("A row is an object with these fields: {0}.").format(", ".join(fields)),
		)


def add_row(doc: Document, table: str, values: dict) -> Document:
	"""Return a table's row with these values, added unless it stands there already (a button pressed twice)."""
	for row in doc.get(table):
		if values and all(row.get(field) == value for field, value in values.items()):
			return row
	return doc.append(table, values)


def get_row(doc: Document, table: str, name: str | None) -> Document:
	"""Return the row of a table that has this name.

	:raises frappe.ValidationError: the table has no such row
	"""
	row = next((row for row in doc.get(table) if name and row.name == name), None)
	if not row:
		known = ", ".join(row.name for row in doc.get(table) if row.name) or _("none")
		refuse(
			doc,
			_("“{0}” is no row of {1}.").format(name or "", _(doc.meta.get_label(table))),
			_("Its rows are: {0}.").format(known),
		)
	return row


def set_rows(doc: Document, table: str, rows: list[Document]) -> None:
	"""Keep these rows of a table, numbered in this order."""
	doc.set(table, rows)
	for number, row in enumerate(doc.get(table), start=1):
		row.idx = number


def set_row_defaults(doc: Document) -> None:
	"""Fill empty fields of new rows with their defaults: Frappe does so only in a new record's rows."""
	for row in doc.get_all_children():
		if not row.is_new():
			continue
		for field in row.meta.fields:
			if field.default and row.get(field.fieldname) is None:
				row.set(field.fieldname, getdate() if field.default == "Today" else field.default)


def get_child_values(rows: list[Document], *fields: str) -> list[dict]:
	"""Return these fields of the rows, to fill a table of another record."""
	return [frappe._dict({field: row.get(field) for field in fields}) for row in rows]
