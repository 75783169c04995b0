"""The gate: what a request may not ask, whichever function of Frappe it asks.

Not every function of Frappe asks the permission hooks, and those that do tell apart what is kept from somebody (403)
from what is not there (404): for somebody who looks for a person, that is an answer. So the records that a request
names are looked up before it reaches any function, and there is one answer for both.
"""

import re
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.auth import validate_auth
from frappe.model.document import Document

from case_management.case_management.guard.addresses import get_doctype, get_function
from case_management.case_management.guard.attachments import reads_file
from case_management.case_management.guard.guarded import GUARDED
from case_management.case_management.guard.named_records import (
	get_named_records,
	get_private_files,
	is_guarded,
)
from case_management.case_management.guard.references import is_denied, tells_of_clients
from case_management.case_management.guard.unseen import refuse_unseen
from case_management.case_management.record.client_record import is_about_one_client
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, SEEN_BY_FEWER, SEEN_OTHERWISE, is_visible

# Functions that call a function whose name they are given, past any guard.
DISPATCHERS = (
	"frappe.desk.treeview.get_all_nodes",
	"frappe.model.mapper.make_mapped_doc",
	"frappe.model.mapper.map_docs",
)
RUN = "frappe.desk.query_report.run"
# Arguments that name fields, and a link's field, a dot, and a field of what it links to.
QUERY_ARGUMENTS = {"field", "fieldname", "fields", "filters", "group_by", "or_filters", "order_by"}
DOTTED = re.compile(r"(?<![\w`.])(\w+)\.(?=\w)")


def check_request() -> None:
	"""Refuse a request that names a client's record which its user does not see, or that goes around a guard.

	Hook: before_request.

	:raises frappe.PermissionError: in the same words for a record that is hidden and one that does not exist
	"""
	if get_user() == "Administrator":
		return
	ask_for_oneself()
	refuse_other_names()
	refuse_dotted_links()
	for doctype, name in sorted(get_named_records()):
		if not sees(doctype, name):
			refuse_unseen()
	if any(not reads_file(address) for address in get_private_files()):
		refuse_unseen()


def get_user() -> str:
	"""Return who asks; who comes with a key or a token signs in later than hooks like this one are run."""
	if frappe.session.user == "Guest" and frappe.get_request_header("Authorization"):
		validate_auth()
	return frappe.session.user


def sees(doctype: str, name: str) -> bool:
	if is_guarded(doctype):
		return is_visible(doctype, name)
	return bool(frappe.db.exists(doctype, name)) and not is_denied(
		frappe.get_doc(doctype, name), frappe.session.user
	)


def mentions_client_records() -> bool:
	"""Tell whether the name of a client DocType stands anywhere in the arguments."""
	said = [value for value in frappe.form_dict.values() if isinstance(value, str)]
	return any(doctype in text for text in said for doctype in CLIENT_RECORDS)


def ask_for_oneself() -> None:
	"""Do not let a browser ask for a search past all permissions, or for a report that somebody else had prepared.

	Fields with “Ignore User Permissions” ask for the one; Frappe 16 looks up whether there is such a field. For the other
	a report is run with the name of its user.
	"""
	doctype = frappe.form_dict.get("doctype")
	if isinstance(doctype, str) and tells_of_clients(doctype):
		frappe.form_dict.pop("ignore_user_permissions", None)
	if is_same_function(get_function(), (RUN,)):
		frappe.form_dict.pop("user", None)


def refuse_other_names() -> None:
	"""Refuse a guarded function by a name under which its guard is not found: another module's, or an argument.

	Some functions of Frappe call the function whose name they are given; with a client's record these are refused, too.
	"""
	function = get_function()
	for path in (function, *(value for value in frappe.form_dict.values() if isinstance(value, str))):
		is_guarded = path == function and path in GUARDED
		if not is_guarded and is_same_function(path, tuple(GUARDED)):
			refuse_function(path)
	if is_same_function(function, DISPATCHERS) and mentions_client_records():
		refuse_function(function)


def is_same_function(path: str, functions: tuple[str, ...]) -> bool:
	"""Tell whether a path leads to one of some functions."""
	name = path.rpartition(".")[2]
	return any(get_attr(path) is get_attr(known) for known in functions if known.endswith(f".{name}"))


def get_attr(path: str) -> Any:
	"""Return what a path leads to; itself if it leads nowhere."""
	try:
		return frappe.get_attr(path)
	except (AttributeError, ImportError, ValueError, frappe.ValidationError):
		return path


def refuse_function(path: str) -> NoReturn:
	deny(_("{0} cannot be called in this way.").format(path))


def refuse_dotted_links() -> None:
	"""Refuse to read or to filter by a field of a linked record that need not be seen by who sees the link.

	Frappe asks for the role on the linked DocType, not for the linked record. The client of a client's record is seen
	with it, and so is what belongs to the same client.
	"""
	doctype = get_listed_doctype()
	if not doctype:
		return
	asked = " ".join(str(frappe.form_dict[key]) for key in QUERY_ARGUMENTS & frappe.form_dict.keys())
	for link in set(DOTTED.findall(asked)):
		field = frappe.get_meta(doctype).get_field(link)
		if (
			field
			and field.fieldtype == "Link"
			and tells_of_clients(field.options)
			and not is_safe(doctype, field)
		):
			deny(_("{0} is not read through “{1}”.").format(_(field.options), _(field.label)))


def get_listed_doctype() -> str | None:
	doctype = get_doctype() or frappe.form_dict.get("doctype")
	return doctype if isinstance(doctype, str) and frappe.db.exists("DocType", doctype, cache=True) else None


def is_safe(doctype: str, field: Document) -> bool:
	"""Tell whether who sees a record sees what this field of it links to."""
	of_record = doctype if doctype in CLIENT_RECORDS else None
	if field.options == "Client":
		return field.fieldname == "client" and of_record not in (None, *SEEN_OTHERWISE)
	return bool(of_record) and field.options not in SEEN_BY_FEWER and is_about_one_client(field)
