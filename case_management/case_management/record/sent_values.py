"""What somebody sends besides a record's fields, or in the wrong place: it decides nothing.

Frappe takes every key of a request into the document: the name of a method, whose place the value then takes; a code
that makes it another record; the record's maker; the names of another record's rows. Here it is refused or put back.
"""

import frappe
from frappe import _
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.model.document import Document
from frappe.model.naming import set_new_name

from case_management.case_management.record.refusal import refuse

# Columns of every record that Frappe itself writes.
STAMPS = ("owner", "creation", "idx", *optional_fields)
# Keys that are no fields here, and by which Frappe takes over another record's files or saves another record.
IGNORED = frozenset(("amended_from", "__temporary_name", "parent", "parenttype", "parentfield"))


def get_taken(doc: Document, values: dict) -> dict:
	"""Return the values that a record may take over, as they come from a request or from the database.

	:raises frappe.ValidationError: a value has the name of a method, or would make it another record or a new one
	"""
	validate_keys(doc, type(doc), values)
	if doc.get("creation") and (values.get("name", doc.name) != doc.name or values.get("__islocal")):
		refuse(doc, _("A record stays the one it is."), _("Leave out its name."))
	if IGNORED.isdisjoint(values):
		return values
	return {key: value for key, value in values.items() if key not in IGNORED}


def validate_keys(doc: Document, kind: type, values: dict) -> None:
	"""Refuse a value under the name of a method or a setting of the controller, whose place it would take.

	:param kind: the controller of the record, or of its row
	"""
	for key in values:
		if hasattr(kind, key) and not is_field(doc, key):
			refuse(doc, _("“{0}” is none of its fields.").format(key), _("Leave it out."))


def is_field(doc: Document, key: str) -> bool:
	"""Tell whether a record or its rows have a field of this name."""
	if key in (*default_fields, *child_table_fields, *optional_fields):
		return True
	metas = [doc.meta, *(frappe.get_meta(field.options) for field in doc.meta.get_table_fields())]
	return any(meta.has_field(key) for meta in metas)


def set_own_rows(doc: Document) -> None:
	"""Keep the rows of a record apart from those of others: a row that is not stored with it is a new one.

	:raises frappe.ValidationError: a row has the name of a row, but not of this record's
	"""
	before = doc.get_doc_before_save()
	for field in doc.meta.get_table_fields():
		own = {row.name for row in before.get(field.fieldname) or ()} if before else set()
		for row in doc.get(field.fieldname) or ():
			row.parentfield = field.fieldname
			if before and row.is_new():
				set_new_name(row)
			elif before and row.name not in own:
				refuse_row(doc, field, row)


def refuse_row(doc: Document, field: Document, row: Document) -> None:
	refuse(
		doc,
		_("“{0}” is no row of {1}.").format(row.name, _(field.label)),
		_("Leave out the name of a row that is new."),
	)


def restore_stamps(doc: Document) -> None:
	"""Set what Frappe notes about a record and its rows back to what is stored: maker, day, tags, likes, assignments."""
	before = doc.get_doc_before_save()
	for field in STAMPS if before else optional_fields:
		doc.set(field, before.get(field) if before else None)
	restore_rows(doc)


def restore_rows(doc: Document) -> None:
	"""Set who made the rows of a record and when back to what is stored; new ones are of who is signed in, now."""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.get_all_children()} if before else {}
	for row in doc.get_all_children():
		known = stored.get(row.name)
		row.owner = known.owner if known else frappe.session.user
		row.creation = known.creation if known else doc.modified
