"""The Desk is told of every installed app."""

from __future__ import annotations

import os

import frappe
from frappe.boot import get_controller, get_sidebar_items

ADDED = ("_app_data", "_workspaces_of", "_first_hook", "_icons_of")


def _first_hook(name: str, app: str):
	return next(iter(frappe.get_hooks(name, app_name=app)), None)


def _workspaces_of(app: str, allowed: list[str]) -> list[str]:
	modules = frappe.get_all("Module Def", filters={"app_name": app}, pluck="name")
	found = frappe.get_all("Workspace", filters={"module": ("in", modules)}, pluck="name") if modules else []
	return [name for name in found if name in allowed]


def _app_data(app: str, allowed: list[str]) -> dict | None:
	"""Return what the Desk shows of an app, or None when the user may not see the app."""
	screen = _first_hook("add_to_apps_screen", app) or {}
	check = screen.get("has_permission")
	if check and not frappe.get_attr(check)():
		return None
	workspaces = _workspaces_of(app, allowed)
	first_workspace = "/desk/" + frappe.utils.slug(workspaces[0]) if workspaces else ""
	return {
		"app_name": screen.get("name") or app,
		"app_title": screen.get("title") or _first_hook("app_title", app) or app,
		"app_route": screen.get("route") or _first_hook("app_home", app) or first_workspace,
		"app_logo_url": screen.get("logo")
		or _first_hook("app_logo_url", app)
		or _first_hook("app_logo_url", "frappe"),
		"modules": frappe.get_all("Module Def", filters={"app_name": app}, pluck="name"),
		"workspaces": workspaces,
	}


def load_desktop_data(bootinfo):
	from frappe.desk.desktop import get_workspace_sidebar_items

	bootinfo.workspaces = get_workspace_sidebar_items()
	allowed = [page.name for page in bootinfo.workspaces.get("pages")]
	bootinfo.workspace_sidebar_item = get_sidebar_items(allowed)
	bootinfo.module_wise_workspaces = get_controller("Workspace").get_module_wise_workspaces()
	bootinfo.dashboards = frappe.get_all("Dashboard")
	apps = [_app_data(app, allowed) for app in frappe.get_installed_apps()]
	bootinfo.app_data = [app for app in apps if app]


def _icons_of(app: str, folder: str) -> list[str]:
	if not os.path.isdir(folder):
		return []
	names = [name for name in os.listdir(folder) if name.endswith(".svg")]
	return [f"assets/{app}/icons/desktop_icons/{os.path.basename(folder)}/{name}" for name in names]


def get_desktop_icon_urls():
	"""Return the paths of the icons that apps ship, by app and variant."""
	urls = {}
	for app in frappe.get_installed_apps():
		folder = os.path.join(frappe.get_app_path(app), "public", "icons", "desktop_icons")
		if os.path.isdir(folder):
			urls[app] = {name: _icons_of(app, os.path.join(folder, name)) for name in ("subtle", "solid")}
	return urls
