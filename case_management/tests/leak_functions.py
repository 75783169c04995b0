"""Every function that can be called over HTTP: of Frappe, of this app, and of their documents.

Nobody knows all paths by which Frappe reads, and every version has new ones. So they are listed from the code, as the
server itself decides whether one may be called, and the tests from outside ask them all.
"""

import functools
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from case_management.permissions import CLIENT_RECORDS

APPS = ("frappe", "case_management")
# Modules that do something when they are imported, or that only tests may call.
NOT_IMPORTED = (".tests", ".test_", ".commands", ".patches", "frappe.utils.bench_helper", "frappe.pulse_dev")
LINKS = ("Link", "Dynamic Link", "Data", "Autocomplete", "Select", "Table", "Code", "JSON", "Small Text")


def get_all() -> dict[str, list[dict]]:
	"""Return the functions by their dotted paths, other paths to guarded ones, and the documents' methods."""
	import_all()
	functions = sorted(filter(None, map(describe, frappe.whitelisted)), key=lambda row: row["path"])
	return {
		"functions": functions,
		"aliases": get_aliases(),
		"actions": get_actions(),
		"methods": get_document_methods(),
	}


def import_all() -> None:
	for app in APPS:
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
	if not path.startswith(APPS) or get_function(path) is not function:
		return None
	parameters = get_parameters(function)
	return {
		"path": path,
		"parameters": parameters,
		"methods": list(frappe.allowed_http_methods_for_whitelisted_func.get(function) or ["GET", "POST"]),
		# What reads the request itself, whatever its parameters are.
		"any": len(parameters) < len(inspect.signature(function).parameters) or not parameters,
	}


def get_parameters(function: Callable) -> list[dict]:
	rows = inspect.signature(function).parameters.values()
	named = [
		row for row in rows if row.kind not in (row.VAR_POSITIONAL, row.VAR_KEYWORD) and row.name != "self"
	]
	return [{"name": row.name, "required": row.default is row.empty} for row in named]


def get_function(path: str) -> Callable | None:
	try:
		return frappe.get_attr(path)
	except (AttributeError, ImportError, frappe.ValidationError):
		return None


def get_aliases() -> list[dict]:
	"""Return the other dotted paths of functions that the app guards: modules that import them, or their modules."""
	guarded = {get_function(path): path for path in frappe.get_hooks("override_whitelisted_methods")}
	found = {
		alias: path
		for name, module in list(sys.modules.items())
		for alias, path in find_in(name, module, guarded)
	}
	return [{"path": alias, "of": path} for alias, path in sorted(found.items()) if alias != path]


def find_in(name: str, module: ModuleType | None, guarded: dict[Callable, str]) -> Iterator[tuple[str, str]]:
	"""Yield the paths by which a module of Frappe or the app leads to a guarded function."""
	if not name.startswith(APPS) or any(part in name for part in NOT_IMPORTED):
		return
	for key, value in list(vars(module).items() if isinstance(module, ModuleType) else ()):
		if inspect.isfunction(value) and value in guarded:
			yield f"{name}.{key}", guarded[value]


def get_actions() -> list[dict]:
	"""Return the methods of clients' records that can be called; those that every document has, of one DocType."""
	rows = [
		{"doctype": doctype, "method": name}
		for doctype in CLIENT_RECORDS
		for name in get_methods(doctype)
		if doctype == "Client" or not hasattr(Document, name)
	]
	return rows


def get_methods(doctype: str) -> list[str]:
	controller = get_controller(doctype)
	return [name for name in dir(controller) if is_callable_from_outside(getattr(controller, name, None))]


def is_callable_from_outside(value: object) -> bool:
	return inspect.isfunction(value) and value in frappe.whitelisted


def get_document_methods() -> list[dict]:
	"""Return the methods of Frappe's own documents, with fields by which a document may name another."""
	owners = {tuple(method.__qualname__.split(".")): method for method in frappe.whitelisted}
	classes = {words[0] for words in owners if len(words) == 2}
	rows = []
	for doctype in frappe.get_all(
		"DocType", {"module": ("!=", "Case Management")}, pluck="name", order_by="name"
	):
		if doctype.replace(" ", "") in classes and doctype not in CLIENT_RECORDS:
			fields = get_naming_fields(doctype)
			controller = get_controller(doctype)
			for name in get_methods(doctype):
				if not hasattr(Document, name):
					own = {"fields": fields, "parameters": get_parameters(getattr(controller, name))}
					rows.append({"doctype": doctype, "method": name, **own})
	return rows


@functools.cache
def get_naming_fields(doctype: str) -> list[dict]:
	fields = [field for field in frappe.get_meta(doctype).fields if field.fieldtype in LINKS]
	return [{key: field.get(key) for key in ("fieldname", "fieldtype", "options")} for field in fields]
