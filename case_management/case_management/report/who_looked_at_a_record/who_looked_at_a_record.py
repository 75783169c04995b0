"""Who looked at the records of the clients one leads, when and how (B26): codes, no names of clients.

Whoever has the privacy role of Settings reads the lines about all clients.
"""

import frappe
from frappe import _
from frappe.utils import add_days

from case_management.case_management.record.counting import get_period
from case_management.case_management.record.filters import get_filters


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and rows, the latest look first.

	:param filters: `client`, `user`, `record_type`, `access_kind`; `from_date` and `to_date`, this month until today by default
	:raises frappe.ValidationError: the period ends before it begins
	:raises frappe.PermissionError: the user may not read the log
	"""
	filters = get_filters(filters)
	start, end = get_period(filters)
	wanted = {
		field: filters[field]
		for field in ("client", "user", "record_type", "access_kind")
		if filters.get(field)
	}
	rows = frappe.get_list(
		"Client Access Log",
		filters=[
			["accessed_on", ">=", start],
			["accessed_on", "<", add_days(end, 1)],
			*([field, "=", value] for field, value in wanted.items()),
		],
		fields=["accessed_on", "user", "access_kind", "client", "record_type", "record_name"],
		order_by="accessed_on desc",
	)
	return get_columns(), rows


def get_columns() -> list[dict]:
	"""Return the columns; the client's is a link only for who may read clients: Frappe 15 refuses a report for one."""
	client = (
		{"fieldtype": "Link", "options": "Client"}
		if frappe.has_permission("Client")
		else {"fieldtype": "Data"}
	)
	return [
		{"fieldname": "accessed_on", "label": _("When"), "fieldtype": "Datetime", "width": 170},
		{"fieldname": "user", "label": _("Who"), "fieldtype": "Link", "options": "User", "width": 200},
		{"fieldname": "access_kind", "label": _("How"), "fieldtype": "Data", "width": 140},
		{"fieldname": "client", "label": _("Client"), "width": 110, **client},
		{"fieldname": "record_type", "label": _("Kind of Record"), "fieldtype": "Data", "width": 150},
		{
			"fieldname": "record_name",
			"label": _("Record"),
			"fieldtype": "Dynamic Link",
			"options": "record_type",
			"width": 160,
		},
	]
