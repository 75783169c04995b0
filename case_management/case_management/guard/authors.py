"""Who acts is who is signed in: whoever writes about a client's record signs with their own name, whatever was sent."""

import frappe
from frappe.model.document import Document
from frappe.utils import get_fullname

from case_management.permissions import CLIENT_RECORDS

# What points at a record, the field for the record's DocType, and the fields that say who wrote: the user, and their name.
AUTHORS = {
	"Comment": ("reference_doctype", ("comment_email",), ("comment_by",)),
	"Communication": ("reference_doctype", ("sender", "user"), ("sender_full_name",)),
	"ToDo": ("reference_type", ("assigned_by",), ("assigned_by_full_name",)),
}


def set_author(doc: Document, event: str | None = None) -> None:
	"""Put who is signed in into what they write about a client's record. Hook: before_validate, for every DocType (`*`).

	What a job writes keeps the author that the job gives.
	"""
	if doc.doctype not in AUTHORS:
		return
	kind, users, names = AUTHORS[doc.doctype]
	is_by_hand = frappe.session.user != "Administrator" and getattr(frappe.local, "request", None)
	if not is_by_hand or doc.get(kind) not in CLIENT_RECORDS:
		return
	before = doc.get_doc_before_save()
	if before and doc.flags.ignore_permissions:
		return  # a rule of the app's hands it on
	for fields, value in ((users, frappe.session.user), (names, get_fullname(frappe.session.user))):
		for field in fields:
			doc.set(field, before.get(field) if before else value)
