"""Each app has its own place on the apps screen."""

from __future__ import annotations

import frappe
from frappe.apps import _, request_cache

ADDED = ("_screen_of",)


def _screen_of(app: str) -> list[dict]:
	"""Return the entries of an app that the user may see."""
	entries = []
	for entry in frappe.get_hooks("add_to_apps_screen", app_name=app):
		check = entry.get("has_permission")
		try:
			if check and not frappe.get_attr(check)():
				continue
		except Exception:
			frappe.log_error(f"Failed to call has_permission hook ({check}) for {app}")
			continue
		title = _(entry.get("title"))
		entries.append({"name": app, "logo": entry.get("logo"), "title": title, "route": entry.get("route")})
	return entries


@frappe.whitelist()
@request_cache
def get_apps():
	return [entry for app in frappe.get_installed_apps() if app != "frappe" for entry in _screen_of(app)]


def get_route(app_name):
	entries = frappe.get_hooks("add_to_apps_screen", app_name=app_name)
	return next((entry["route"] for entry in entries if entry.get("route")), "/apps")
