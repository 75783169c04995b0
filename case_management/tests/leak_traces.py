"""What points at the hidden client's records: comments, files, tags, versions, logs, mails, to-dos and the like.

Every DocType of the site that can name a record of any kind has one for each record of the hidden client; those that
do so by a Dynamic Link are found by their fields, the others are named here.
"""

from pathlib import Path

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from case_management.permissions import CLIENT_RECORDS
from case_management.tests import leak_people

# The fields of DocType and name, where the name is no Dynamic Link.
NAMED = {
	"File": ("attached_to_doctype", "attached_to_name"),
	"Version": ("ref_doctype", "docname"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Access Log": ("export_from", "reference_document"),
	"Notification Log": ("document_type", "document_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Error Log": ("reference_doctype", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Milestone": ("reference_type", "reference_name"),
	"Transaction Log": ("reference_doctype", "document_name"),
	"Prepared Report": ("report_name", "filters"),
}
# What gives access, or acts by itself, is no trace.
NOT_MADE = (
	"DocShare",
	"User Permission",
	"Webhook",
	"Auto Repeat",
	"Document Share Key",
	"Email Unsubscribe",
)
SEARCH = "Global Search Settings"


def get_trace_fields() -> dict[str, tuple[str, str]]:
	"""Return the DocTypes whose records point at any other, with their fields of the DocType and of the name."""
	found = {}
	filters = {"fieldtype": "Dynamic Link", "parenttype": "DocType", "parent": ("not in", CLIENT_RECORDS)}
	for field in frappe.get_all("DocField", filters, ["parent", "fieldname", "options"], order_by="idx"):
		meta = frappe.get_meta(field.parent)
		kind = meta.get_field(field.options)
		if not (meta.istable or meta.issingle) and kind and kind.options == "DocType":
			found.setdefault(field.parent, (field.options, field.fieldname))
	named = {doctype: fields for doctype, fields in NAMED.items() if frappe.db.exists("DocType", doctype)}
	return {**found, **named}


def make_traces(doctype: str, number: int) -> list[dict]:
	"""Store a trace of each kind that points at the hidden record of a DocType; return what is known of them."""
	from case_management.tests.leak_world import get_name

	name = get_name(doctype, number)
	set_own_columns(doctype, name, number)
	index(doctype, name, number)
	known = []
	for kind, (type_field, name_field) in get_trace_fields().items():
		if kind in NOT_MADE:
			continue
		trace, fields = make_trace(kind, doctype, number)
		trace.update({type_field: doctype, name_field: name})
		complete(trace, doctype, number)
		trace.db_insert()
		about = {"about": (type_field, name_field), "has_random_name": has_random_name(kind)}
		known.append({"doctype": kind, "name": str(trace.name), "fields": fields, **about})
	return known


def make_trace(kind: str, doctype: str, number: int) -> tuple[Document, dict[str, str]]:
	"""Return a trace with a marker in each of its texts, owned by somebody who may see the client, and its markers."""
	from case_management.tests.leak_world import fill

	trace = frappe.new_doc(kind)
	fields = fill(trace, number)
	if not has_number_for_name(kind):
		trace.name = get_trace_name(kind, doctype, number)
	# With a time, since whoever stores a record without one becomes its owner.
	trace.update({"owner": leak_people.get_user("permitted"), "creation": now_datetime()})
	trace.modified = trace.creation
	return trace, fields


def get_trace_name(kind: str, doctype: str, number: int) -> str:
	from case_management.tests.leak_world import get_hash

	return f"{number}{get_hash(kind, doctype)[:5]}"


def has_number_for_name(kind: str) -> bool:
	return frappe.get_meta(kind).autoname == "autoincrement"


def has_random_name(kind: str) -> bool:
	"""Tell whether Frappe names records of a kind by chance."""
	return (frappe.get_meta(kind).autoname or "hash").lower() in ("hash", "random", "uuid")


def complete(trace: Document, doctype: str, number: int) -> None:
	"""Give a trace what is particular to its kind."""
	from case_management.tests.leak_world import get_marker

	marker = get_marker(number, trace.doctype, doctype)
	particular = {
		"File": {"file_name": f"{marker}.txt", "is_private": 1, "folder": "Home/Attachments"},
		"Version": {"data": frappe.as_json({"changed": [["note", "", marker]]})},
		"Deleted Document": {"data": frappe.as_json({"doctype": doctype, "name": marker}), "restored": 0},
		"Communication": {"communication_type": "Communication", "subject": marker, "content": marker},
		"Comment": {"comment_type": "Comment", "content": marker},
		"ToDo": {"status": "Open", "description": marker},
		"Workflow Action": {"status": "Open"},
		"Email Queue": {"message": marker, "status": "Sent"},
		"Prepared Report": {"report_name": "Waiting List", "status": "Completed", "filters": marker},
		"Tag Link": {"tag": marker, "title": marker},
	}
	trace.update(particular.get(trace.doctype, {}))
	if trace.doctype == "File":
		store_content(trace, marker, get_marker(number, "content", doctype))


def store_content(file: Document, marker: str, content: str) -> None:
	file.update({"file_url": f"/private/files/{marker}.txt", "file_size": len(marker), "file_type": "TXT"})
	file.update({"thumbnail_url": None, "old_parent": None, "content_hash": marker})
	Path(frappe.get_site_path("private", "files", f"{marker}.txt")).write_text(f"content {content}")


def set_own_columns(doctype: str, name: str, number: int) -> None:
	"""Comment on, assign, like and tag a record, as Frappe notes it on the record itself."""
	from case_management.tests.leak_world import get_marker

	user, marker = leak_people.get_user("permitted"), get_marker(number, "Tag Link", doctype)
	comment = frappe.as_json([{"comment": marker, "by": user, "name": marker}])
	values = {"_comments": comment, "_assign": frappe.as_json([user]), "_liked_by": frappe.as_json([user])}
	frappe.db.set_value(doctype, name, {**values, "_user_tags": f",{marker}"}, update_modified=False)


def index(doctype: str, name: str, number: int) -> None:
	"""Put a record into the global search, as if an administrator had switched that on."""
	from case_management.tests.leak_world import get_marker

	text = f"{name} {get_marker(number, 'Tag Link', doctype)}"
	row = {"doctype": doctype, "name": name, "title": name, "content": text, "route": "", "published": 0}
	query = frappe.qb.into("__global_search").columns(*row)
	query.insert(*row.values()).run()
	about = {"parent": SEARCH, "parenttype": SEARCH, "parentfield": "allowed_in_global_search"}
	frappe.get_doc({"doctype": "Global Search DocType", "document_type": doctype, **about}).db_insert()


def remove_traces() -> None:
	"""Delete whatever points at a record of the suite, made by it or since."""
	from case_management.tests.leak_world import NUMBERS, get_doctypes, get_name

	numbers = [number + twin for number in NUMBERS for twin in (0, 1)]
	names = [get_name(doctype, number) for doctype in get_doctypes() for number in numbers]
	for kind, (_, name_field) in get_trace_fields().items():
		frappe.db.delete(kind, {name_field: ("in", names)})
		if not has_number_for_name(kind):
			own = [get_trace_name(kind, doctype, number) for doctype in get_doctypes() for number in numbers]
			frappe.db.delete(kind, {"name": ("in", own)})
	searched = {"parent": SEARCH, "document_type": ("in", get_doctypes())}
	frappe.db.delete("Global Search DocType", searched)
	frappe.db.delete("__global_search", {"name": ("in", names)})
	frappe.db.delete("Client Access Log", {"record_name": ("in", names)})
	for file in Path(frappe.get_site_path("private", "files")).glob("z[qv]??????????.txt"):
		file.unlink()
