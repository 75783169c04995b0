"""Everything the service holds about one client, in one file for the client (B26; APP 12).

A ZIP of `record.pdf` to read, `record.json` for a program (docs/record-bundle.md says how it is built), the client's
files, and `left_out.json`: what is not in it and why. What a decision withholds stays out, and what is about others.
"""

import io
import json
import zipfile
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, now_datetime
from frappe.utils.pdf import get_pdf

from case_management.case_management.access.loading import as_app
from case_management.case_management.keeping.bundle_records import LeftOut, get_record
from case_management.case_management.looking.access_log import log_access
from case_management.permissions import CLIENT_RECORDS

FORMAT = "case-management-record 1"
TEMPLATE = "case_management/templates/record_bundle.html"
LOG = "Client Access Log"


def make_bundle(request: Document) -> dict:
	"""Store the bundle of a request's client as a private file beside its line in the access log.

	The line, and so the file, is read by team leaders only, where the request is read by the whole team.

	:return: `bundle` (the file's address), `bundle_made_on` and `bundle_left_out` (a number)
	"""
	left_out = LeftOut(request)
	content, files = get_content(request, left_out)
	line = log_access(request.client, "Record Bundle", request.doctype, request.name)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{request.name}.zip",
			"content": get_zip(content, files),
			"is_private": 1,
			"attached_to_doctype": LOG,
			"attached_to_name": line,
		}
	)
	file.insert(ignore_permissions=True)
	made = {"bundle": file.file_url, "bundle_made_on": now_datetime()}
	return {**made, "bundle_left_out": len(left_out.rows)}


@as_app()
def get_content(request: Document, left_out: LeftOut) -> tuple[dict, dict[str, bytes]]:
	"""Return what the bundle says, and its files by their place in the ZIP."""
	files: dict[str, bytes] = {}
	records = []
	for doctype in CLIENT_RECORDS:
		names = get_names(request.client, doctype)
		if doctype == LOG or not names or left_out.has_kind(doctype, len(names)):
			continue
		shown = [name for name in names if not left_out.has_record(doctype, name)]
		records += [get_record(frappe.get_doc(doctype, name), left_out, files) for name in shown]
	content = {
		"format": FORMAT,
		"request": request.name,
		"client": request.client,
		"made_on": cstr(now_datetime()),
		"records": records,
		"looked_at": get_looks(request.client, left_out),
		"left_out": left_out.rows,
	}
	return content, files


def get_names(client: str, doctype: str) -> list[str]:
	field = "name" if doctype == "Client" else "client"
	return frappe.get_all(doctype, {field: client}, pluck="name", order_by="creation, name")


def get_looks(client: str, left_out: LeftOut) -> list[dict]:
	"""Return who looked at the record, when and how: the client's own extract of the access log."""
	fields = ["user", "accessed_on", "access_kind", "record_type", "record_name"]
	rows = frappe.get_all(LOG, {"client": client}, fields, order_by="accessed_on, name")
	if rows and left_out.has_kind(LOG, len(rows)):
		return []
	return [
		{
			"who": frappe.utils.get_fullname(row.user),
			"when": cstr(row.accessed_on),
			"how": _(row.access_kind),
			"what": _(row.record_type or ""),
			"record": "" if left_out.is_withheld(row.record_type, row.record_name) else row.record_name or "",
		}
		for row in rows
	]


def get_zip(content: dict, files: dict[str, bytes]) -> bytes:
	page = frappe.render_template(TEMPLATE, content)
	name, printed = get_printed(page)
	parts = {
		name: printed,
		"record.json": as_json(content),
		"left_out.json": as_json(content["left_out"]),
		**files,
	}
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
		for path, data in parts.items():
			archive.writestr(path, data)
	return buffer.getvalue()


def get_printed(page: str) -> tuple[str, bytes]:
	"""Return name and content of the page to read: a PDF, or the page itself where the site can make none."""
	try:
		return "record.pdf", get_pdf(page)
	except (OSError, frappe.ValidationError):
		frappe.clear_last_message()
		return "record.html", page.encode()


def as_json(content: Any) -> str:
	return json.dumps(content, indent=1, ensure_ascii=False)
