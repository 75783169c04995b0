"""Who of the staff has read the current policies, and who has not yet (B25, C2).

A policy that is current in several languages is one policy: whoever acknowledged it in one of them has read it.
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.query_builder import DocType

from case_management.case_management.record.filters import get_filters
from case_management.setup.install import ROLES

STAFF = tuple(role for role in ROLES if role != "Case Client")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and a row for each member of staff and current policy.

	:param filters: `kind` (of the policy), `user`, `show_all` (also who has acknowledged it)
	"""
	filters = get_filters(filters)
	read = get_acknowledgements()
	rows = [
		get_row(user, policies, read)
		for policies in get_current_policies(filters.kind)
		for user in get_staff(filters.user)
	]
	return get_columns(), [row for row in rows if filters.show_all or not row["acknowledged_on"]]


def get_staff(only: str | None = None) -> list[str]:
	"""Return the enabled users who have a role of this app, but for clients."""
	user, role = DocType("User"), DocType("Has Role")
	query = frappe.qb.from_(user).join(role).on((role.parent == user.name) & (role.parenttype == "User"))
	query = query.where((user.enabled == 1) & role.role.isin(STAFF) & (user.name != "Administrator"))
	if only:
		query = query.where(user.name == only)
	return query.select(user.name).distinct().orderby(user.name).run(pluck=True)


def get_current_policies(kind: str | None = None) -> Iterable[list[frappe._dict]]:
	"""Return the current policies, one list for those that say the same in several languages."""
	policies: dict[tuple, list[frappe._dict]] = {}
	filters = {"is_current": 1, **({"kind": kind} if kind else {})}
	fields = ["name", "title", "kind", "version"]
	for policy in frappe.get_list("Service Policy", filters, fields, order_by="kind, creation"):
		key = (policy.kind, policy.title if policy.kind == "Other" else "")
		policies.setdefault(key, []).append(policy)
	return policies.values()


def get_acknowledgements() -> dict[tuple[str, str], object]:
	"""Return (policy, user) → when they acknowledged it."""
	row = DocType("Service Policy Acknowledgement")
	query = frappe.qb.from_(row).select(row.parent, row.user, row.acknowledged_on)
	return {(policy, user): when for policy, user, when in query.run()}


def get_row(user: str, policies: list[frappe._dict], read: dict) -> dict:
	when = [read[policy.name, user] for policy in policies if (policy.name, user) in read]
	return {
		"user": user,
		"full_name": frappe.utils.get_fullname(user),
		"kind": policies[0].kind,
		"policy": policies[0].name,
		"acknowledged_on": min(when) if when else None,
	}


def get_columns() -> list[dict]:
	user = {"fieldname": "user", "label": _("Staff Member"), "fieldtype": "Link", "options": "User"}
	policy = {"fieldname": "policy", "label": _("Policy"), "fieldtype": "Link", "options": "Service Policy"}
	when = {"fieldname": "acknowledged_on", "label": _("Acknowledged on"), "fieldtype": "Datetime"}
	return [
		{**user, "width": 220},
		{"fieldname": "full_name", "label": _("Name"), "fieldtype": "Data", "width": 160},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 180},
		{**policy, "width": 260},
		{**when, "width": 170},
	]
