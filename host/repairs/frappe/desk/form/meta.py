"""A file named by an app's hook lies in that app."""

from __future__ import annotations

import frappe


def get_code_files_via_hooks(hook, name):
	"""Return the paths of the files that apps add to a form, list or page."""
	paths = []
	for app in frappe.get_installed_apps():
		files = frappe.get_hooks(hook, default={}, app_name=app).get(name, [])
		for file in files if isinstance(files, list) else [files]:
			paths.append(frappe.get_app_path(app, *file.strip("/").split("/")))
	return paths
