"""The switches and intervals of the service."""

from typing import Any

import frappe


def get_setting(name: str) -> Any:
	"""Return the value of a field of Case Management Settings, 0 where it has none; read once in a request."""
	return frappe.db.get_single_value("Case Management Settings", name, cache=True) or 0
