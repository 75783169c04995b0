"""Put whole functions, methods and files of ours in the place of the engine's.

A file in `repairs/frappe/` is applied to the engine's file of the same path:

* a function, or a value assigned to a name, replaces the top-level one of that name;
* a class replaces, method by method, the methods of the class of that name;
* what is listed in `ADDED` is new, and goes before the first replaced thing;
* imports only tell reader and linter which names the engine's file already has; they are checked, not copied.

A file in `repairs/whole/` replaces the engine's file, or is listed in NEW_FILES. What is not found is an error that names
the file and the symbol: the package is not the one these repairs were written for.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .errors import HostError
from .paths import HOST

REPAIRS = HOST / "repairs"
NEW_FILES = {
	"frappe/patches/__init__.py",
	"frappe/modules/__init__.py",
	"frappe/tests/utils/__init__.py",
	"frappe/tests/utils/generators.py",
}
JS_METHODS = {"frappe/public/js/frappe/form/workflow.js": ("show_actions() {", "workflow_show_actions.js")}
# The only statement that Python 3.10 and 3.11 cannot read.
PLAIN_ASSIGNMENTS = {"frappe/desk/doctype/event/event.py": "EventLikeDict"}

Definition = ast.FunctionDef | ast.ClassDef


def apply_repairs(parent: Path) -> int:
	"""Repair the engine below `parent`, and return how many symbols and files were replaced."""
	count = 0
	for source in sorted((REPAIRS / "frappe").rglob("*.py")):
		count += _repair_module(source, parent / source.relative_to(REPAIRS))
	for source in sorted((REPAIRS / "whole").rglob("*.py")):
		count += _replace_file(source, source.relative_to(REPAIRS / "whole"), parent)
	for name, (signature, source_name) in JS_METHODS.items():
		count += _replace_js_method(parent / name, signature, (REPAIRS / source_name).read_text())
	for name, alias in PLAIN_ASSIGNMENTS.items():
		count += _plain_assignment(parent / name, alias)
	return count


def _replace_file(source: Path, name: Path, parent: Path) -> int:
	target = parent / name
	if not target.is_file() and name.as_posix() not in NEW_FILES:
		raise HostError(f"the engine has no file {name} to repair: is it another version of the package?")
	target.parent.mkdir(parents=True, exist_ok=True)
	target.write_text(source.read_text())
	return 1


def _repair_module(source: Path, target: Path) -> int:
	if not target.is_file():
		raise HostError(
			f"the engine has no file {target.name} at {target}: is it another version of the package?"
		)
	text, ours = target.read_text(), source.read_text()
	theirs, repair = ast.parse(text), ast.parse(ours)
	added = _added_names(repair)
	edits: list[tuple[int, int, str]] = []
	new_code: list[str] = []
	places: list[int] = []
	for node in repair.body:
		name = _name_of(node)
		if name is None or name == "ADDED":
			_check_imports(node, theirs, target)
		elif name in added:
			new_code.append(_code(node, ours))
		else:
			other = _find(theirs.body, name, target)
			places.append(_first_line(other))
			if isinstance(node, ast.ClassDef):
				edits += _method_edits(node, ours, other, target)
			else:
				edits.append(_edit(node, ours, other))
	if not edits:
		raise HostError(f"the repair {source.name} replaces nothing in {target}")
	if new_code:
		edits.append((min(places), min(places) - 1, "\n\n".join([*new_code, ""])))
	lines = text.splitlines()
	for start, end, code in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
		lines[start - 1 : end] = code.splitlines()
	result = "\n".join(lines) + "\n"
	ast.parse(result)
	target.write_text(result)
	return len(edits)


def _added_names(repair: ast.Module) -> set[str]:
	for node in repair.body:
		if _name_of(node) == "ADDED":
			return set(ast.literal_eval(node.value))  # type: ignore[attr-defined]
	return set()


def _name_of(node: ast.stmt) -> str | None:
	if isinstance(node, ast.FunctionDef | ast.ClassDef):
		return node.name
	if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
		return node.targets[0].id
	return None


def _find(body: list[ast.stmt], name: str, target: Path) -> ast.stmt:
	found = [node for node in body if _name_of(node) == name]
	if len(found) != 1:
		raise HostError(f"the engine's {target} has {len(found)} things named {name}, 1 was expected")
	return found[0]


def _check_imports(node: ast.stmt, theirs: ast.Module, target: Path) -> None:
	"""See that the engine's file really has the names that a repair takes for given."""
	if not isinstance(node, ast.ImportFrom | ast.Import) or getattr(node, "module", "") == "__future__":
		return
	there = {name for other in ast.walk(theirs) for name in _bound_names(other)}
	for alias in node.names:
		name = alias.asname or alias.name.split(".")[0]
		if name not in there and "*" not in there:
			raise HostError(f"the engine's {target} no longer has the name {name}, which a repair uses")


def _bound_names(node: ast.AST) -> list[str]:
	if isinstance(node, ast.ImportFrom | ast.Import):
		return [alias.asname or alias.name.split(".")[0] for alias in node.names]
	if isinstance(node, ast.FunctionDef | ast.ClassDef):
		return [node.name]
	if isinstance(node, ast.Assign):
		return [target.id for target in node.targets if isinstance(target, ast.Name)]
	if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
		return [node.target.id]
	return []


def _method_edits(
	ours: ast.ClassDef, text: str, theirs: ast.stmt, target: Path
) -> list[tuple[int, int, str]]:
	methods = [node for node in ours.body if isinstance(node, ast.FunctionDef)]
	return [_edit(node, text, _find(theirs.body, node.name, target)) for node in methods]  # type: ignore[attr-defined]


def _first_line(node: ast.stmt) -> int:
	decorators = getattr(node, "decorator_list", [])
	return decorators[0].lineno if decorators else node.lineno


def _edit(ours: ast.stmt, text: str, theirs: ast.stmt) -> tuple[int, int, str]:
	return _first_line(theirs), theirs.end_lineno or theirs.lineno, _code(ours, text)


def _code(node: ast.stmt, text: str) -> str:
	lines = text.splitlines()[_first_line(node) - 1 : node.end_lineno]
	return "\n".join(_with_tabs(line) for line in lines)


def _with_tabs(line: str) -> str:
	"""Indent a line as the engine does, since Python refuses a mixture."""
	bare = line.lstrip(" ")
	depth, rest = divmod(len(line) - len(bare), 4)
	return "\t" * depth + " " * rest + bare


def _replace_js_method(target: Path, signature: str, code: str) -> int:
	"""Replace the method that starts with this signature, up to the brace at its own depth of indentation."""
	pattern = re.compile(rf"^(\t+){re.escape(signature)}\n.*?^\1\}}\n", re.MULTILINE | re.DOTALL)
	result, count = pattern.subn(lambda _: code, target.read_text())
	if count != 1:
		raise HostError(f"the engine's {target} has {count} methods {signature}, 1 was expected")
	target.write_text(result)
	return 1


def _plain_assignment(target: Path, alias: str) -> int:
	"""Write `type NAME = X` as `NAME = object`: the alias is only used in annotations of local variables."""
	result, count = re.subn(
		rf"^(\s*)type {alias} = .*$", rf"\1{alias} = object", target.read_text(), flags=re.MULTILINE
	)
	if count != 1:
		raise HostError(f"the engine's {target} has {count} type aliases {alias}, 1 was expected")
	target.write_text(result)
	return 1
