"""Every function that can be called over HTTP, and every method of a document: of Frappe, this app, and what else is installed.

Nobody knows all paths by which Frappe reads, and every version has new ones. So they are listed from the code, as the
server itself decides whether one may be called, and the tests from outside ask them all.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from case_management.permissions import CLIENT_RECORDS

# Modules that do something when they are imported, or that only tests may call.
NOT_IMPORTED = (".tests", ".test_", ".commands", ".patches", "frappe.utils.bench_helper", "frappe.pulse_dev")
# How a function looks into the request itself, whatever its parameters are.
READS = re.compile(r"form_dict|form_params|\brequest\b|\*\*\w+")


def get_all() -> dict[str, list[dict]]:
	"""Return the functions by their dotted paths, and the methods of documents by their DocTypes."""
	import_all()
	functions = sorted(filter(None, map(describe, frappe.whitelisted)), key=lambda row: row["path"])
	doctypes = frappe.get_all("DocType", pluck="name", order_by="name")
	own = [
		row for doctype in doctypes for row in get_methods(doctype) if not hasattr(Document, row["method"])
	]
	# Those that Frappe opens for every document are asked also where the app has closed them.
	common = list(describe_methods("", Document))
	return {"functions": functions, "methods": common + own}


def import_all() -> None:
	for app in frappe.get_installed_apps():
		package = importlib.import_module(app)
		for found in pkgutil.walk_packages(package.__path__, f"{app}.", onerror=lambda name: None):
			if not any(part in found.name for part in NOT_IMPORTED):
				import_one(found.name)


def import_one(name: str) -> None:
	"""Import a module; one that needs a package that is not installed cannot be called either."""
	try:
		importlib.import_module(name)
	except (ImportError, AttributeError, OSError, SyntaxError):
		return


def describe(function: Callable) -> dict | None:
	"""Return what a caller has to know of a function; None for a method of a document, or one out of reach."""
	path = f"{function.__module__}.{function.__qualname__}"
	if get_function(path) is not function:
		return None
	methods = frappe.allowed_http_methods_for_whitelisted_func.get(function)
	known = {
		"path": path,
		"parameters": get_parameters(function),
		"methods": list(methods or ["GET", "POST"]),
	}
	return {**known, "reads_request": bool(READS.search(inspect.getsource(function)))}


def get_function(path: str) -> Callable | None:
	try:
		return frappe.get_attr(path)
	except (AttributeError, ImportError, frappe.ValidationError):
		return None


def get_parameters(function: Callable) -> list[dict]:
	"""Return the names of what a function takes, whether it must be given, and whether it is a switch that is on."""
	rows = inspect.signature(function).parameters.values()
	named = [
		row for row in rows if row.kind not in (row.VAR_POSITIONAL, row.VAR_KEYWORD) and row.name != "self"
	]
	return [
		{"name": row.name, "required": row.default is row.empty, "switch": get_switch(row.default)}
		for row in named
	]


def get_switch(default: Any) -> int | None:
	"""Return what turns a switch the other way; None for what is none."""
	return int(not default) if isinstance(default, bool) or default in (0, 1) else None


def get_methods(doctype: str) -> list[dict]:
	"""Return the methods of a DocType's documents that can be called from outside."""
	try:
		controller = get_controller(doctype)
	except ImportError:
		return []
	return list(describe_methods(doctype, controller))


def describe_methods(doctype: str, controller: type) -> Iterator[dict]:
	for name, value in inspect.getmembers(controller, inspect.isfunction):
		if value in frappe.whitelisted:
			is_ours = doctype in CLIENT_RECORDS
			yield {
				"doctype": doctype,
				"method": name,
				"parameters": get_parameters(value),
				"is_ours": is_ours,
			}
