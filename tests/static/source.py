"""The app's source as the static tests read it: files, syntax trees, DocTypes; nothing here needs a site."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPO = Path(__file__).parents[2]
APP = REPO / "case_management"
MODULE = APP / "case_management"
DOCTYPES = MODULE / "doctype"

TYPE_BLOCK = re.compile(
	r"\t# begin: auto-generated types\n.*?\t# end: auto-generated types\n", flags=re.DOTALL
)
# Frappe writes these lines around the type block too.
Function = ast.FunctionDef | ast.AsyncFunctionDef


def get_python(*folders: Path) -> list[Path]:
	return sorted(path for folder in folders or (APP,) for path in folder.rglob("*.py"))


def get_app_code() -> list[Path]:
	"""Return the app's Python files, its tests left out."""
	return [path for path in get_python(APP) if APP / "tests" not in path.parents]


@cache
def read(path: Path) -> str:
	return path.read_text(encoding="utf-8")


@cache
def read_json(path: Path) -> dict | list:
	return json.loads(read(path))


@cache
def parse(path: Path) -> ast.Module:
	return ast.parse(read(path), filename=str(path))


def get_functions(path: Path) -> list[Function]:
	return [node for node in ast.walk(parse(path)) if isinstance(node, Function)]


def get_methods(path: Path) -> list[Function]:
	"""Return the functions that stand directly in a class."""
	classes = (node for node in ast.walk(parse(path)) if isinstance(node, ast.ClassDef))
	return [node for owner in classes for node in owner.body if isinstance(node, Function)]


def get_calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
	"""Yield each call with the dotted name of what is called, as it is written."""
	for node in ast.walk(parse(path)):
		if isinstance(node, ast.Call):
			yield ast.unparse(node.func), node


def where(path: Path, node: ast.AST | None = None) -> str:
	"""Return a place in the source, as an editor takes it."""
	place = str(path.relative_to(REPO))
	return f"{place}:{node.lineno}" if node is not None else place


def get_doctypes() -> dict[str, dict]:
	"""Return the definition of each DocType by its name."""
	files = sorted(DOCTYPES.glob("*/*.json"))
	return {definition["name"]: definition for definition in map(read_json, files)}


def get_folder(doctype: str) -> Path:
	return DOCTYPES / doctype.lower().replace(" ", "_").replace("-", "_")


def get_controller(doctype: str) -> Path:
	folder = get_folder(doctype)
	return folder / f"{folder.name}.py"


def get_controllers() -> list[Path]:
	"""Return the controllers of the DocTypes that are records of their own, child tables left out."""
	return [
		get_controller(name) for name, definition in get_doctypes().items() if not definition.get("istable")
	]


def count_lines(path: Path) -> int:
	"""Return how many lines a controller has without the type block that Frappe writes."""
	return len(TYPE_BLOCK.sub("", read(path)).splitlines())


def get_length(function: Function) -> int:
	return function.end_lineno - function.lineno + 1
