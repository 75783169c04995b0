"""Who may be told of a record: people with a user here who see it today."""

from collections.abc import Iterable

import frappe
from frappe.query_builder import DocType

from case_management.permissions import CLIENT_RECORDS, get_condition


def get_enabled(users: Iterable[str]) -> set[str]:
	return set(frappe.get_all("User", {"name": ("in", list(users)), "enabled": 1}, pluck="name"))


def get_seen(doctype: str, names: Iterable[str], user: str) -> set[str]:
	"""Return which of these records an enabled user sees today, in one query.

	Their role reads the DocType, and for a record about a client the rule lets them.
	"""
	if not frappe.has_permission(doctype, "read", user=user):
		return set()
	if user == "Administrator" or doctype not in CLIENT_RECORDS:
		return set(names)
	table = DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name.isin(list(names)))
	return set(query.where(get_condition(doctype, user)).run(pluck=True))
