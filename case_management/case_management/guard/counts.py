"""Functions of Frappe that count clients' records past the permission hooks, guarded: a count answers questions, too.

Each stands in for Frappe's own (hook override_whitelisted_methods); for DocTypes that tell nothing of clients it calls
that and nothing changes.
"""

from collections.abc import Callable
from inspect import unwrap
from typing import Any

import frappe
import frappe.client
from frappe import _
from frappe.desk import notifications
from frappe.query_builder.functions import Count
from frappe.utils import get_safe_filters
from pypika.queries import QueryBuilder

from case_management.case_management.guard.referencing import get_found, tells_of_clients
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, get_parents, get_rule

# As many linked records as Frappe counts below a form.
MOST = 100


def is_free(doctype: str | None) -> bool:
	"""Tell whether Frappe may count what it likes: the DocType tells nothing of clients, or Administrator asks."""
	return frappe.session.user == "Administrator" or not doctype or not tells_of_clients(doctype)


def validate_reads(doctype: str) -> None:
	owners = [doctype] if doctype in CLIENT_RECORDS else doctype in get_found() and get_parents(doctype)
	if owners and not any(frappe.has_permission(owner, "read") for owner in owners):
		deny(_("No permission for {0}").format(_(doctype)))


def get_seen(doctype: str, filters: Any, limit: int | None = None) -> list[str]:
	"""Return the names of client records in the user's list; of anything else, of what `select_seen` selects."""
	if doctype in CLIENT_RECORDS:
		return frappe.get_list(
			doctype, filters=filters, pluck="name", limit=limit, distinct=True, order_by=None
		)
	query = select_seen(doctype, filters, "name").distinct()
	return (query.limit(limit) if limit else query).run(pluck=True)


def select_seen(doctype: str, filters: Any, *fields: Any) -> QueryBuilder:
	"""Return the query of fields of what Frappe would count, without what is about a client whom the user does not see."""
	query = frappe.qb.get_query(
		doctype, fields=list(fields), filters=get_safe_filters(filters), validate_filters=True
	)
	return query.where(get_rule(doctype, frappe.session.user))


@frappe.whitelist()
def get_count(doctype: str, filters: Any = None, debug: bool = False, cache: bool = False) -> int:
	"""Count what the user sees; Frappe counts everything, and so answers any question about any record.

	:param doctype: of what
	:param filters: as Frappe takes them
	:return: the number of client records in the user's list; of anything else, Frappe's own without what tells of others
	:raises frappe.PermissionError: the user's role does not read the client DocType
	"""
	if is_free(doctype) or asks_permission(frappe.client.get_count):
		return frappe.client.get_count(doctype, filters, debug, cache)
	return count_seen(doctype, get_safe_filters(filters))


def asks_permission(function: Callable) -> bool:
	"""Tell whether Frappe's function asks for permission, as its count does since early 2026: it leaves that to a list."""
	return "db" not in unwrap(function).__code__.co_names


def count_seen(doctype: str, filters: Any) -> int:
	validate_reads(doctype)
	if doctype in CLIENT_RECORDS:
		return len(get_seen(doctype, filters))
	return select_seen(doctype, filters, Count("*")).run()[0][0]


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: Any = None) -> dict:
	"""Count below a form the linked records that the user sees; Frappe counts them all.

	:param doctype: the form's
	:param name: its record
	:param items: of which DocTypes, as JSON; those of the form if none are given
	:return: `count`, with `external_links_found` and `internal_links_found` as Frappe gives them
	"""
	found = notifications.get_open_count(doctype, name, items)
	links = frappe.get_meta(doctype).get_dashboard_data()
	for row in found["count"]["external_links_found"] if found["count"] else ():
		if row["count"] and not is_free(row["doctype"]):
			row.update(count_links(row["doctype"], name, links))
	return found


def count_links(doctype: str, name: str, links: dict) -> dict[str, int]:
	"""Return how many records of a DocType that the user sees link to a record, and of those that Frappe calls open."""
	field = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	filters = {field: name, **(notifications.get_dynamic_link_filters(doctype, links, field) or {})}
	opened = notifications.get_filters_for(doctype)
	return {
		"count": count_linked(doctype, filters),
		"open_count": count_linked(doctype, {**filters, **opened}) if opened else 0,
	}


def count_linked(doctype: str, filters: dict) -> int:
	is_hidden = doctype in CLIENT_RECORDS and not frappe.has_permission(doctype, "read")
	return 0 if is_hidden else len(get_seen(doctype, filters, MOST))
