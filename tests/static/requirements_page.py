"""`docs/requirements.md`: each of the 86 requirements, where it lives in the app, and the tests that carry its number.

Quotes and places are written by hand in `docs/requirements.json`; tests are found by their names. `python
tests/static/requirements_page.py` writes the page, and a test holds it against places and tests as they are.
"""

import ast
import re
from collections import defaultdict
from functools import cache

from source import APP, MODULE, REPO, get_doctypes, parse, read_json

DATA, PAGE = REPO / "docs" / "requirements.json", REPO / "docs" / "requirements.md"
NOTIFICATIONS = APP / "setup" / "defaults" / "notification.json"
NUMBERS = [
	f"{part}{number}" for part, last in (("A", 8), ("B", 26), ("C", 52)) for number in range(1, last + 1)
]
TESTED = re.compile(r"test_(?:life_)?([abc]\d{1,2})_")
PARTS = {
	"A": "Common principles",
	"B": "Characteristics of quality practice",
	"C": "Case management for clients of a specialist service",
}
HEAD = """# Requirements

What the app must do, where that is, and the tests that carry its number: a requirement works when they pass. The
quotes are from two published texts on case management in supported accommodation and at a specialist service for gender
diverse people. `DocType.field` is a field or table, `DocType.action()` an action (see [api.md](api.md)).

This page is written by `python tests/static/requirements_page.py` from `requirements.json` and the names of the tests.
"""


def read() -> dict[str, dict]:
	"""Return number → `quote` and `lives`, the list of places."""
	return read_json(DATA)


@cache
def get_tests() -> dict[str, list[tuple[str, str]]]:
	"""Return number → file and name of each test that carries it, in the order of the files."""
	found = defaultdict(list)
	for path in sorted([*(APP / "tests").rglob("test_*.py"), *(REPO / "tests").rglob("test_*.py")]):
		for node in ast.walk(parse(path)):
			match = isinstance(node, ast.FunctionDef) and TESTED.match(node.name)
			if match:
				found[match[1].upper()].append((path.name, node.name))
	return found


def get_page() -> str:
	parts = [HEAD]
	for part, title in PARTS.items():
		rows = [get_row(number) for number in NUMBERS if number.startswith(part)]
		parts.append(
			f"## {part}. {title}\n\n| | demand | where | tests |\n|---|---|---|---|\n" + "\n".join(rows)
		)
	return "\n\n".join(part.strip() for part in parts) + "\n"


def get_row(number: str) -> str:
	entry = read()[number]
	places = "; ".join(f"`{place}`" if "." in place else place for place in entry["lives"])
	return f"| {number} | {entry['quote']} | {places} | {tell_tests(number)} |"


def tell_tests(number: str) -> str:
	"""Return the first test's name, how many there are, and in which files."""
	tests = get_tests().get(number, [])
	if not tests:
		return ""
	files = ", ".join(dict.fromkeys(file for file, _name in tests))
	return f"`{tests[0][1]}`: {len(tests)} in {files}"


def is_there(place: str) -> bool:
	"""Tell whether a place of the app that the page names exists."""
	kind, _, name = place.partition(" ")
	folders = {"report": "report", "print": "print_format"}
	if place.startswith("module "):
		return any(MODULE.rglob(name))
	if kind == "notification" and name:
		return any(default["name"] == name for default in read_json(NOTIFICATIONS))
	if kind in folders and name:
		record = scrub(name.removeprefix("format "))
		return (MODULE / folders[kind] / record / f"{record}.json").is_file()
	doctype, _, member = place.partition(".")
	if doctype not in get_doctypes():
		return False
	if member.endswith("()"):
		return member[:-2] in get_actions()
	return any(field["fieldname"] == member for field in get_doctypes()[doctype]["fields"])


@cache
def get_actions() -> set[str]:
	"""Return the name of every method below `@action`."""
	return {
		node.name
		for path in MODULE.rglob("*.py")
		for node in ast.walk(parse(path))
		if isinstance(node, ast.FunctionDef)
		and any("whitelist" in ast.unparse(decorator) for decorator in node.decorator_list)
	}


def scrub(name: str) -> str:
	return name.lower().replace(" ", "_").replace("-", "_")


if __name__ == "__main__":
	PAGE.write_text(get_page(), encoding="utf-8")
