"""Close on an existing site what was open before Frappe's own paths were guarded: shares, keys, follows, boards, forms."""

import json

import frappe

from case_management.permissions import CLIENT_RECORDS

# What let somebody see or hear of a client's record past the rule → the field that says which DocType it is for.
OPENED = {
	"Document Follow": "ref_doctype",
	"Document Share Key": "reference_doctype",
	"DocShare": "share_doctype",
}


def execute() -> None:
	"""Take away what opened clients' records. Run again it changes nothing."""
	for doctype, field in OPENED.items():
		frappe.db.delete(doctype, {field: ("in", CLIENT_RECORDS)})
	clear_boards()
	close_web_forms()


def close_web_forms() -> None:
	"""Show a client's record to who sees it, and let no form list clients: such a field takes text from now on."""
	filters = {"doc_type": ("in", CLIENT_RECORDS)}
	frappe.db.set_value("Web Form", filters, "apply_document_permissions", 1)
	links = {"fieldtype": "Link", "options": ("in", CLIENT_RECORDS)}
	frappe.db.set_value("Web Form Field", links, {"fieldtype": "Data", "options": None})


def clear_boards() -> None:
	"""Forget the order of cards, which names records to everybody who opens the board."""
	boards = frappe.get_all("Kanban Board", {"reference_doctype": ("in", CLIENT_RECORDS)}, pluck="name")
	if boards:
		frappe.db.set_value("Kanban Board Column", {"parent": ("in", boards)}, "order", json.dumps([]))
