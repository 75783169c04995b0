"""Every function of the installed Frappe that can be called from outside is judged in `guard/known_functions.json`."""

import json
from collections.abc import Callable
from pathlib import Path

import frappe

from case_management.tests.base import CaseTestCase
from case_management.tests.leak_functions import get_function, import_all

LIST = Path(__file__).parents[1] / "case_management" / "guard" / "known_functions.json"
ADVICE = """{count} functions of Frappe {version} are not judged, and so refused where a client DocType is named:

{functions}

Read each in Frappe's source, and write it with its verdict into {list}.
What the verdicts mean stands in tests/static/test_known_functions.py; in doubt: "refused"."""


def get_functions_of_frappe() -> set[Callable]:
	"""Return what can be called from outside; methods of documents and Frappe's tests are not among it."""
	import_all()
	return set(filter(is_of_frappe, frappe.whitelisted))


def is_of_frappe(function: Callable) -> bool:
	path = get_path(function)
	if not path.startswith("frappe.") or path.startswith("frappe.tests."):
		return False
	# A decorator may hide a function's own name.
	return "<locals>" in path or get_function(path) is function


def get_path(function: Callable) -> str:
	return f"{function.__module__}.{function.__qualname__}"


class TestKnownFunctions(CaseTestCase):
	def test_every_function_of_frappe_is_judged(self) -> None:
		judged = json.loads(LIST.read_text(encoding="utf-8"))["functions"]
		unknown = get_functions_of_frappe() - {get_function(path) for path in judged}
		functions = "\n".join(sorted(map(get_path, unknown)))
		advice = ADVICE.format(
			count=len(unknown), version=frappe.__version__, functions=functions, list=LIST.name
		)
		self.assertFalse(unknown, advice)

	def test_functions_are_found(self) -> None:
		"""Or the test above would pass whatever Frappe has."""
		self.assertGreater(len(get_functions_of_frappe()), 300)
