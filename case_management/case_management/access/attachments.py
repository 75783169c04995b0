"""Nobody attaches anything to a client's record that they do not see: no file, comment, tag, to-do, share or mail.

Frappe stores much of that without asking for permission. So whatever names a client's record is looked at when it is
saved, its rows included. A file besides is private, lies on the disk on its own, and is attached again only by who
reads it already.
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.access.references import get_references
from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS, is_visible

# What Frappe stores at somebody's request without asking for permission.
ASKED_FOR = ("Communication", "Document Follow", "Document Share Key", "DocShare", "File", "Tag Link", "ToDo")
# Comments that are somebody's; the others note what was done, and permission was asked for that.
REMARKS = ("Comment", "Like")
PRIVATE = "/private/files/"


def validate_attached(doc: Document, event: str | None = None) -> None:
	"""Refuse what is newly attached to a client's record that the user does not see, or that is not there.

	Hook: validate, for every DocType (`*`), so that those of other apps and of an administrator are covered.

	:raises frappe.PermissionError: the same for a record that is not seen and one that is not there
	"""
	if frappe.session.user == "Administrator" or doc.doctype in CLIENT_RECORDS or is_made_by_itself(doc):
		return
	stored = set(get_targets(doc.get_doc_before_save()))
	for doctype, name in get_targets(doc):
		if (doctype, name) not in stored and not reads(doctype, name):
			refuse(
				doc,
				_("There is no {0} {1} that you see.").format(_(doctype), name),
				_("Choose a record that you see."),
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
		pairs += [(field.options, row.get(field.fieldname)) for field in row.meta.get_link_fields()]
		for doctype, name in pairs:
			if doctype in CLIENT_RECORDS and name and not is_unsaved(doc, doctype, name):
				yield doctype, name


def is_unsaved(doc: Document, doctype: str, name: str) -> bool:
	"""Tell whether a file is for a form of the Desk that was not saved yet."""
	return doc.doctype == "File" and str(name).startswith(f"new-{doctype.lower().replace(' ', '-')}-")


def reads(doctype: str, name: str) -> bool:
	return bool(frappe.has_permission(doctype, "read")) and is_visible(doctype, name)


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


def validate_file(file: Document, event: str | None = None) -> None:
	"""Refuse a public file of a client, and another's private file under one's own record. Hook: File, validate.

	:raises frappe.ValidationError: the file is public
	:raises OSError: the file is not the user's to attach, or not there: Frappe's own words for the latter
	"""
	if file.is_folder or is_elsewhere(file):
		return
	if is_of_client(file) and not file.is_private:
		refuse(file, _("A client's file is private."), _("Attach it as a private file."))
	before = file.get_doc_before_save()
	if frappe.session.user == "Administrator" or (before and get_address(before) == get_address(file)):
		return
	if not may_attach(file):
		frappe.throw(_("File {0} does not exist").format(file.file_url), IOError)


def is_of_client(file: Document) -> bool:
	return file.attached_to_doctype in CLIENT_RECORDS


def is_elsewhere(file: Document) -> bool:
	"""Tell whether a file is only a link to another site."""
	url = file.file_url or ""
	return url.startswith(("http://", "https://")) and PRIVATE not in url


def get_address(file: Document) -> str | None:
	"""Return where a private file lies, however its address is written; None for a public one."""
	url = unquote(file.file_url or file.file_name or "")
	if PRIVATE in url or ("/" not in url and file.is_private):
		return PRIVATE + posixpath.basename(posixpath.normpath(url))
	return None


def may_attach(file: Document) -> bool:
	"""Tell whether a file's content is the user's own, nobody's client's, or of a record that they read."""
	filters = {"file_url": get_address(file), "name": ("!=", file.name or ""), "is_folder": 0}
	filters["attached_to_doctype"] = ("in", CLIENT_RECORDS)
	others = frappe.get_all("File", filters, ["attached_to_doctype", "attached_to_name"])
	return not others or any(reads(other.attached_to_doctype, other.attached_to_name) for other in others)
