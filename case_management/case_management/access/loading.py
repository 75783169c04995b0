"""What may not be seen cannot be loaded: the door by which every document of a client record comes out of the database.

Frappe loads a document for its own functions, for another app's, for a template or an expanded link, and asks for
permission later or not at all. So the record itself asks, while somebody is at work: a hidden record is answered like
one that is not there. What the app reads for its own rules, past the person at work, says so with `as_app`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
from frappe.model.document import Document

from case_management.case_management.guard.references import reads
from case_management.case_management.record.refusal import refuse_as_absent
from case_management.permissions import CLIENT_RECORDS


@contextmanager
def as_app() -> Iterator[None]:
	"""Load client records for a rule of the app's own, whoever is at work; nothing of them may reach the person."""
	before = frappe.flags.loads_as_app
	frappe.flags.loads_as_app = True
	try:
		yield
	finally:
		frappe.flags.loads_as_app = before


def load(doc: Document, load_from_db: Callable[[], object]) -> Document:
	"""Load a document for who is at work, unless it is a client record that they may not see.

	What is hidden and what is not there are refused at one place, before anything is read: the answer to a request can
	hold the lines of code from which it came.

	:param doc: the record, or a row of one, with its name or filters in `name`
	:param load_from_db: Frappe's own way to load it
	:raises frappe.DoesNotExistError: the person at work may not see it, or there is none
	"""
	asked = doc.name
	if isinstance(asked, str) and not doc.meta.istable and not is_in_hand(doc):
		validate_loadable(doc, asked)
	load_from_db()
	validate_loadable(doc, asked)
	return doc


def validate_loadable(doc: Document, asked: object = None) -> None:
	"""Refuse to load a client record for somebody who may not see it, in the words for one that is not there.

	:param doc: the record, or a row of one: it follows its record
	:param asked: by what it was asked for, a name or filters
	:raises frappe.DoesNotExistError: the person at work may not see it
	"""
	record = (doc.parenttype, doc.parent) if doc.meta.istable else (doc.doctype, doc.name)
	if is_in_hand(doc) or is_loadable(*record):
		mark_in_hand(doc)
	else:
		refuse_as_absent(doc, asked)


def mark_in_hand(doc: Document) -> None:
	"""Note that who is at work has the document: what they have just written is read afresh, also if it hid it from them."""
	# Frappe takes no flags from a request.
	doc.flags.in_hand_of = (frappe.session.user, doc.name)


def is_in_hand(doc: Document) -> bool:
	return doc.flags.in_hand_of == (frappe.session.user, doc.name)


def is_loadable(doctype: str, name: str) -> bool:
	"""Tell whether a client record may be loaded now: who is at work sees it, and their role reads its DocType."""
	if frappe.session.user == "Administrator" or frappe.flags.loads_as_app:
		return True
	seen = get_seen()
	record = (frappe.session.user, doctype, name)
	if record not in seen and doctype in CLIENT_RECORDS and reads(doctype, name):
		seen.add(record)
	return record in seen


def get_seen() -> set[tuple[str, str, str]]:
	"""Return what this request was found to see: a step that ends somebody's access is still brought to its end."""
	in_request = getattr(frappe.local, "request", None)
	return frappe.flags.setdefault("loadable_records", set()) if in_request else set()


def is_site_open() -> bool:
	"""Tell whether a site is at work: a document that waits in a queue is unpacked before that."""
	return bool(getattr(frappe.local, "db", None))
