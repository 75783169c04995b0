"""What the demo has made, so that it is not made twice and is taken away completely.

Kept as DefaultValue rows under the name that the app's other traces have: uninstall deletes those.
"""

import frappe

from case_management.setup.workflows import MADE_BY

PREFIX = "demo "


def note(doctype: str, key: str, name: str) -> str:
	"""Remember that the record `name` was made for `key` of the fixtures, in the transaction that makes it."""
	row = {
		"doctype": "DefaultValue",
		"parent": MADE_BY,
		"parenttype": "__default",
		"parentfield": "system_defaults",
		"defkey": f"{PREFIX}{doctype}",
		"defvalue": f"{key} {name}",
	}
	frappe.get_doc(row).insert(ignore_permissions=True)
	return name


def get_made(doctype: str) -> dict[str, str]:
	"""Return the names of the records of a DocType that the demo has made, by their key."""
	filters = {"parent": MADE_BY, "defkey": f"{PREFIX}{doctype}"}
	rows = frappe.get_all("DefaultValue", filters=filters, pluck="defvalue", order_by="creation")
	return dict(row.split(" ", 1) for row in rows)


def forget() -> None:
	frappe.db.delete("DefaultValue", {"parent": MADE_BY, "defkey": ("like", f"{PREFIX}%")})
