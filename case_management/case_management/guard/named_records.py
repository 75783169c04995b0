"""Which clients' records a request names: in its address, its arguments, and the documents that it sends.

So does one that names what points at a client's record: a comment, a file, a to-do.
"""

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils.caching import site_cache

from case_management.case_management.guard.addresses import RESOURCE, get_function
from case_management.case_management.guard.arguments import get_client_doctypes, is_kind, walk
from case_management.case_management.guard.attachments import PRIVATE, get_targets
from case_management.case_management.guard.known import UNASKING, get_judged
from case_management.case_management.guard.referencing import tells_of_clients
from case_management.permissions import CLIENT_RECORDS

# A record's DocType and its name.
Named = tuple[str, str]

# Arguments by which Frappe's functions take a record's name, or a list of them.
NAMES = {
	"dn",
	"doc_name",
	"docname",
	"docnames",
	"docs",
	"document_name",
	"items",
	"name",
	"names",
	"old",
	"old_name",
	"preview_document",
	"record",
	"ref_docname",
	"ref_name",
	"reference_doc",
	"reference_docname",
	"reference_document",
	"reference_name",
	"reminder_docname",
	"selected_items",
	"share_name",
	"source_name",
}
# Where such an argument is something else, a report's name or the DocTypes to count, or the answer is a guarded one.
NO_NAMES = {
	"frappe.client.validate_link": "docname",
	"frappe.client.validate_link_and_fetch": "docname",
	"frappe.desk.notifications.get_open_count": "items",
	"frappe.desk.reportview.save_report": "name",
	"frappe.email.relink": "name",
}
# A function in the module of a DocType takes names of that.
IN_DOCTYPE = re.compile(r"\.doctype\.(?P<doctype>\w+)\.(?P=doctype)\.\w+$")
# Functions that make records: a name they are given is not one of a stored record.
MAKING = ("frappe.client.insert", "frappe.client.insert_many")
# The name that the Desk gives to a document that is not saved yet, or to one that is not even begun.
UNSAVED = re.compile(r"^new(-[a-z-]+-[a-z0-9]+)?$")
# Where another argument is a name.
MORE_NAMES = {"frappe.desk.form.utils.get_next": "value"}
LONGEST_NAME = 140
# How an address begins; in the middle of a text one may stand, too, and is fetched by who reads the text.
ADDRESSES = ("/", "http://", "https://")


def get_named_records(given: dict) -> set[Named]:
	"""Return the clients' records, and rows of them, that the request names; a name need not exist.

	:param given: the request's arguments, as `get_arguments` returns them
	"""
	found = RESOURCE.match(frappe.request.path)
	if not found or frappe.form_dict.get("cmd"):
		return set(from_arguments(given))
	doctype, name = found["doctype"], found["name"]
	sent = given.get("data") or given
	# The address names a stored record, whatever the body says of it.
	of_address = {"doctype": doctype, "name": name, "__islocal": None}
	named = set(from_document({**sent, **of_address}) if isinstance(sent, dict) else ())
	return named | set(from_arguments(given)) if "run_method" in given else named


def get_implied_records(function: str, given: dict) -> set[Named]:
	"""Return the records that point at clients', of the DocType that the function itself knows, whose names are given."""
	doctype = get_judged().get(function, {}).get("of") or get_doctype_of(function)
	if not doctype or doctype in CLIENT_RECORDS or not tells_of_clients(doctype):
		return set()
	texts = {str(value)[:LONGEST_NAME] for argument in given.values() for value in get_values(argument)}
	return {(doctype, name) for name in frappe.get_all(doctype, {"name": ("in", texts)}, pluck="name")}


def get_values(value: Any) -> Iterator[str | int]:
	"""Yield the texts and numbers in an argument, but for those in documents, which name what they are themselves."""
	if isinstance(value, str | int):
		yield value
	elif isinstance(value, dict | list) and "doctype" not in value:
		for inner in value.values() if isinstance(value, dict) else value:
			yield from get_values(inner)


def get_named_pointers(function: str, given: dict) -> set[Named]:
	"""Return what may point at clients' records and is named to a function that is known not to ask about it.

	Its DocType stands in an argument or in the address, or is the function's own. A name need not exist.
	"""
	found = "run_method" in given and RESOURCE.match(frappe.request.path)
	if not found and get_judged().get(function, {}).get("verdict") not in UNASKING:
		return set()
	address = found.groupdict() if found else {}
	walked = [(key, str(value)) for key, value in walk({**given, **address}) if isinstance(value, str | int)]
	named = {value for key, value in walked if is_kind(key)} | {get_doctype_of(function) or ""}
	kinds = [kind for kind in named if kind and not is_guarded(kind) and tells_of_clients(kind)]
	names = {value[:LONGEST_NAME] for key, value in walked if key in NAMES}
	return {(kind, name) for kind in kinds for name in names}


@site_cache
def get_doctype_of(function: str) -> str | None:
	found = IN_DOCTYPE.search(function)
	return found and frappe.db.get_value("DocType", frappe.unscrub(found["doctype"]), "name")


def from_arguments(arguments: dict) -> Iterator[Named]:
	"""Yield what is named by a pair of arguments, and by documents among them."""
	given, function = dict(arguments), get_function()
	given.pop(NO_NAMES.get(function), None)
	doctypes = set(get_doctypes(given))
	for row in (given, get_method_arguments(given)):
		for key in (NAMES | {MORE_NAMES.get(function)}) & row.keys():
			yield from ((doctype, name) for name in get_names(row[key]) for doctype in doctypes)
	for value in given.values():
		yield from from_value(value)


def get_method_arguments(given: dict) -> dict:
	"""Return what a method of a document of Frappe's is given; our own actions judge what they are given."""
	document, arguments = given.get("docs"), given.get("args")
	doctype = document.get("doctype") if isinstance(document, dict) else given.get("dt")
	return arguments if isinstance(arguments, dict) and not is_guarded(doctype) else {}


def get_doctypes(given: dict) -> Iterator[str]:
	"""Yield the DocTypes that arguments name and that tell of clients, in documents among them, too."""
	for row in (given, *(value for value in given.values() if isinstance(value, dict))):
		for key, value in row.items():
			if is_kind(key) and is_guarded(value):
				yield value


def from_value(value: Any) -> Iterator[Named]:
	"""Yield what is named within an argument: a document, a list of them, or names by their DocType."""
	if isinstance(value, list):
		for row in value:
			yield from from_value(row)
	elif isinstance(value, dict) and "doctype" in value:
		yield from from_document(value)
	elif isinstance(value, dict) and is_guarded(value.get("link_doctype")):
		yield from ((value["link_doctype"], name) for name in get_names(value.get("link_name")))
	elif isinstance(value, dict):
		for key, names in value.items():
			if is_guarded(key):
				yield from ((key, name) for name in get_names(names))


def from_document(doc: dict) -> Iterator[Named]:
	"""Yield the document itself if it is stored, and what other DocTypes' documents link to.

	The links of a client's own record are judged by its controller, which names the record and the remedy.
	"""
	doctype = doc["doctype"]
	if not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype, cache=True):
		return
	if is_guarded(doctype) and is_stored(doc) and get_function() not in MAKING:
		yield from ((doctype, name) for key in ("name", "docname") for name in get_names(doc.get(key)))
	if is_guarded(doc.get("parenttype")):
		yield from ((doc["parenttype"], name) for name in get_names(doc.get("parent")))
	if doctype not in CLIENT_RECORDS:
		yield from get_new_targets(doc)


def is_stored(doc: dict) -> bool:
	"""Tell whether a document that was sent says that it is stored; one that does not is a new one (documents.py)."""
	return bool(doc.get("name") or doc.get("docname")) and not doc.get("__islocal")


def get_new_targets(doc: dict) -> set[Named]:
	"""Return the clients' records that a document names and did not name before."""
	try:
		named = set(get_targets(frappe.get_doc(frappe._dict(doc))))
	except (AttributeError, TypeError, ValueError, frappe.ValidationError):
		return set()  # It is no document, as Frappe will say.
	if named and frappe.db.exists(doc["doctype"], doc.get("name")):
		named -= set(get_targets(frappe.get_doc(doc["doctype"], doc["name"])))
	return named


def get_names(value: Any) -> Iterator[str]:
	"""Yield what may be names of stored records in an argument; an empty one for filters, by which to try out values."""
	for name in as_list(value):
		name = str(name) if isinstance(name, int) else name
		if isinstance(name, dict) and "doctype" not in name:
			yield ""
		elif isinstance(name, str) and name and is_stored_name(name):
			# A database takes blanks after a name for nothing.
			yield name.rstrip() if len(name.rstrip()) <= LONGEST_NAME else ""


def is_stored_name(name: str) -> bool:
	"""Tell whether an argument may name a stored record: no form of the Desk that is not saved, and no DocType."""
	return not UNSAVED.match(name) and not is_guarded(name)


def as_list(value: Any) -> list:
	return value if isinstance(value, list) else [value]


def get_private_files(given: dict) -> Iterator[str]:
	"""Yield the addresses of private files that the request names: to fetch them, or to attach them elsewhere."""
	for key, value in walk(given):
		is_address = isinstance(value, str) and PRIVATE in value
		if is_address and (key == "file_url" or value.lstrip().startswith(ADDRESSES)):
			yield value[value.index(PRIVATE) :]


def is_guarded(doctype: Any) -> bool:
	"""Tell whether a DocType is a client's record, or a table in one."""
	return isinstance(doctype, str) and doctype in get_client_doctypes()
