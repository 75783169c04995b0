"""Names of files that come for clients' records: what a disk cannot hold, or a page would take for markup, is refused."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import frappe
from frappe import _

from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.values import has_unstorable

# A disk holds 255 bytes of a name; Frappe adds some letters where there is a file of that name.
NAME_BYTES = 200
# Arguments that are the name of a file.
NAMES = ("filename", "file_name")


def check_names() -> None:
	"""Refuse an upload for a client's record under a name that Frappe would fail on, or store as markup.

	Asked before a request is answered, since Frappe has written the file when the File record is first asked.

	:raises frappe.ValidationError: saying what a name may be
	"""
	doctype = frappe.form_dict.get("doctype")
	brings_none = not frappe.request.files and frappe.form_dict.keys().isdisjoint(NAMES)
	if brings_none or not isinstance(doctype, str) or not tells_of_clients(doctype):
		return
	for name in get_names():
		last = PurePosixPath(name.replace("\\", "/")).name
		if has_unstorable(name) or "<" in name or len(last.encode()) > NAME_BYTES:
			refuse(
				frappe.new_doc("File"),
				_("The file's name is too long, or has a sign that a name cannot have."),
				_("Give it a short name of letters and numbers."),
			)


def get_names() -> Iterator[str]:
	"""Yield the names of the files that a request brings."""
	for file in frappe.request.files.values():
		yield file.filename or ""
	for key in NAMES:
		if isinstance(name := frappe.form_dict.get(key), str):
			yield name
