"""The workspace's number cards: shown to who may count what they count."""

import frappe
from frappe.desk.doctype.number_card import number_card
from frappe.model.document import Document

MODULE = "Case Management"


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
	"""Hide this app's cards from who cannot read the DocType they count; other apps' cards are as Frappe has them.

	Hook: has_permission of Number Card. It only denies: Frappe shows a System Manager every card, and a card of a
	DocType they cannot read answers with an error.
	"""
	user = user or frappe.session.user
	if not number_card.has_permission(doc, ptype, user):
		return False
	return (
		doc.module != MODULE or not doc.document_type or frappe.has_permission(doc.document_type, user=user)
	)
