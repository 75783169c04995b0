"""Nobody attaches anything to a client's record that they do not see: no file, comment, tag, to-do, share or mail.

Frappe stores much of that without asking for permission. So whatever names a client's record is looked at when it is
saved, its rows included. A file besides is private, lies on the disk on its own, and its address is given again only
by who reads it already: Frappe takes the content from there.
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.caching import request_cache

from case_management.case_management.guard.references import get_no_opinion, reads
from case_management.case_management.guard.referencing import (
	get_references,
	note_references,
	tells_of_clients,
)
from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS

# What Frappe stores at somebody's request without asking for permission.
ASKED_FOR = ("Communication", "Document Follow", "Document Share Key", "DocShare", "File", "Tag Link", "ToDo")
# What lets somebody see or hear of a record whatever the rule says, and its fields for the record's DocType and name.
OPENINGS = {
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Document Share Key": ("reference_doctype", "reference_docname"),
	"DocShare": ("share_doctype", "share_name"),
}
# Comments that are somebody's; the others note what was done, and permission was asked for that.
REMARKS = ("Comment", "Like")
PRIVATE = "/private/files/"


def validate_attached(doc: Document, event: str | None = None) -> None:
	"""Refuse what is newly attached to a client's record that the user does not see, or that is not there.

	Hook: validate, for every DocType (`*`), so that those of other apps and of an administrator are covered.

	:raises frappe.PermissionError: the same for a record that is not seen and one that is not there
	"""
	note_references(doc)
	targets = set(get_targets(doc)) if doc.doctype not in CLIENT_RECORDS else ()
	for opening, (kind, name) in OPENINGS.items() if targets and not doc.is_new() else ():
		frappe.db.delete(opening, {kind: doc.doctype, name: doc.name})
	if frappe.session.user == "Administrator" or is_made_by_itself(doc):
		return
	for doctype, name in targets and targets.difference(get_targets(doc.get_doc_before_save())):
		if not reads(doctype, name):
			refuse(
				doc,
				_("There is no {0} {1} that you see.").format(_(doctype), name),
				_("Choose a record that you see."),
				frappe.PermissionError,
			)
	validate_addresses(doc)


def validate_addresses(doc: Document) -> None:
	"""Refuse the address of a file that is not the user's to read, of which Frappe would make one of this record's.

	A request with it is refused by the gate; this holds for imports and jobs too.

	:raises frappe.PermissionError: the same for a file that is kept from the user and one that is not there
	"""
	for field in doc.meta.fields:
		url = field.fieldtype in ("Attach", "Attach Image") and doc.get(field.fieldname)
		if url and PRIVATE in url and doc.has_value_changed(field.fieldname) and not reads_file(url):
			refuse(
				doc,
				_("{0}: there is no such file that you see.").format(_(field.label)),
				_("Attach the file itself."),
				frappe.PermissionError,
			)


def is_made_by_itself(doc: Document) -> bool:
	"""Tell whether a record follows from something for which permission was asked: a log, a notification."""
	if doc.doctype == "Comment":
		return doc.comment_type not in REMARKS
	return bool(doc.flags.ignore_permissions) and doc.doctype not in ASKED_FOR


def get_targets(doc: Document | None) -> Iterator[tuple[str, str]]:
	"""Yield DocType and code of each client record that a record of another kind and its rows name."""
	for row in [doc, *doc.get_all_children()] if doc else ():
		pairs = [(row.get(kind), row.get(name)) for kind, name in get_references(row.doctype)]
		pairs += [(doctype, row.get(name)) for doctype, name in get_links(row.doctype)]
		for doctype, name in pairs:
			if doctype in CLIENT_RECORDS and name and not is_unsaved(doc, doctype, name):
				yield doctype, name


def is_about_client(doctype: str, name: str) -> bool:
	"""Tell whether a record is a client's, or names one that is."""
	if doctype in CLIENT_RECORDS or not tells_of_clients(doctype):
		return doctype in CLIENT_RECORDS
	return bool(frappe.db.exists(doctype, name)) and any(get_targets(frappe.get_doc(doctype, name)))


@request_cache
def get_links(doctype: str) -> list[tuple[str, str]]:
	"""Return the link fields of a DocType that name a client record: the record's DocType, and the field."""
	fields = frappe.get_meta(doctype).fields
	return [
		(field.options, field.fieldname)
		for field in fields
		if field.fieldtype == "Link" and field.options in CLIENT_RECORDS
	]


def is_unsaved(doc: Document, doctype: str, name: str) -> bool:
	"""Tell whether a file is for a form of the Desk that was not saved yet."""
	return doc.doctype == "File" and str(name).startswith(f"new-{doctype.lower().replace(' ', '-')}-")


def store_apart(file: Document, event: str | None = None) -> None:
	"""Give a client's file a place on the disk of its own. Hook: File, before_insert.

	Frappe stores equal content once, and tells by its address who has had it before, and under which name.
	"""
	if not is_of_client(file) or file.is_folder or not file.get("content"):
		return
	if frappe.db.exists("File", {"file_url": file.file_url}):
		file.file_url = None
		file.save_file(file.get_content(), ignore_existing_file_check=True)
	# Frappe looks for equal content by it.
	file.content_hash = frappe.generate_hash(length=32)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool | None:
	"""Deny a file of one's own with the address of another's: Frappe copies what lies there before it is asked again.

	Hook: has_permission, File. As in `references.has_permission`, Frappe 15 and 16 differ in what is no opinion.
	"""
	user = user or frappe.session.user
	url = None if user == "Administrator" or doc.get("content") else get_address(doc)
	if ptype == "create" and url and not reads_file(url):
		return False
	return get_no_opinion()


def validate_file(file: Document, event: str | None = None) -> None:
	"""Refuse a public file of a client, and to turn a file to another's address. Hook: File, validate.

	:raises frappe.ValidationError: the file is public
	:raises frappe.PermissionError: the file at that address is of a record that the user does not see
	"""
	if file.is_folder or is_elsewhere(file):
		return
	if is_of_client(file) and not file.is_private:
		refuse(file, _("A client's file is private."), _("Attach it as a private file."))
	before, url = file.get_doc_before_save(), get_address(file)
	if frappe.session.user == "Administrator" or not url or (before and get_address(before) == url):
		return
	if frappe.db.exists("File", get_filters(url, file.name)) and not reads_file(url):
		refuse(
			file,
			_("There is no such file that you see."),
			_("Attach the file itself."),
			frappe.PermissionError,
		)


def is_of_client(file: Document) -> bool:
	return file.attached_to_doctype in CLIENT_RECORDS


def is_elsewhere(file: Document) -> bool:
	"""Tell whether a file is only a link to another site."""
	url = file.file_url or ""
	return url.startswith(("http://", "https://")) and PRIVATE not in url


def get_address(file: Document) -> str | None:
	"""Return where a private file lies, however its address is written; None for a public one."""
	url = file.file_url or file.file_name or ""
	is_private = PRIVATE in unquote(url) or ("/" not in unquote(url) and file.is_private)
	return get_plain_address(url) if is_private else None


def get_filters(url: str, name: str | None) -> dict:
	"""Return the filters for other files at an address that are of a client's record."""
	return {"file_url": url, "name": ("!=", name or ""), "attached_to_doctype": ("in", CLIENT_RECORDS)}


def get_plain_address(url: str) -> str:
	return PRIVATE + posixpath.basename(posixpath.normpath(unquote(url)))


def is_clients_file(path: str) -> bool:
	"""Tell whether at the address of a request there is a file of a client's record."""
	return PRIVATE in path and bool(frappe.db.exists("File", get_filters(get_plain_address(path), None)))


def reads_file(url: str) -> bool:
	"""Tell whether at an address, however it is written, there is a file that the user reads."""
	names = frappe.get_all("File", {"file_url": get_plain_address(url)}, pluck="name")
	return any(is_readable(name) for name in names)


def is_readable(file: str) -> bool:
	try:
		return bool(frappe.get_doc("File", file).has_permission("read"))
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return False
