"""Server scripts may ask for one app's hooks."""

from __future__ import annotations

import frappe
from frappe.utils.safe_exec import copy


def get_hooks(hook: str | None = None, default=None, app_name: str | None = None) -> frappe._dict:
	return copy.deepcopy(frappe.get_hooks(hook=hook, default=default, app_name=app_name))
