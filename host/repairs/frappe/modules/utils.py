"""A module's app is asked for its own publisher."""

from __future__ import annotations

import frappe
from frappe.modules.utils import _, get_module_app


def get_app_publisher(module: str) -> str:
	app = get_module_app(module)
	if not app:
		frappe.throw(_("App not found for module: {0}").format(module))
	return frappe.get_hooks("app_publisher", app_name=app)[0]
