"""What is deleted tells nothing of the clients' records that name it."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.rename_doc import get_link_fields

from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS


def refuse_named(doc: Document, event: str | None = None) -> None:
	"""Refuse to delete what a client's record links to, without saying which. Hook: on_trash, for every DocType (`*`).

	Frappe refuses too, and names the first record that it finds, whoever asks.

	:raises frappe.LinkExistsError: the same words whichever record it is
	"""
	if frappe.session.user == "Administrator" or doc.doctype in CLIENT_RECORDS:
		return
	if any(frappe.db.exists(table, {**row, field: doc.name}) for table, field, row in get_links(doc.doctype)):
		refuse(
			doc,
			_("Clients' records name it."),
			_("Keep it. If it can be disabled, disable it, and nobody chooses it any more."),
			frappe.LinkExistsError,
		)


def get_links(doctype: str) -> Iterator[tuple[str, str, dict]]:
	"""Yield the fields of clients' records, and of their rows, that link to a DocType: each with its table, and which rows.

	Frappe looks for the same fields when it deletes, and finds them once in a request.
	"""
	for link in get_link_fields(doctype):
		table = link["parent"]
		if table in CLIENT_RECORDS and not link["issingle"]:
			yield table, link["fieldname"], {}
		elif frappe.is_table(table) and tells_of_clients(table):
			yield table, link["fieldname"], {"parenttype": ("in", CLIENT_RECORDS)}
