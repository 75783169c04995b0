"""Which functions a request may call where it names a client DocType: those that were read and found to ask (SECURITY.md).

`known_functions.json` holds every function that the known versions of Frappe open to requests, with a verdict. What does
not stand there, another app's function or one of a Frappe to come, is refused where a client DocType is named, until
somebody has judged it or the administrator allows it in Case Management Settings.
"""

import json
import re
from collections.abc import Hashable
from functools import cache
from importlib import import_module
from pathlib import Path

import frappe
from frappe import _

from case_management.case_management.guard.guarded import GUARDED
from case_management.case_management.record.settings import get_setting

DOTTED_PATH = re.compile(r"[A-Za-z_]\w*(\.\w+)+")
LIST = Path(__file__).with_name("known_functions.json")
REFUSED, UNASKED = "refused", "unasked"
# Verdicts with which a function asks by itself, whoever calls it.
ASKING = ("asks", "own", "nothing")
# Those with which it reads or writes the records whose names it is given, unasked.
UNASKING = ("guarded", "loads")
# Short names by which Frappe takes functions of its handler, and the one that calls a record's method (methods.py).
HANDLER = "frappe.handler."
METHODS = f"{HANDLER}run_doc_method"
OWN = "case_management."


@cache
def get_judged() -> dict[str, dict[str, str]]:
	"""Return what is known of each function, by its dotted path: its `verdict`, and `of` which DocType it takes names."""
	functions = json.loads(LIST.read_text())["functions"]
	return {path: {"verdict": row} if isinstance(row, str) else row for path, row in functions.items()}


def is_known(function: str) -> bool:
	"""Tell whether a function may be given what is about clients."""
	path = get_full_path(function)
	if path.startswith(OWN) or path in (METHODS, *GUARDED):
		return True
	return get_verdict(path) not in (REFUSED, UNASKED) or function in get_allowed()


def get_verdict(function: str) -> str:
	return get_judged().get(get_full_path(function), {}).get("verdict", REFUSED)


def is_function_to_call(text: str) -> bool:
	"""Tell whether an argument may be the name of a function that Frappe would then call past its guard."""
	app = text.partition(".")[0]
	if not DOTTED_PATH.fullmatch(text) or f"{app}." == OWN or app not in frappe.get_installed_apps():
		return False
	judged = get_judged().get(resolve(text))
	# A word of the Desk's scripts, as `frappe.session.user` in a card's filters, leads to no function.
	return judged["verdict"] not in ASKING if judged else callable(find(text))


def get_full_path(function: str) -> str:
	return function if "." in function else f"{HANDLER}{function}"


def get_allowed() -> list[str]:
	"""Return the functions that the administrator allows, one a line in Settings."""
	return (get_setting("allowed_functions") or "").split()


def resolve(function: str) -> str:
	"""Return the path by which a function is known; a module that imports it has it, too, and Frappe finds it there.

	:param function: the dotted path that a request calls, or a short name
	"""
	path = get_full_path(function)
	if not function or path in get_judged() or path.startswith(OWN):
		return path if path in GUARDED else function
	return get_paths().get(find(path), function)


@cache
def get_paths() -> dict[object, str]:
	"""Return the known functions that this Frappe has, each with its path."""
	return {found: path for path in get_judged() if (found := find(path)) is not path}


def find(path: str) -> object:
	"""Return the function at a dotted path of an installed app; the path itself if there is none."""
	module, _dot, name = path.rpartition(".")
	if module.partition(".")[0] not in frappe.get_installed_apps():
		return path
	try:
		found = getattr(import_module(module), name, path)
		return found if isinstance(found, Hashable) else path
	except Exception:
		return path  # Frappe will say so.


def log_refused(function: str) -> None:
	"""Tell the administrator which function was refused, and how to allow it."""
	frappe.log_error(
		title=_("Function refused where a client record is named"),
		message=_(
			"The function {0} is not known to keep to who may see which client. If you have read it and it asks for"
			" permission, add it to “{1}” in Case Management Settings."
		).format(function, _("Allowed Functions")),
		defer_insert=True,
	)
