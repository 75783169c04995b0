"""The page of actions says what the code does: all of it, and nothing else."""

import ast
import inspect
import tempfile
from pathlib import Path
from unittest.mock import patch

import frappe

from case_management.setup import api_page
from case_management.setup.api_page import MARKER, Action, get_actions, get_functions, get_page
from case_management.tests.base import CaseTestCase

PACKAGE = Path(api_page.__file__).parents[1]


def is_whitelisted(node: ast.AST) -> bool:
	"""Tell whether a function in the source stands below `frappe.whitelist`."""
	return isinstance(node, ast.FunctionDef) and any(
		"frappe.whitelist(" in ast.unparse(decorator) for decorator in node.decorator_list
	)


def get_written() -> set[tuple[str, str]]:
	"""Return file and name of every whitelisted function in the app's source, but for stand-ins of Frappe's own."""
	return {
		(str(path.relative_to(PACKAGE)), node.name)
		for path in PACKAGE.rglob("*.py")
		if not {"tests", "guard"} & set(path.relative_to(PACKAGE).parts)
		for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
		if is_whitelisted(node)
	}


def get_place(action: Action) -> tuple[str, str]:
	function = inspect.unwrap(action.function)
	return str(Path(inspect.getfile(function)).relative_to(PACKAGE)), function.__name__


class TestApiPage(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.actions = [action for actions in get_actions().values() for action in actions] + get_functions()

	def test_the_page_is_what_the_code_gives(self) -> None:
		page = get_page().read_text(encoding="utf-8")
		self.assertEqual(
			page[page.index(MARKER) :],
			api_page.get_generated(),
			"Run: bench --site SITE execute case_management.setup.api_page.write",
		)

	def test_no_whitelisted_function_of_the_app_is_missing(self) -> None:
		self.assertEqual(get_written() - {get_place(action) for action in self.actions}, set())

	def test_every_argument_is_described_and_nothing_else(self) -> None:
		for action in self.actions:
			self.assertEqual(list(action.params), list(action.arguments), action.function)
			self.assertTrue(all(action.params.values()), action.function)

	def test_every_action_says_what_it_does_answers_and_refuses(self) -> None:
		for action in self.actions:
			first = action.summary.splitlines()[0]
			self.assertTrue(first.endswith("."), action.function)
			self.assertTrue(action.answer, action.function)
			self.assertTrue(action.raises, action.function)
			self.assertTrue(all(action.raises.values()), action.function)

	def test_every_argument_has_a_type_the_page_has_words_for(self) -> None:
		for action in self.actions:
			for parameter in action.arguments.values():
				self.assertTrue(api_page.get_kind(parameter), f"{action.function} {parameter}")

	def test_every_key_an_answer_names_is_in_code_marks(self) -> None:
		for action in self.actions:
			self.assertRegex(action.answer, "`[a-z_]+`", action.function)

	def test_what_changes_something_answers_to_post_only(self) -> None:
		reading = {action.function.__name__ for action in self.actions if "GET" in action.methods}
		self.assertEqual(reading, {"list_reliance", "get_events", "preview_caseload"})

	def test_every_code_list_a_docstring_names_exists(self) -> None:
		lists = set(frappe.get_all("Case Code", pluck="code_list", distinct=True))
		for action in self.actions:
			for name, text in action.params.items():
				if text.startswith("a code of "):
					named = text.removeprefix("a code of ").removeprefix("the list ").split(",")[0]
					self.assertIn(named, lists, f"{action.function} {name}")

	def test_the_making_table_names_what_is_required_and_who_makes_it(self) -> None:
		table = api_page.get_making()
		self.assertIn("| Client Intake | `person_name`, `program` (Support Program) |", table)
		self.assertIn("`purpose` (a code of Consent Purpose)", table)
		self.assertNotIn("| Disclosure |", table, "only the app makes disclosures")

	def test_the_head_written_by_hand_survives_writing(self) -> None:
		with tempfile.TemporaryDirectory() as folder:
			path = Path(folder) / "docs" / "api.md"
			with patch.object(api_page, "get_page", return_value=path):
				api_page.write()
				path.write_text("# Head\n\n" + MARKER + "\nold\n", encoding="utf-8")
				api_page.write()
			self.assertEqual(path.read_text(encoding="utf-8"), "# Head\n\n" + api_page.get_generated())


class TestDocstringParts(CaseTestCase):
	def test_a_field_goes_on_over_several_lines(self) -> None:
		summary, fields = api_page.split(
			"Does it.\n\nMore.\n\n:param on: a day,\n        today\n:return: `name`"
		)
		self.assertEqual(summary, "Does it.\n\nMore.")
		self.assertEqual(fields, [("param", "on", "a day, today"), ("return", "", "`name`")])

	def test_a_docstring_without_fields_is_a_summary(self) -> None:
		self.assertEqual(api_page.split("Does it."), ("Does it.", []))
