"""Give each file of a client's record a private place of its own, as files have it that are attached today.

Whoever knew the address of a public file could read it; and Frappe stores equal content once, so that who attached the
same again learned from its address that somebody had it before.
"""

import shutil
from pathlib import Path
from urllib.parse import unquote

import frappe
from frappe.utils import create_batch

from case_management.case_management.guard.attachments import PRIVATE, is_elsewhere
from case_management.permissions import CLIENT_RECORDS

BATCH = 500
PUBLIC = "/files/"
# Kinds of fields in whose text an address of a file may stand.
TEXTS = ("Attach", "Attach Image", "Text Editor", "HTML Editor", "Markdown Editor", "Small Text", "Long Text")
FIELDS = ["name", "file_url", "is_private", "thumbnail_url", "attached_to_doctype", "attached_to_name"]


def execute() -> None:
	"""Move what lies in public or is shared. Run again it moves nothing."""
	frappe.db.auto_commit_on_many_writes = 1
	filters = {"attached_to_doctype": ("in", CLIENT_RECORDS), "is_folder": 0}
	for names in create_batch(frappe.get_all("File", filters, pluck="name", order_by="name"), BATCH):
		for file in frappe.get_all("File", {"name": ("in", names)}, FIELDS):
			if file.file_url and not is_elsewhere(file):
				keep_apart(file)


def keep_apart(file: frappe._dict) -> None:
	values = {"is_private": 1, "thumbnail_url": None}
	# Frappe looks for equal content by it.
	values["content_hash"] = frappe.generate_hash(length=32)
	if is_shared(file) or not file.file_url.startswith(PRIVATE):
		values["file_url"] = move(file)
		update_address(file, values["file_url"])
	if file.thumbnail_url and file.thumbnail_url.startswith(PUBLIC):
		delete_later(get_path(file.thumbnail_url))
	frappe.db.set_value("File", file.name, values, update_modified=False)


def is_shared(file: frappe._dict) -> bool:
	"""Tell whether another file has the same address."""
	return bool(frappe.db.exists("File", {"file_url": file.file_url, "name": ("!=", file.name)}))


def move(file: frappe._dict) -> str:
	"""Bring a file to a free private place, and return its address there; one that is shared stays where it was, too.

	A file that is missing on the disk gets the address alone. What it leaves is deleted once everything is stored.
	"""
	source = get_path(file.file_url)
	target = get_free_path(source.name)
	if source.is_file():
		target.parent.mkdir(parents=True, exist_ok=True)
		shutil.copy2(source, target)
		frappe.db.after_rollback.add(lambda: target.unlink(missing_ok=True))
		if not is_shared(file):
			delete_later(source)
	return PRIVATE + target.name


def get_path(address: str) -> Path:
	"""Return where a file of the site lies, by the last part of its address only."""
	kind = "private" if address.startswith(PRIVATE) else "public"
	folder = Path(frappe.get_site_path(kind, "files"))
	name = Path(address).name
	return folder / name if (folder / name).is_file() else folder / Path(unquote(address)).name


def get_free_path(name: str) -> Path:
	"""Return a path among the private files that no file has, on the disk or in the database."""
	folder = Path(frappe.get_site_path("private", "files"))
	path = folder / name
	while path.exists() or frappe.db.exists("File", {"file_url": PRIVATE + path.name}):
		path = folder / f"{Path(name).stem}{frappe.generate_hash(length=6)}{Path(name).suffix}"
	return path


def delete_later(path: Path) -> None:
	frappe.db.after_commit.add(lambda: path.unlink(missing_ok=True))


def update_address(file: frappe._dict, address: str) -> None:
	"""Let the record to which a file is attached name its new address, as in a picture in a note."""
	doctype, name = file.attached_to_doctype, file.attached_to_name
	for field in frappe.get_meta(doctype).get("fields", {"fieldtype": ("in", TEXTS), "is_virtual": 0}):
		text = frappe.db.get_value(doctype, name, field.fieldname) if name else None
		if text and file.file_url in text:
			text = text.replace(file.file_url, address)
			frappe.db.set_value(doctype, name, field.fieldname, text, update_modified=False)
