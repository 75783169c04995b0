"""What a field can hold: one value, not a list or an object, which Frappe's own look-ups would take as a filter."""

import re
from math import inf
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from case_management.case_management.record.refusal import refuse

# What the columns of these field types hold on MariaDB.
TEXTS = ("Small Text", "Text")
LINES = ("Data", "Link", "Dynamic Link", "Attach", "Attach Image", "Color")
WORDS = (*LINES, *TEXTS, "Long Text", "Text Editor", "Signature")
NUMBERS = ("Float", "Percent", "Currency")
LONG_TEXTS = ("Long Text", "Text Editor", "Signature")
TEXT_BYTES = 65_535
# A column of long text holds more, but nobody reads more, and cleaning its HTML would keep the server busy.
LONG_TEXT_BYTES = 1_000_000
LINE_LENGTH = 140
INT_MAX = 2**31 - 1
# Half a letter outside the basic plane, and the letter that ends a text in C: no database stores them.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def set_texts(doc: Document) -> None:
	"""Write a number that was given for a text as text, in a document and its rows: Frappe cannot compare the two.

	:raises frappe.ValidationError: a text has a letter that no database stores
	"""
	for row in [doc, *doc.get_all_children()]:
		for field in row.meta.fields:
			value = row.get(field.fieldname)
			if field.fieldtype in WORDS and isinstance(value, int | float):
				row.set(field.fieldname, str(value))
			elif has_unstorable(value):
				refuse_letters(doc, _(field.label or field.fieldname))


def refuse_letters(doc: Document, label: str) -> NoReturn:
	refuse(
		doc,
		_("{0} has a letter that cannot be stored.").format(label),
		_("Write it again: what was copied from elsewhere has half a sign in it."),
	)


def validate_values(doc: Document) -> None:
	"""Refuse a list or an object in a field of a document or its rows that holds one value, and an unknown series.

	A link given as `{"field": ["like", "A%"]}` would otherwise be looked up as a filter, and tell what is stored.

	:raises frappe.ValidationError: naming the field
	"""
	for row in [doc, *doc.get_all_children()]:
		for field in row.meta.fields:
			validate_value(doc, field, row.get(field.fieldname))
	validate_series(doc)


def validate_value(doc: Document, field: Document, value: object) -> None:
	"""Refuse what one field cannot hold: a list, too long a text, a choice it does not have, too large a number."""
	if is_of_many(value) and holds_one(field):
		refuse(doc, _("{0} takes one value.").format(_(field.label)), _("Give text, a number or a code."))
	if isinstance(value, str) and len(value.encode()) > get_bytes(field):
		refuse(doc, _("{0} is too long.").format(_(field.label)), _("Shorten it, or attach it as a file."))
	if field.fieldname == "naming_series" or is_rating(field):
		return
	if field.fieldtype in ("Data", "Select") and len(str(value or "")) > get_length(field):
		refuse(
			doc,
			_("{0} is too long.").format(_(field.label)),
			_("It takes up to {0} letters.").format(get_length(field)),
		)
	if field.fieldtype == "Select":
		validate_choice(doc, field, value)
	number = cint(value) if field.fieldtype == "Int" else flt(value) if field.fieldtype in NUMBERS else 0
	if not abs(number) <= INT_MAX:  # nor what is no number at all
		refuse(doc, _("{0} is too large a number.").format(_(field.label)), _("Correct the number."))


def is_rating(field: Document) -> bool:
	"""Tell whether a Select holds numbers, which `ratings` checks and takes in other forms too."""
	return "0" in (field.options or "").split("\n")


def get_bytes(field: Document) -> float:
	"""Return how many bytes a field of text takes."""
	return (
		TEXT_BYTES if field.fieldtype in TEXTS else LONG_TEXT_BYTES if field.fieldtype in LONG_TEXTS else inf
	)


def get_length(field: Document) -> int:
	"""Return how many letters a field of one line takes."""
	return cint(field.length) or LINE_LENGTH


def validate_choice(doc: Document, field: Document, value: object) -> None:
	"""Refuse what is none of a field's choices, naming the record, where Frappe names the field only."""
	choices = (field.options or "").split("\n")
	if not value or not any(choices):
		return
	if str(value).strip() not in choices:
		refuse(
			doc,
			_("“{0}” is no choice of {1}.").format(value, _(field.label)),
			_("Choose one of: {0}.").format(", ".join(_(choice) for choice in choices if choice)),
		)


def validate_links_with_fetch(doc: Document) -> None:
	"""Refuse a link to nothing from which other fields are fetched: Frappe 15 takes it as it is.

	:raises frappe.LinkValidationError: naming the field and what was given
	"""
	for row in [doc, *doc.get_all_children()]:
		for field in row.meta.get_link_fields():
			name = row.get(field.fieldname)
			if (
				name
				and row.meta.get_fields_to_fetch(field.fieldname)
				and not frappe.db.exists(field.options, name)
			):
				refuse(
					doc,
					_("Could not find {0}: {1}.").format(_(field.label), name),
					_("Choose a record that exists."),
					frappe.LinkValidationError,
				)


def is_of_many(value: object) -> bool:
	return isinstance(value, dict | list | tuple | set)


def holds_one(field: Document) -> bool:
	return field.fieldtype not in (*frappe.model.table_fields, "JSON")


def validate_series(doc: Document) -> None:
	"""Refuse a naming series that is not one of the DocType's, since the record's code is made from it."""
	field = doc.meta.get_field("naming_series")
	series = field and doc.get("naming_series")
	is_new = doc.is_new() or not doc.name
	if series and is_new and series not in (field.options or "").split("\n"):
		refuse(
			doc,
			_("“{0}” is not one of its series.").format(str(series)[:40]),
			_("Leave the series out, or choose one of: {0}.").format(", ".join(field.options.split("\n"))),
		)


def has_unstorable(value: object) -> bool:
	"""Tell whether there is a letter in a text, or in the texts of a list or an object, that no database stores."""
	if isinstance(value, dict):
		return any(has_unstorable(part) for pair in value.items() for part in pair)
	if isinstance(value, list | tuple):
		return any(map(has_unstorable, value))
	return isinstance(value, str) and bool(UNSTORABLE.search(value))
