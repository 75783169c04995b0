"""News of an app stand under that app's title."""

from __future__ import annotations

import frappe


def _app_title(app_name):
	return next(iter(frappe.get_hooks("app_title", app_name=app_name)), app_name)
