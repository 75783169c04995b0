"""Which clients' records a request names: in its address, its arguments, and the documents that it sends.

So does one that names what points at a client's record: a comment, a file, a to-do.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import frappe

from case_management.case_management.guard.addresses import RESOURCE, get_function
from case_management.case_management.guard.attachments import PRIVATE, get_targets
from case_management.case_management.guard.references import tells_of_clients
from case_management.permissions import CLIENT_RECORDS, get_parents

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
# Arguments that name the DocType of a record.
KINDS = ("doctype", "dt", "ref_doctype", "reference_doctype", "reference_dt")
# Functions that know the DocType themselves: it, and the argument that names a record.
IMPLIED = {
	"frappe.automation.doctype.auto_repeat.auto_repeat.update_reference": ("Auto Repeat", "docname"),
	"frappe.core.api.file.move_file": ("File", "file_list"),
	"frappe.core.api.file.unzip_file": ("File", "name"),
	"frappe.core.api.file.zip_files": ("File", "files"),
	"frappe.core.doctype.deleted_document.deleted_document.bulk_restore": ("Deleted Document", "docnames"),
	"frappe.core.doctype.deleted_document.deleted_document.restore": ("Deleted Document", "name"),
	"frappe.core.doctype.communication.email.make": ("File", "attachments"),
	"frappe.core.doctype.data_import.data_import.download_errored_template": (
		"Data Import",
		"data_import_name",
	),
	"frappe.core.doctype.data_import.data_import.download_import_log": ("Data Import", "data_import_name"),
	"frappe.core.doctype.data_import.data_import.form_start_import": ("Data Import", "data_import"),
	"frappe.core.doctype.data_import.data_import.get_import_logs": ("Data Import", "data_import"),
	"frappe.core.doctype.data_import.data_import.get_import_status": ("Data Import", "data_import_name"),
	"frappe.core.doctype.data_import.data_import.get_preview_from_template": ("Data Import", "data_import"),
	"frappe.core.doctype.file.file.move_file": ("File", "file_list"),
	"frappe.core.doctype.file.file.unzip_file": ("File", "name"),
	"frappe.core.doctype.file.file.zip_files": ("File", "files"),
	"frappe.core.doctype.prepared_report.prepared_report.delete_prepared_reports": (
		"Prepared Report",
		"reports",
	),
	"frappe.core.doctype.prepared_report.prepared_report.download_attachment": ("Prepared Report", "dn"),
	"frappe.core.doctype.sms_settings.sms_settings.get_contact_number": ("Contact", "contact_name"),
	"frappe.contacts.doctype.contact.contact.download_vcard": ("Contact", "contact"),
	"frappe.contacts.doctype.contact.contact.download_vcards": ("Contact", "contacts"),
	"frappe.contacts.doctype.contact.contact.get_contact_details": ("Contact", "contact"),
	"frappe.contacts.doctype.contact.contact.invite_user": ("Contact", "contact"),
	"frappe.contacts.doctype.address.address.get_address_display": ("Address", "address_dict"),
	"frappe.desk.form.utils.remove_attach": ("File", "fid"),
	"frappe.desk.form.utils.update_comment": ("Comment", "name"),
	"frappe.desk.form.utils.update_comment_publicity": ("Comment", "name"),
	"frappe.email.doctype.auto_email_report.auto_email_report.download": ("Auto Email Report", "name"),
	"frappe.email.doctype.auto_email_report.auto_email_report.send_now": ("Auto Email Report", "name"),
	"frappe.email.doctype.email_queue.email_queue.bulk_retry": ("Email Queue", "queues"),
	"frappe.email.doctype.email_queue.email_queue.retry_sending": ("Email Queue", "queues"),
	"frappe.email.doctype.email_queue.email_queue.send_now": ("Email Queue", "name"),
	"frappe.email.inbox.create_email_flag_queue": ("Communication", "names"),
	"frappe.email.inbox.mark_as_closed_open": ("Communication", "communication"),
	"frappe.email.inbox.mark_as_spam": ("Communication", "communication"),
	"frappe.email.inbox.mark_as_trash": ("Communication", "communication"),
	"frappe.email.inbox.move_email": ("Communication", "communication"),
	"frappe.email.relink": ("Communication", "name"),
	"frappe.utils.file_manager.add_attachments": ("File", "attachments"),
	"frappe.website.doctype.discussion_topic.discussion_topic.submit_discussion": (
		"Discussion Topic",
		"topic_name",
	),
}
# Functions that make records: a name they are given is not one of a stored record.
MAKING = ("frappe.client.insert", "frappe.client.insert_many")
# The name that the Desk gives to a document that is not saved yet, or to one that is not even begun.
UNSAVED = re.compile(r"^new(-[a-z-]+-[a-z0-9]+)?$")
# Where another argument is a name.
MORE_NAMES = {"frappe.desk.form.utils.get_next": "value"}
LONGEST_NAME = 140
CANONICAL = {doctype.casefold(): doctype for doctype in CLIENT_RECORDS}


def get_named_records() -> set[Named]:
	"""Return the clients' records, and rows of them, that the request names; a name need not exist."""
	found = RESOURCE.match(frappe.request.path)
	if not found or "cmd" in frappe.form_dict:
		return set(from_arguments(frappe.form_dict))
	doctype, name = found["doctype"], found["name"]
	sent = parse(frappe.form_dict.get("data")) or frappe.form_dict
	# The address names a stored record, whatever the body says of it.
	of_address = {"doctype": doctype, "name": name, "__islocal": None}
	named = set(from_document({**sent, **of_address}) if isinstance(sent, dict) else ())
	return named | set(from_arguments(frappe.form_dict)) if "run_method" in frappe.form_dict else named


def from_arguments(arguments: dict) -> Iterator[Named]:
	"""Yield what is named by a pair of arguments, and by documents among them."""
	given = {key: canonical(parse(value)) for key, value in arguments.items()}
	function = get_function()
	yield from from_function(function, given)
	given.pop(NO_NAMES.get(function), None)
	doctypes = set(get_doctypes(given))
	for row in (given, get_method_arguments(given)):
		for key in (NAMES | {MORE_NAMES.get(function)}) & row.keys():
			yield from ((doctype, name) for name in get_names(row[key]) for doctype in doctypes)
	for value in given.values():
		yield from from_value(value)
	yield from from_board(given)
	if isinstance(filters := given.get("filters"), dict):
		yield from (("Prepared Report", name) for name in get_names(filters.get("prepared_report_name")))


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
				yield canonical(value)
	for key in KINDS:
		if isinstance(value := given.get(key), str) and tells_of_clients(value):
			yield value


def is_kind(key: str) -> bool:
	"""Tell whether an argument or a field names a DocType."""
	return "doctype" in key or key in (
		"doc",
		"dt",
		"reference_dt",
		"reference_type",
		"document_type",
		"doc_type",
	)


def from_function(function: str, given: dict) -> Iterator[Named]:
	"""Yield what is named to a function that knows the DocType itself."""
	doctype, argument = IMPLIED.get(function, (None, None))
	for row in as_list(given.get(argument)):
		yield from ((doctype, name) for name in get_names(get_own_name(row)))


def from_board(given: dict) -> Iterator[Named]:
	"""Yield the cards of a Kanban board that arguments name: one, or all in their order."""
	if isinstance(board := given.get("board_name"), str):
		doctype = frappe.db.get_value("Kanban Board", board, "reference_doctype")
		order = given.get("order")
		cards = [given.get("docname"), *(order.values() if isinstance(order, dict) else ())]
		if doctype and is_guarded(doctype):
			yield from ((doctype, name) for names in cards for name in get_names(names))


def from_value(value: Any) -> Iterator[Named]:
	"""Yield what is named within an argument: a document, a list of them, or names by their DocType."""
	if isinstance(value, list):
		for row in value:
			yield from from_value(row)
	elif isinstance(value, dict) and "doctype" in value:
		yield from from_document(value)
	elif isinstance(value, dict) and is_guarded(value.get("link_doctype")):
		yield from ((canonical(value["link_doctype"]), name) for name in get_names(value.get("link_name")))
	elif isinstance(value, dict):
		for key, names in value.items():
			if is_guarded(key):
				yield from ((key, name) for name in get_names(names))


def from_document(doc: dict) -> Iterator[Named]:
	"""Yield the document itself if it is stored, and what other DocTypes' documents link to.

	The links of a client's own record are judged by its controller, which names the record and the remedy.
	"""
	doctype = canonical(doc["doctype"])
	if not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype, cache=True):
		return
	if tells_of_clients(doctype) and not doc.get("__islocal") and get_function() not in MAKING:
		yield from ((doctype, name) for key in ("name", "docname") for name in get_names(doc.get(key)))
	if is_guarded(doc.get("parenttype")):
		yield from ((canonical(doc["parenttype"]), name) for name in get_names(doc.get("parent")))
	if doctype not in CLIENT_RECORDS:
		yield from get_new_targets(doc)


def get_new_targets(doc: dict) -> set[Named]:
	"""Return the clients' records that a document names and did not name before."""
	try:
		named = set(get_targets(frappe.get_doc(json.loads(frappe.as_json(doc), object_hook=with_canonical))))
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


def get_own_name(row: Any) -> Any:
	"""Return the name of a record that is given by it, or as a document."""
	return row.get("name") if isinstance(row, dict) else row


def get_private_files() -> Iterator[str]:
	"""Yield the addresses of private files that the request names: to fetch them, or to attach them elsewhere."""
	documents = (parse(frappe.form_dict.get(key)) for key in ("data", "doc", "docs", "document"))
	given = [
		frappe.form_dict,
		*(row for value in documents for row in as_list(value) if isinstance(row, dict)),
	]
	addresses = [frappe.request.path, *(row.get("file_url") for row in given)]
	# Some functions take one by another name: an import's file.
	addresses += [value for value in frappe.form_dict.values() if str(value).startswith(PRIVATE)]
	for address in addresses:
		if isinstance(address, str) and PRIVATE in address:
			yield address[address.index(PRIVATE) :]


def parse(value: Any) -> Any:
	"""Return what an argument holds: lists and documents come as JSON."""
	if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
		try:
			return json.loads(value)
		except ValueError:
			return value
	return value


def canonical(value: Any) -> Any:
	"""Return a client DocType's name as it is written; a database may find it in any case."""
	return CANONICAL.get(value.strip().casefold(), value) if isinstance(value, str) else value


def with_canonical(row: dict) -> dict:
	return {key: canonical(value) for key, value in row.items()}


def is_guarded(doctype: Any) -> bool:
	"""Tell whether a DocType is a client's record, or a table in one."""
	doctype = canonical(doctype)
	if not isinstance(doctype, str):
		return False
	return doctype in CLIENT_RECORDS or (frappe.is_table(doctype) and bool(get_parents(doctype)))
