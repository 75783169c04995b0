"""Documents that come with a request: a new one, or the stored one, and never a third thing.

A copy can say of itself that it is not stored, or hold rows and links that the stored record does not have. So a new
document has no name of its own choosing, and a stored one is what is stored: only what saves it gets the values that
were sent, which the record's own rules then judge.
"""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.model.document import Document

from case_management.case_management.guard.addresses import RESOURCE, get_function
from case_management.case_management.guard.named_records import UNSAVED, is_stored
from case_management.case_management.guard.unseen import refuse_unseen
from case_management.case_management.record.links import get_references
from case_management.permissions import CLIENT_RECORDS, is_visible

# Functions that save the documents that they are given.
SAVING = (
	"frappe.client.bulk_update",
	"frappe.client.insert",
	"frappe.client.insert_many",
	"frappe.client.save",
	"frappe.desk.form.save.savedocs",
)


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


def is_saved() -> bool:
	"""Tell whether the request saves the documents that it brings: by one of Frappe's functions, or by REST."""
	function = get_function()
	return function in SAVING or (not function and bool(RESOURCE.match(frappe.request.path)))


def put_stored(doc: dict) -> None:
	"""Put the stored record in the place of a copy; when the copy was made is kept, since Frappe compares it.

	:raises frappe.PermissionError: its name is none; by filters in its place values could be tried out
	"""
	if not isinstance(doc.get("name"), str):
		refuse_unseen()
	stored = frappe.get_doc(doc["doctype"], doc["name"]).as_dict(convert_dates_to_str=True)
	sent = {key: doc[key] for key in ("modified",) if key in doc}
	doc.clear()
	doc.update(stored, **sent)


def get_unseen_links(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
	"""Yield what new documents link to that the user does not see, where they are not saved and so not judged."""
	if is_saved():
		return
	for value in given.values():
		for sent in find_documents(value):
			for _field, doctype, name in get_references(get_new(sent)):
				if not is_visible(doctype, name):
					yield doctype, name


def get_new(sent: dict) -> Document | None:
	"""Return a sent document that is not stored; None for one that is, or that is none."""
	try:
		return None if is_stored(sent) else frappe.get_doc(frappe._dict(sent))
	except (AttributeError, TypeError, ValueError, frappe.ValidationError):
		frappe.clear_messages()
		return None
