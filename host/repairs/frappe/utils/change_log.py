"""Each app has its own title and version."""

from __future__ import annotations

import frappe
from frappe.utils.change_log import get_app_branch


def get_versions():
	"""Return title, description, branch and version of each installed app."""
	versions = {}
	for app in frappe.get_installed_apps(_ensure_on_bench=True):
		hooks = frappe.get_hooks(app_name=app)
		versions[app] = {
			"title": next(iter(hooks.get("app_title") or []), app),
			"description": next(iter(hooks.get("app_description") or []), ""),
			"branch": get_app_branch(app),
			"version": getattr(frappe.get_module(app), "__version__", "0.0.1"),
		}
	return versions
