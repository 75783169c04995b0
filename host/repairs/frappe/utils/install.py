"""What is made for an app's workspaces goes with that app."""

from __future__ import annotations

import frappe


def delete_desktop_icon_and_sidebar(app_name, dry_run=False):
	titles = frappe.get_hooks("app_title", app_name=app_name)
	icons = set(frappe.get_all("Desktop Icon", filters={"app": app_name}, pluck="name"))
	for title in titles:
		icons.update(frappe.get_all("Desktop Icon", filters={"name": title}, pluck="name"))
		icons.update(frappe.get_all("Desktop Icon", filters={"parent_icon": title}, pluck="name"))
	sidebars = frappe.get_all("Workspace Sidebar", filters={"app": app_name}, pluck="name")
	if dry_run:
		return
	for doctype, names in (("Desktop Icon", icons), ("Workspace Sidebar", sidebars)):
		for name in names:
			frappe.delete_doc_if_exists(doctype, name)
	frappe.db.commit()
