"""Each app has its own icon on the desktop, and its workspaces stand behind it."""

from __future__ import annotations

import frappe

ADDED = ("_title_of", "_opens_desk")


def _title_of(app: str) -> str:
	return next(iter(frappe.get_hooks("app_title", app_name=app)), app)


def _opens_desk(app_icon: str | None) -> bool:
	link = frappe.db.get_value("Desktop Icon", app_icon, "link") if app_icon else None
	return bool(link) and link.startswith(("/desk", "/app"))


class DesktopIcon:
	def check_app_permission(self):
		"""Return whether the app behind this icon lets the user in; nothing when the app is gone."""
		for app in frappe.get_installed_apps():
			if self.app == app or _title_of(app) == self.label:
				screen = next(iter(frappe.get_hooks("add_to_apps_screen", app_name=app)), {})
				check = screen.get("has_permission")
				return frappe.call(check) if check else True


def create_desktop_icons_from_installed_apps():
	for index, app in enumerate(frappe.get_installed_apps()):
		screen = next(iter(frappe.get_hooks("add_to_apps_screen", app_name=app)), None)
		title = _title_of(app)
		there = frappe.db.exists("Desktop Icon", {"icon_type": "App", "app": app})
		if not screen or there or frappe.db.exists("Desktop Icon", {"icon_type": "App", "label": title}):
			continue
		icon = frappe.new_doc("Desktop Icon")
		icon.update({"label": title, "app": app, "icon_type": "App", "link_type": "External", "idx": index})
		icon.update({"link": screen.get("route"), "logo_url": screen.get("logo")})
		icon.save()


def create_desktop_icons_from_workspace():
	workspaces = frappe.get_all(
		"Workspace",
		filters={"public": 1, "name": ("!=", "Welcome Workspace"), "module": ("is", "set")},
		fields=["name", "icon", "app", "module"],
	)
	for workspace in workspaces:
		app = workspace.app or frappe.db.get_value("Module Def", workspace.module, "app_name")
		if app not in frappe.get_installed_apps():
			continue
		if frappe.db.exists("Desktop Icon", {"label": workspace.name, "icon_type": "Link"}):
			continue
		title = _title_of(app)
		app_icon = frappe.db.exists("Desktop Icon", {"label": title, "icon_type": "App"})
		# An app that opens elsewhere than in the Desk, or has one workspace of its own name, needs no second icon.
		hidden = bool(app_icon) and (not _opens_desk(app_icon) or workspace.name == title)
		icon = frappe.new_doc("Desktop Icon")
		icon.update({"label": workspace.name, "icon": workspace.icon, "icon_type": "Link", "app": app})
		icon.update({"link_type": "Workspace Sidebar", "link_to": workspace.name, "hidden": int(hidden)})
		icon.parent_icon = None if hidden else app_icon
		icon.insert(ignore_if_duplicate=True)
