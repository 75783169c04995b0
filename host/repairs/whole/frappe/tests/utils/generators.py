"""Records for tests, from the file test_records.json beside a DocType.

Unlike in Frappe, the records of linked DocTypes are not made too: an app's tests make what they need.
"""

from __future__ import annotations

import json
import os

import frappe
from frappe.modules.utils import get_doctype_module, load_doctype_module

_made: list[str] = []


def get_test_record_log() -> list[str]:
	"""Return the DocTypes whose records were made in this process."""
	return _made


def add_to_test_record_log(doctype: str) -> None:
	if doctype not in _made:
		_made.append(doctype)


def _clear_test_log() -> None:
	"""Forget what was made: the installation of the framework asks for this."""
	_made.clear()


def get_modules(doctype: str):
	"""Return the Frappe module of a DocType, and its Python test module or None."""
	module = get_doctype_module(doctype)
	try:
		return module, load_doctype_module(doctype, module, prefix="test_")
	except ImportError:
		return module, None


def get_dependencies(doctype: str) -> list[str]:
	"""Return the DocTypes that the given one links to."""
	links = frappe.get_meta(doctype).get_link_fields()
	return sorted({field.options for field in links if field.options and field.options != doctype})


def _records_in_file(doctype: str) -> list[dict]:
	path = os.path.join(os.path.dirname(load_doctype_module(doctype).__file__), "test_records.json")
	if not os.path.exists(path):
		return []
	with open(path) as file:
		return json.load(file)


def make_test_objects(doctype: str, test_records=None, reset=False, commit=False) -> list[str]:
	"""Insert records, leave those that exist, and return their names."""
	names = []
	for record in _records_in_file(doctype) if test_records is None else test_records:
		document = frappe.get_doc({"doctype": doctype, **record})
		if document.name and frappe.db.exists(document.doctype, document.name):
			names.append(document.name)
			continue
		document.insert(ignore_if_duplicate=True)
		names.append(document.name)
	if commit:
		frappe.db.commit()
	return names


def make_test_records(doctype: str, force: bool = False, commit: bool = False, **_) -> list[str]:
	"""Make the records of one DocType, once in a process."""
	if doctype in _made and not force:
		return []
	add_to_test_record_log(doctype)
	return make_test_objects(doctype, commit=commit)


def make_test_records_for_doctype(doctype: str, force: bool = False, commit: bool = False, **_) -> list[str]:
	return make_test_records(doctype, force=force, commit=commit)


def print_mandatory_fields(doctype: str, **_) -> None:
	for field in frappe.get_meta(doctype).get("fields", {"reqd": 1}):
		print(f"{field.parent}:{field.fieldname} | {field.fieldtype} | {field.options or ''}")
