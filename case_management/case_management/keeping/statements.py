"""A client's own statement is kept with the record it is about, and shown there (B26; APP 13.4)."""

import frappe
from frappe.model.document import Document


def get_statements(doc: Document) -> list[dict]:
	"""Return what the client has stated about a record, for its form; what is about no one record stands on the Client.

	:return: rows of `request` (the code), `received_on`, `statement` and `statement_file`
	"""
	if doc.is_new() or doc.doctype == "Record Request":
		return []
	client = doc.name if doc.doctype == "Client" else doc.get("client")
	rows = frappe.get_all(
		"Record Request",
		filters={"client": client or "", "stated_on": ("is", "set")},
		fields=[
			"name as request",
			"received_on",
			"statement",
			"statement_file",
			"record_type",
			"record_name",
		],
		order_by="stated_on",
	)
	about = (doc.doctype, doc.name)
	return [row for row in rows if is_about(row, about)]


def is_about(row: frappe._dict, about: tuple[str, str]) -> bool:
	of_row = (row.pop("record_type"), row.pop("record_name"))
	return of_row == about or (not of_row[1] and about[0] == "Client")
