"""Documents that come with a request: a new one, or the stored one, and never a third thing.

A copy can say of itself that it is not stored, or hold rows and links that the stored record does not have. So a new
document has no name of its own choosing, and a stored one is what is stored: only what saves it gets the values that
were sent, which the record's own rules then judge.
"""

from collections.abc import Iterator
from typing import Any

import frappe

from case_management.case_management.guard.named_records import UNSAVED, is_saved, is_stored
from case_management.permissions import CLIENT_RECORDS


def settle_documents(given: dict[str, Any]) -> None:
	"""Make each client's document that a request brings a new one or the stored one, in the request itself.

	:param given: the request's arguments, as `get_arguments` returns them
	"""
	for key, value in given.items():
		documents = list(find_documents(value))
		for doc in documents:
			settle(doc)
		if documents:
			frappe.form_dict[key] = frappe.as_json(value)


def find_documents(value: Any) -> Iterator[dict]:
	"""Yield the clients' documents in an argument, at any depth but within each other."""
	if isinstance(value, dict) and value.get("doctype") in CLIENT_RECORDS:
		yield value
	elif isinstance(value, dict | list):
		for inner in value.values() if isinstance(value, dict) else value:
			yield from find_documents(inner)


def settle(doc: dict) -> None:
	if not is_stored(doc):
		if not (isinstance(name := doc.get("name"), str) and UNSAVED.match(name)):
			doc.pop("name", None)
	elif not is_saved():
		put_stored(doc)


def put_stored(doc: dict) -> None:
	"""Put the stored record in the place of a copy; when the copy was made is kept, since Frappe compares it."""
	stored = frappe.get_doc(doc["doctype"], doc["name"]).as_dict(convert_dates_to_str=True)
	sent = {key: doc[key] for key in ("modified",) if key in doc}
	doc.clear()
	doc.update(stored, **sent)
