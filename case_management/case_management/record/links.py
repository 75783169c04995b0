"""Links to client records: one that is not seen and one that is not there are refused in the same words."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS, is_visible

# The field, the DocType it links to, and the code it holds.
Reference = tuple[Document, str, str]


def validate_links_seen(doc: Document) -> None:
	"""Refuse a new link from a record or its rows to a client record that the user does not see, or that is not there.

	What follows from an action (`store`) links what it must.

	:raises frappe.PermissionError: the record is about a client who is not seen, or not there
	:raises frappe.LinkValidationError: any other link; both name the field and what was given
	"""
	if doc.flags.ignore_permissions or frappe.session.user == "Administrator":
		return
	stored = {reference[1:] for reference in get_references(doc.get_doc_before_save())}
	for field, doctype, name in get_references(doc):
		if (doctype, name) not in stored and not is_visible(doctype, name):
			label = _(field.label or field.fieldname)
			is_about = field.fieldname == "client" and field.parent == doc.doctype
			refuse(
				doc,
				_("{0}: there is no {1} {2} that you see.").format(label, _(doctype), name),
				_("Choose a record that you see."),
				frappe.PermissionError if is_about else frappe.LinkValidationError,
			)


def get_references(doc: Document | None) -> Iterator[Reference]:
	"""Yield each client record that a record and its rows link to, but for those that a rule of its own judges."""
	for row in [doc, *doc.get_all_children()] if doc else ():
		for field in [*row.meta.get_link_fields(), *row.meta.get_dynamic_link_fields()]:
			doctype = field.options if field.fieldtype == "Link" else row.get(field.options)
			name = row.get(field.fieldname)
			if doctype in CLIENT_RECORDS and name and not is_judged_apart(doc, row, field.fieldname):
				yield field, doctype, name


def is_judged_apart(doc: Document, row: Document, field: str) -> bool:
	return row is doc and field in doc.JUDGED_LINKS
