"""Functions of Frappe that tell of clients' records past the permission hooks, guarded.

Each stands in for Frappe's own (hook override_whitelisted_methods) and calls it; for DocTypes that tell nothing of
clients nothing changes. Those that count are in `counts.py`. SECURITY.md lists them with the version of Frappe that
closes each itself.
"""

from typing import Any

import frappe
import frappe.client
from frappe import _
from frappe.automation.doctype.auto_repeat import auto_repeat
from frappe.core.api import file as files
from frappe.core.doctype.user import user as users
from frappe.core.doctype.user_permission import user_permission
from frappe.desk.doctype.event import event
from frappe.desk.doctype.tag import tag as tags
from frappe.desk.form import load
from frappe.utils import cint, get_safe_filters, global_search

from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.guard.unseen import refuse_unseen
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, is_visible


@frappe.whitelist()
def get(doctype: str, name: str | None = None, filters: Any = None, parent: str | None = None) -> dict:
	"""Find by filters among what the user sees; Frappe tells whether there is another record that matches.

	:param doctype: the record's
	:param name: its name
	:param filters: as Frappe takes them, if no name is given
	:param parent: the DocType of which the record is a row
	:return: the record
	:raises frappe.PermissionError: the user sees no such record
	"""
	if not name and filters and frappe.session.user != "Administrator" and tells_of_clients(doctype):
		found = frappe.get_list(
			doctype, get_safe_filters(filters), limit=1, pluck="name", parent_doctype=parent
		)
		name = found[0] if found else refuse_unseen()
	return frappe.client.get(doctype, name, filters, parent)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: Any = None) -> dict:
	"""Answer for a record that the user does not see as for one that is not there.

	:param doctype: the linked record's
	:param docname: its name
	:param fields: which of its fields to return
	:return: `name` and the fields; `name` is empty when there is no such record
	"""
	if isinstance(docname, str) and tells_of_clients(doctype) and not is_visible(doctype, docname):
		docname = ""
	# Frappe 16 has it by another name, which asks the search and so the hooks.
	check = getattr(frappe.client, "validate_link", None) or frappe.client.validate_link_and_fetch
	return check(doctype, docname, fields)


@frappe.whitelist()
def getdoc(doctype: str, name: str) -> Any:
	"""Open a form; of what points at a hidden client's record answer as of what is not there, for which Frappe has its own way.

	:param doctype: the record's
	:param name: its name
	:return: as Frappe gives it
	"""
	try:
		return load.getdoc(doctype, name)
	except frappe.DoesNotExistError:
		frappe.clear_messages()
		return load.getdoc(doctype, frappe.generate_hash(length=20))


@frappe.whitelist()
def search(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict]:
	"""Leave out of what the global search finds what the user does not see.

	:param text: what to look for
	:param start: how many results to pass over
	:param limit: how many to return at most
	:param doctype: of which DocType only
	:return: results as Frappe gives them
	"""
	words = filter(None, map(str.strip, set(text.split("&"))))
	return [row for word in words for row in find_page(word, cint(start), cint(limit), doctype)]


def find_page(word: str, start: int, limit: int, doctype: str) -> list[dict]:
	"""Return a page of what the search finds and the user sees, as if the rest were not there."""
	size = start + limit
	while True:
		found = sorted(global_search.search(word, 0, size, doctype), key=lambda row: -row.rank)
		seen = [
			row for row in found if not tells_of_clients(row.doctype) or is_visible(row.doctype, row.name)
		]
		if len(seen) >= start + limit or len(found) < size:
			return seen[start : start + limit]
		size *= 2


@frappe.whitelist()
def unzip_file(name: str) -> list:
	"""Unpack a file that the user may change; Frappe unpacks any.

	:param name: the file's
	:return: the files that were in it
	:raises frappe.PermissionError: the user may not change the file
	"""
	frappe.get_doc("File", name).check_permission("write")
	return files.unzip_file(name)


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list[tuple]:
	"""Find by a tag what the user sees; Frappe finds everything.

	:param doctype: of what
	:param tag: the tag, `%` for any letters
	:return: a tuple of the name for each record
	:raises frappe.PermissionError: the user's role does not read the DocType
	"""
	if not tells_of_clients(doctype):
		return tags.get_tagged_docs(doctype, tag)
	return frappe.get_list(doctype, {"_user_tags": ("like", tag)}, as_list=True, limit_page_length=0)


@frappe.whitelist()
def get_events(
	start: str, end: str, user: str | None = None, for_reminder: bool = False, filters: Any = None
) -> list[dict]:
	"""Show the user's own calendar; Frappe shows anybody's to who asks for it.

	:param start: the first day, YYYY-MM-DD
	:param end: the last day
	:param user: whose private events to show; of others than the user only Administrator gets them
	:param for_reminder: only those of which to remind
	:param filters: as Frappe takes them
	:return: the events, repeated ones once for each day
	"""
	if frappe.session.user != "Administrator":
		user = frappe.session.user
	return event.get_events(start, end, user, for_reminder, filters)


@frappe.whitelist()
def get_user_permissions(user: str | None = None) -> dict[str, list[dict]]:
	"""Leave out of what somebody's rights are limited to the clients' records that the user does not see.

	:param user: whose rights; Frappe tells anybody's
	:return: DocType → rows with `doc`, `applicable_for` and `is_default`
	"""
	found = user_permission.get_user_permissions(user or frappe.session.user)
	return {
		doctype: [row for row in rows if doctype not in CLIENT_RECORDS or is_visible(doctype, row.get("doc"))]
		for doctype, rows in found.items()
	}


@frappe.whitelist(methods=["POST"])
def impersonate(user: str, reason: str) -> None:
	"""Let nobody become somebody else whose role does not allow it; a Frappe 16 asks for that and goes on regardless.

	:param user: who to be
	:param reason: told to them
	:raises frappe.PermissionError: the user's role does not allow it
	"""
	if not frappe.has_permission("User", "impersonate"):
		deny(_("Not permitted"))
	users.impersonate(user, reason)


@frappe.whitelist()
def generate_message_preview(**arguments: Any) -> dict:
	"""Show a message as its template makes it to who may store templates; Frappe runs any that it is sent.

	:param arguments: as Frappe takes them
	:return: `message` and `subject`
	:raises frappe.PermissionError: the user is no System Manager
	"""
	frappe.only_for("System Manager")
	return frappe.call(auto_repeat.generate_message_preview, **arguments)


@frappe.whitelist()
def get_points_chart(user: str, field: str) -> dict:
	"""Show the user's own points; Frappe shows anybody's, by any column. Frappe 15 only.

	:param user: whose; of others than the user only Administrator gets them
	:param field: the column to count by
	:return: `labels` and `datasets`
	"""
	if frappe.session.user != "Administrator":
		user = frappe.session.user
	return frappe.get_attr(
		"frappe.desk.page.user_profile.user_profile.get_energy_points_percentage_chart_data"
	)(user, field)
