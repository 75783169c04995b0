"""What is deleted tells nothing of the clients' records that name it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.caching import request_cache

from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS


def refuse_named(doc: Document, event: str | None = None) -> None:
	"""Refuse to delete what a client's record links to, without saying which. Hook: on_trash, for every DocType (`*`).

	Frappe refuses too, and names the first record that it finds, whoever asks.

	:raises frappe.LinkExistsError: the same words whichever record it is
	"""
	if frappe.session.user == "Administrator" or doc.doctype in CLIENT_RECORDS:
		return
	if any(frappe.db.exists(table, {field: doc.name}) for table, field in get_links(doc.doctype)):
		refuse(
			doc,
			_("Clients' records name it."),
			_("Keep it. If it can be disabled, disable it, and nobody chooses it any more."),
			frappe.LinkExistsError,
		)


@request_cache
def get_links(doctype: str) -> list[tuple[str, str]]:
	"""Return the fields of clients' records, and of their rows, that link to a DocType: each with its table."""
	metas = [frappe.get_meta(name) for name in CLIENT_RECORDS]
	metas += [frappe.get_meta(table.options) for meta in metas for table in meta.get_table_fields()]
	return sorted(
		{
			(meta.name, field.fieldname)
			for meta in metas
			for field in meta.get_link_fields()
			if field.options == doctype and not meta.issingle
		}
	)
