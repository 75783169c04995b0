"""Takes one of the app's hooks away from a site that is served, and puts it back: so the leak suite can be seen to fail."""

from typing import Any

import frappe

APP = "case_management"


def take_away(hook: str) -> None:
	"""Let the site run without one of the app's hooks, until `put_back`: where it keeps all hooks it finds one less."""
	hooks = frappe.get_hooks()
	hooks[hook] = without_app(hooks.get(hook, []))
	get_cache().set_value("app_hooks", hooks)


def put_back() -> None:
	get_cache().delete_value("app_hooks")


def without_app(hook: Any) -> Any:
	if isinstance(hook, dict):
		return {key: without_app(value) for key, value in hook.items()}
	return [value for value in hook if not str(value).startswith(f"{APP}.")]


def get_cache() -> Any:
	"""Return where Frappe 16 keeps hooks, and Frappe 15."""
	return getattr(frappe, "client_cache", None) or frappe.cache
