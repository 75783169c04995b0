"""One record as its client reads it in the bundle: its fields and rows in words, without what is about others."""

import base64
import binascii
import re
from pathlib import PurePosixPath
from typing import Any

import frappe
from bs4 import BeautifulSoup
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, cstr, get_fullname

from case_management.case_management.households.secret_places import is_told
from case_management.case_management.keeping.record_decisions import get_client_of
from case_management.permissions import CLIENT_RECORDS

RICH_TEXT = ("Text Editor", "HTML Editor", "Markdown Editor")
BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre")
# Fields that serve the app, not the record.
NOT_SHOWN = frozenset(("naming_series", "workflow_state", "name_sound", "client_name"))
# Of rows that name another client: what else is said of that person.
ABOUT_OTHERS = {"Incident Person at Risk": ("person", "risk")}


class LeftOut:
	"""What is not in the bundle, and why: from the decision, and noted while the records are gone through."""

	def __init__(self, request: Document) -> None:
		self.request, self.client = request, request.client
		self.confidential_included = request.confidential_included
		self.reasons = {
			(row.record_type, row.record_name or None): get_label("Case Code", row.reason)
			for row in request.withheld
		}
		self.rows: list[dict] = []

	def add(self, doctype: str, record: str | None, why: str, **more: Any) -> None:
		self.rows.append({"kind": _(doctype), "record": record, "why": why, **more})

	def is_withheld(self, doctype: str | None, name: str | None) -> bool:
		return (doctype, None) in self.reasons or (doctype, name) in self.reasons

	def has_kind(self, doctype: str, count: int) -> bool:
		"""Tell whether all records of a kind are withheld, and note it."""
		why = self.reasons.get((doctype, None))
		if why:
			self.add(doctype, None, why, count=count)
		return bool(why)

	def has_record(self, doctype: str, name: str) -> bool:
		"""Tell whether one record or file is withheld, and note it."""
		why = self.reasons.get((doctype, name))
		if not why and doctype == "Case Note" and not self.confidential_included:
			is_confidential = frappe.db.get_value(doctype, name, "confidential")
			why = _("Marked confidential since the decision") if is_confidential else None
		if not why and not is_told(doctype, name, self.request):
			why = _("The place is secret")
		if why:
			self.add(doctype, name, why)
		return bool(why)


def get_record(doc: Document, left_out: LeftOut, files: dict[str, bytes]) -> dict:
	"""Return what a record says, in words; its files are added to `files`.

	:return: `kind`, `code`, `made_on`, `made_by`, `fields` (rows of `field`, `label`, `value`), `tables` (`table`,
	        `label`, `rows`), `comments`, `messages` and `files` (places in the ZIP)
	"""
	record = {
		"doctype": doc.doctype,
		"kind": _(doc.doctype),
		"code": doc.name,
		"made_on": cstr(doc.creation),
		"made_by": get_fullname(doc.owner),
		"fields": get_fields(doc, doc, left_out, files),
		"tables": [],
		"comments": get_comments(doc),
		"messages": get_messages(doc),
	}
	for field in doc.meta.get_table_fields():
		rows = [get_fields(row, doc, left_out, files) for row in doc.get(field.fieldname)]
		if any(rows):
			record["tables"].append({"table": field.fieldname, "label": _(field.label), "rows": rows})
	record["files"] = get_files(doc, left_out, files)
	return record


def get_fields(row: Document, doc: Document, left_out: LeftOut, files: dict[str, bytes]) -> list[dict]:
	"""Return the fields of a record or a row that say something, in words."""
	hidden = get_fields_about_others(row, left_out.client)
	secret = get_secret_fields(row, left_out.request)
	shown = []
	for field in row.meta.fields:
		value = row.get(field.fieldname)
		if not is_shown(field) or value in (None, "", 0):
			continue
		if field.fieldname in secret:
			left_out.add(doc.doctype, doc.name, _("The place is secret"), field=_(field.label))
			continue
		if field.fieldname in hidden:
			left_out.add(doc.doctype, doc.name, _("About another person"), field=_(field.label))
			value = _("another person")
		elif field.fieldtype == "Signature":
			value = add_signature(doc, field.fieldname, value, files)
		else:
			value = get_words(field, value)
		shown.append({"field": field.fieldname, "label": _(field.label), "value": value})
	return shown


def is_shown(field: Document) -> bool:
	return not (
		field.hidden
		or field.fieldname in NOT_SHOWN
		or field.fieldtype in frappe.model.no_value_fields
		or field.fieldtype in frappe.model.table_fields
	)


def get_secret_fields(row: Document, request: Document) -> set[str]:
	"""Return the fields that tell where somebody lives whose address is secret, unless they ask themselves."""
	return {"address"} if row.get("address_is_secret") and request.asked_by != "Client" else set()


def get_fields_about_others(row: Document, client: str) -> set[str]:
	"""Return the fields of a record or row that name another client, or say something of that person."""
	others = {
		field.fieldname
		for field in row.meta.get_link_fields()
		if field.options in CLIENT_RECORDS
		and row.get(field.fieldname)
		and get_client_of(field.options, row.get(field.fieldname)) not in (client, None)
	}
	return others | set(ABOUT_OTHERS.get(row.doctype, ())) if others else others


def get_words(field: Document, value: Any) -> str:
	"""Return a value as a person reads it; of rich text the text alone, so that nothing in it is run or loaded."""
	if field.fieldtype in RICH_TEXT:
		return get_text(value)
	if field.fieldtype == "Check":
		return _("Yes") if cint(value) else _("No")
	if field.fieldtype == "Link" and field.options == "User":
		return get_fullname(value)
	if field.fieldtype == "Link":
		return get_label(field.options, value)
	if field.fieldtype == "Select":
		return _(cstr(value))
	return cstr(value)


def get_label(doctype: str, name: str) -> str:
	"""Return a code's label, of other records their name."""
	return (
		frappe.db.get_value(doctype, name, "label", cache=True) if doctype == "Case Code" else name
	) or name


def get_text(html: str) -> str:
	"""Return the words of rich text, a line for each paragraph."""
	soup = BeautifulSoup(html or "", "html.parser")
	for tag in soup(["script", "style"]):
		tag.decompose()
	for tag in soup(BLOCKS):
		tag.append("\n")
	lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
	return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def get_comments(doc: Document) -> list[dict]:
	filters = {"reference_doctype": doc.doctype, "reference_name": doc.name, "comment_type": "Comment"}
	rows = frappe.get_all("Comment", filters, ["owner", "creation", "content"], order_by="creation")
	return [
		{"who": get_fullname(row.owner), "when": cstr(row.creation), "text": get_text(row.content)}
		for row in rows
	]


def get_messages(doc: Document) -> list[dict]:
	"""Return e-mails and calls that were kept with a record."""
	filters = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	fields = ["sender", "communication_date", "subject", "content"]
	rows = frappe.get_all("Communication", filters, fields, order_by="communication_date")
	return [
		{
			"who": row.sender or "",
			"when": cstr(row.communication_date),
			"text": f"{row.subject or ''}\n{get_text(row.content)}".strip(),
		}
		for row in rows
	]


def get_files(doc: Document, left_out: LeftOut, files: dict[str, bytes]) -> list[str]:
	"""Add the files of a record to the bundle; return their places in it."""
	attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "is_folder": 0}
	places = []
	for name in frappe.get_all("File", attached, pluck="name", order_by="creation, name"):
		if left_out.has_kind("File", 1) or left_out.has_record("File", name):
			continue
		file = frappe.get_doc("File", name)
		place = get_place(doc, file.file_name, files)
		try:
			content = file.get_content()
		except Exception:
			frappe.clear_last_message()
			left_out.add("File", name, _("The file is not here any more, or lies elsewhere"))
			continue
		files[place] = content.encode() if isinstance(content, str) else content
		places.append(place)
	return places


def add_signature(doc: Document, field: str, value: str, files: dict[str, bytes]) -> str:
	"""Add a signature's image to the bundle; return its place in it."""
	place = get_place(doc, f"{field}.png", files)
	try:
		files[place] = base64.b64decode(cstr(value).partition(",")[2], validate=True)
	except (binascii.Error, ValueError):
		return _("signed")
	return place


def get_place(doc: Document, file_name: str, files: dict[str, bytes]) -> str:
	"""Return a file's place in the ZIP: beside its record's code, and nowhere outside."""
	name = PurePosixPath(cstr(file_name).replace("\\", "/")).name.lstrip(".") or "file"
	place, number = f"files/{doc.name}/{name}", 1
	while place in files:
		number += 1
		place = f"files/{doc.name}/{number}-{name}"
	return place
