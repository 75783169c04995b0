"""What a request's address names: a record, a list, or the function that it calls."""

import re

import frappe
from frappe.modules.utils import load_doctype_module

from case_management.case_management.guard.guarded import GUARDED
from case_management.case_management.guard.known import resolve

# A list of a DocType, or one record of it, a method or a copy of it, by REST 1 and 2.
RESOURCE = re.compile(
	r"^/api/(?:v\d+/)?(?:resource|document)/(?P<doctype>[^/]+)(?:/(?P<name>.+?))?(?:/method/[^/]+|/copy)?/?$"
)
# What REST 2 says of a DocType: how many records it has.
OF_DOCTYPE = re.compile(r"^/api/v\d+/doctype/(?P<doctype>[^/]+)")
# A function by its dotted path; by REST 2 also by its DocType and its own name.
METHOD = re.compile(r"^/api/(?:v\d+/)?method/(?P<path>[^/]+)(?:/(?P<name>[^/]+))?")
GUARDS = {f"case_management.case_management.guard.{guard}": path for path, guard in GUARDED.items()}


# Pages of Frappe that show a record by the arguments of their address, and ask for permission.
PAGES = ("api", "app", "assets", "desk", "files", "printview", "private")


def is_page(path: str) -> bool:
	"""Tell whether an address is one at which Frappe keeps to who may see which record, or that shows none."""
	return path.strip("/").partition("/")[0] in ("", *PAGES)


def get_doctype() -> str | None:
	"""Return the DocType that the request's address names, if it names one."""
	found = RESOURCE.match(frappe.request.path) or OF_DOCTYPE.match(frappe.request.path)
	return found["doctype"] if found else None


def get_function() -> str:
	"""Return the dotted path of the function that the request calls, empty if it calls none.

	A function by another name, and a guard called by its own, is the function that is known, and that it guards.
	"""
	function = get_asked_function()
	return resolve(GUARDS.get(function, function))


def get_asked_function() -> str:
	"""Return the path by which the request calls a function.

	Frappe calls the one in the argument `cmd`, whatever the address.
	"""
	if function := frappe.form_dict.get("cmd"):
		return str(function)
	request = getattr(frappe.local, "request", None)
	found = request and METHOD.match(request.path)
	if not found:
		return ""
	return get_path_in_doctype(*found.groups()) if found["name"] else found["path"]


def get_path_in_doctype(doctype: str, name: str) -> str:
	"""Return the dotted path of a function of a DocType's module; its name alone if there is no such DocType."""
	try:
		return f"{load_doctype_module(doctype).__name__}.{name}"
	except (AttributeError, ImportError, frappe.DoesNotExistError):
		frappe.clear_last_message()
		return name
