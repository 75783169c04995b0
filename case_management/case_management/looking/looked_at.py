"""Which records a request showed, read off its address and its answer (B26).

* A form that was opened and a print say so themselves, from the record's own `onload` and `before_print`.
* A record that the answer holds whole, that is named in the address (REST 1 and 2), or whose comments and history were
  asked for was read, whatever else the request did: a save answers with the record. A file is its record.
* Of lists and exports, `listed.py` says whether they are looks, and at whom.
"""

from collections.abc import Callable, Iterable, Iterator, ValuesView
from functools import partial
from typing import Any

import frappe
from frappe.core.doctype.file.utils import find_file_by_url
from frappe.handler import get_attr
from frappe.utils.caching import site_cache
from werkzeug.wrappers import Request, Response

from case_management.case_management.guard.addresses import RESOURCE, get_function
from case_management.case_management.looking.listed import LISTS, find_read, parse
from case_management.case_management.looking.looks import Look, is_about_clients

NOT_MODIFIED = 304
# Where an answer holds whole records, or what stands below them, and how these were asked for: a form gets `docs`.
ANSWERS = (
	("docs", "Opened"),
	("docinfo", "Opened"),
	("data", "Read by API"),
	("message", "Read by API"),
)


def is_answered(response: Response | None) -> bool:
	"""Tell whether a request got what it asked for; a browser that has the file already does so too."""
	return bool(response) and (200 <= response.status_code < 300 or response.status_code == NOT_MODIFIED)


def get_looks() -> list[Look]:
	"""Return the records that a request showed, as its answer holds them, without asking the database.

	A record that was opened or printed was not read by the API besides.
	"""
	noted = list(dict.fromkeys(frappe.flags.get("client_looks") or ()))
	shown = {(look.doctype, look.name) for look in noted}
	return noted + [look for look in dict.fromkeys(get_answered()) if (look.doctype, look.name) not in shown]


def get_answered() -> Iterator[Look]:
	"""Return the records that an answer holds whole, by themselves, in a list or under a key."""
	for key, kind in ANSWERS:
		given = frappe.local.response.get(key)
		rows = given.values() if isinstance(given, dict) and not is_record(given) else given
		for row in rows if isinstance(rows, list | tuple | ValuesView) else [rows]:
			if is_record(row):
				yield Look(kind, row.get("doctype"), str(row.get("name")))


def is_record(row: Any) -> bool:
	return hasattr(row, "get") and isinstance(row.get("doctype"), str) and bool(row.get("name"))


def get_search(request: Request) -> Callable[[], Iterable[Look]] | None:
	"""Return what finds the records of a list, an export or a file; None for a request that is none of these."""
	# A function that is named besides goes before the address.
	path = "" if frappe.form_dict.get("cmd") else request.path
	if path.startswith("/private/files/"):
		return partial(find_file, path)
	if found := RESOURCE.match(path):
		doctype, name = found.groups()
		if not is_about_clients(doctype):
			return None
		if name:
			return partial(find_named, doctype, name)
		return (
			partial(find_read, {**frappe.form_dict, "doctype": doctype}) if request.method == "GET" else None
		)
	for name in get_functions() if frappe.form_dict and may_list_clients() else ():
		if search := LISTS.get(name) or FILES.get(name):
			return partial(search, frappe._dict(frappe.form_dict))
	return None


def may_list_clients() -> bool:
	"""Tell whether a request names no DocType, or one of which a list is of clients' records, or a file's."""
	doctype = frappe.form_dict.get("doctype")
	is_plain = isinstance(doctype, str) and doctype[:1] not in ("[", "{", '"')
	return not is_plain or doctype == "File" or is_about_clients(doctype)


def find_named(doctype: str, name: str) -> list[Look]:
	"""Return the record that a REST address names, unless the answer held it: a copy, or what an action gives.

	The database finds it by other spellings too.
	"""
	found = frappe.db.get_value(doctype, name, "name")
	return [Look("Read by API", doctype, str(found))] if found and not get_looks() else []


def get_functions() -> set[str]:
	"""Return the names of the function that a request called.

	The same function may be asked for by many: in another module that imports it, by a short name of old, or as what
	an app has put in its place.
	"""
	name = get_function()
	return get_names(name) if name else set()


@site_cache(maxsize=1000)
def get_names(name: str) -> set[str]:
	names = {name, get_own_name(name)}
	replaced = frappe.get_hooks("override_whitelisted_methods", {})
	return names | {original for original, others in replaced.items() if names.intersection(others)}


def get_own_name(name: str) -> str:
	"""Return the name by which the module that has a function calls it."""
	try:
		function = get_attr(name)
	except Exception:
		return name  # a server script's
	return f"{function.__module__}.{function.__name__}"


def find_file(url: str) -> list[Look]:
	"""Return the record that a file hangs on by which the user may have it."""
	file = find_file_by_url(url, name=frappe.form_dict.get("fid"))
	if not file or not file.attached_to_name:
		return []
	return [Look("Downloaded", file.attached_to_doctype, file.attached_to_name)]


def find_files(given: dict) -> list[Look]:
	"""Return the records of files that were asked for as one archive."""
	names = [name for name in parse(given.get("files")) if isinstance(name, str)]
	filters = {"name": ("in", names), "attached_to_name": ("is", "set")}
	rows = frappe.get_list("File", filters, ["attached_to_doctype", "attached_to_name"], as_list=True)
	return [Look("Downloaded", *row) for row in rows]


def find_to_print(given: dict) -> Iterator[Look]:
	"""Return the records that a job was asked to print: it opens them in nobody's request."""
	doctypes, names = parse(given.get("doctype")), parse(given.get("name"))
	for doctype, group in (doctypes if isinstance(doctypes, dict) else {doctypes: names}).items():
		filters = {"name": ("in", group)}
		yield from (
			Look("Printed", doctype, name) for name in frappe.get_list(doctype, filters, pluck="name")
		)


FILES = {
	"frappe.handler.download_file": lambda given: find_file(given.get("file_url")),
	"frappe.core.api.file.zip_files": find_files,
	"frappe.utils.print_format.download_multi_pdf_async": find_to_print,
}
