"""Every place where something of a record can stand besides the record itself, and how it is taken away.

Used where a client's record is disposed of, where the made-up service is taken away, and by uninstall.
"""

import re
from collections.abc import Iterator

import frappe
from frappe.model.utils.user_settings import sync_user_settings
from frappe.query_builder import DocType, Field
from pypika.terms import Criterion

# Where Frappe keeps something about a record: DocType, field of the record's DocType, field of its name.
TRACES = (
	("Version", "ref_doctype", "docname"),
	("Comment", "reference_doctype", "reference_name"),
	("View Log", "reference_doctype", "reference_name"),
	("Access Log", "export_from", "reference_document"),
	("Activity Log", "reference_doctype", "reference_name"),
	("Activity Log", "timeline_doctype", "timeline_name"),
	("Activity Log", "link_doctype", "link_name"),
	("Communication", "reference_doctype", "reference_name"),
	("Communication Link", "link_doctype", "link_name"),
	("Deleted Document", "deleted_doctype", "deleted_name"),
	("Discussion Topic", "reference_doctype", "reference_docname"),
	("Document Follow", "ref_doctype", "ref_docname"),
	("Document Share Key", "reference_doctype", "reference_docname"),
	("DocShare", "share_doctype", "share_name"),
	("Dynamic Link", "link_doctype", "link_name"),
	("Email Queue", "reference_doctype", "reference_name"),
	("Energy Point Log", "reference_doctype", "reference_name"),
	("Error Log", "reference_doctype", "reference_name"),
	("Event Participants", "reference_doctype", "reference_docname"),
	("File", "attached_to_doctype", "attached_to_name"),
	("Integration Request", "reference_doctype", "reference_docname"),
	("Milestone", "reference_type", "reference_name"),
	("Notification Log", "document_type", "document_name"),
	("Reminder", "reminder_doctype", "reminder_docname"),
	("Submission Queue", "ref_doctype", "ref_docname"),
	("Tag Link", "document_type", "document_name"),
	("ToDo", "reference_type", "reference_name"),
	("User Permission", "allow", "for_value"),
	("Workflow Action", "reference_doctype", "reference_name"),
)
# Records of the framework that go when their text names a record: logs, and what people saved of lists they looked at.
LOGS = (
	"Access Log",
	"Activity Log",
	"Console Log",
	"Data Import Log",
	"DefaultValue",
	"Deleted Document",
	"Email Queue",
	"Error Log",
	"Integration Request",
	"List Filter",
	"Notification Log",
	"Prepared Report",
	"Route History",
	"Scheduled Job Log",
	"ToDo",
	"Webhook Request Log",
)
# Texts about other records that may name one: the name is taken out, the text stays.
TEXTS = (("Comment", "content"), ("Communication", "content"), ("Version", "data"))
CONTACTS = ("Contact", "Address")
NOBODY = "–"
CHUNK = 50


def delete_records(doctype: str, names: list[str]) -> None:
	"""Delete records with their rows, files and traces, and leave no copy of what they said."""
	if not names:
		return
	delete_files(doctype, names)
	about = {"document_type": doctype, "document_name": ("in", names)}
	tags = frappe.get_all("Tag Link", about, pluck="tag", distinct=True)
	contacts = get_contacts(doctype, names)
	for trace, of_doctype, of_name in TRACES:
		delete_rows(trace, {of_doctype: doctype, of_name: ("in", names)})
	# A search for likely matches; what names a client goes with the client.
	searches = {"record_type": doctype, "record_name": ("in", names), "client": ("is", "not set")}
	delete_rows("Client Access Log", searches)
	search = DocType("__global_search")
	frappe.qb.from_(search).delete().where((search.doctype == doctype) & search.name.isin(names)).run()
	delete_rows(doctype, {"name": ("in", names)})
	delete_unused_tags(tags)
	delete_unused_contacts(contacts)
	for name in names:
		frappe.clear_document_cache(doctype, name)


def delete_unused_tags(tags: list[str]) -> None:
	"""Delete tags that nothing has any more: a tag is whatever somebody wrote, a name as well."""
	used = frappe.get_all("Tag Link", {"tag": ("in", tags)}, pluck="tag") if tags else []
	delete_rows("Tag", {"name": ("in", sorted(set(tags) - set(used)))})


def get_contacts(doctype: str, names: list[str]) -> set[tuple[str, str]]:
	"""Return the contacts and addresses, by DocType and name, that are linked to the records."""
	linked = {"link_doctype": doctype, "link_name": ("in", names), "parenttype": ("in", CONTACTS)}
	rows = frappe.get_all("Dynamic Link", linked, ["parenttype", "parent"])
	return {(row.parenttype, row.parent) for row in rows}


def delete_unused_contacts(contacts: set[tuple[str, str]]) -> None:
	"""Delete contacts and addresses that were of these records alone."""
	for doctype, name in sorted(contacts):
		if not frappe.db.exists("Dynamic Link", {"parenttype": doctype, "parent": name}):
			delete_records(doctype, [name])


def delete_files(doctype: str, names: list[str]) -> None:
	"""Delete the files of records, those that only a field of them names too, from the disk as well."""
	attached = {"attached_to_doctype": doctype, "attached_to_name": ("in", names)}
	files = frappe.get_all("File", attached, pluck="name")
	for field in frappe.get_meta(doctype).get("fields", {"fieldtype": ("in", ("Attach", "Attach Image"))}):
		filters = {"name": ("in", names), field.fieldname: ("is", "set")}
		urls = frappe.get_all(doctype, filters, pluck=field.fieldname)
		loose = {"file_url": ("in", urls), "attached_to_name": ("is", "not set"), "is_folder": 0}
		files += frappe.get_all("File", loose, pluck="name") if urls else []
	for name in files:
		# A file's deletion is noted on its record, which goes too.
		frappe.db.set_value("File", name, {"attached_to_doctype": None, "attached_to_name": None})
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)


def delete_rows(doctype: str, filters: dict) -> None:
	"""Delete records by their conditions, with their child rows and without leaving copies."""
	nothing = any(isinstance(value, tuple) and not value[1] for value in filters.values())
	if nothing or not frappe.db.table_exists(doctype):
		return
	if tables := frappe.get_meta(doctype).get_table_fields():
		names = frappe.get_all(doctype, filters=filters, pluck="name")
		for field in tables if names else []:
			frappe.db.delete(field.options, {"parenttype": doctype, "parent": ("in", names)})
	frappe.db.delete(doctype, filters)


def get_links_to(target: str, framework_only: bool = True) -> list[tuple[str, str]]:
	"""Return DocType and field of each stored link to `target`.

	:param framework_only: leave out other apps' records that name one of our DocTypes (an invoice whose party was a
	        client, say): they are theirs
	"""
	modules = frappe.get_all("Module Def", filters={"app_name": "frappe"}, pluck="name")
	filters = {"module": ("in", modules)} if framework_only else {}
	stored = set(frappe.get_all("DocType", filters={**filters, "is_virtual": 0}, pluck="name"))
	link = {"fieldtype": "Link", "options": target}
	fields = [
		*frappe.get_all("DocField", filters=link, fields=["parent", "fieldname"], as_list=True),
		*frappe.get_all("Custom Field", filters=link, fields=["dt", "fieldname"], as_list=True),
	]
	return [(doctype, field) for doctype, field in fields if doctype in stored]


def clear_links(records: dict[str, list[str]]) -> None:
	"""Empty the links that what stays on the site has to these records, in all apps."""
	for target, names in records.items():
		for doctype, field in get_links_to(target, framework_only=False) if names else ():
			if not frappe.get_meta(doctype).issingle:
				frappe.db.set_value(doctype, {field: ("in", names)}, field, None, update_modified=False)


def clear_mentions(codes: list[str], names: list[str]) -> None:
	"""Take records' codes out of logs, saved filters, comments and histories of what stays on the site.

	:param names: how the person was called: they are taken out of histories where these name a code too
	"""
	mention = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, codes))})(?![\w-])")
	for doctype in LOGS:
		delete_rows(doctype, {"name": ("in", list(find_mentions(doctype, codes, mention)))})
	for doctype, column in TEXTS:
		for name, text in find_mentions(doctype, codes, mention, [column]).items():
			text = mention.sub(NOBODY, text)
			for word in names:
				text = text.replace(frappe.as_json(word), frappe.as_json(NOBODY))
			frappe.db.set_value(doctype, name, column, text, update_modified=False)
	clear_user_settings(codes)


def find_mentions(
	doctype: str, codes: list[str], mention: re.Pattern, columns: list[str] | None = None
) -> dict[str, str]:
	"""Return the rows of a table whose text names one of the codes, with that text."""
	if not frappe.db.table_exists(doctype):
		return {}
	columns = columns or list(get_text_columns(doctype))
	table, found = DocType(doctype), {}
	for start in range(0, len(codes), CHUNK):
		likes = [
			table[column].like(f"%{code}%") for code in codes[start : start + CHUNK] for column in columns
		]
		query = frappe.qb.from_(table).select(table.name, *[table[column] for column in columns])
		for name, *texts in query.where(Criterion.any(likes)).run():
			text = "\n".join(text for text in texts if text)
			if mention.search(text):
				found[name] = text
	return found


def get_text_columns(doctype: str) -> Iterator[str]:
	"""Return the columns of a table that hold text."""
	for column in frappe.db.get_table_columns_description(f"tab{doctype}"):
		if column.name != "name" and ("char" in column.type or "text" in column.type):
			yield column.name


def clear_user_settings(codes: list[str]) -> None:
	"""Delete what people's lists and forms remember, where it names one of the codes."""
	sync_user_settings()
	data = Field("data")
	for start in range(0, len(codes), CHUNK):
		likes = [data.like(f"%{code}%") for code in codes[start : start + CHUNK]]
		frappe.qb.from_(DocType("__UserSettings")).delete().where(Criterion.any(likes)).run()
	frappe.cache.delete_value("_user_settings")
