"""How the app's Python is written: what a reader, a translator and a database can rely on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from source import (
	APP,
	MODULE,
	REPO,
	Function,
	get_app_code,
	get_calls,
	get_controllers,
	get_functions,
	get_methods,
	get_python,
	parse,
	read,
	where,
)

TRANSLATORS = ("_", "frappe._", "__")
SQL = re.compile(r"^\s*(select|insert|update|delete|replace|alter|create|drop|truncate)\s+\S+", re.IGNORECASE)
# Verbs of house functions that only read.
READS = ("get_", "is_", "has_", "can_", "may_")


def get_translated() -> Iterator[tuple[Path, ast.Call]]:
	for path in get_app_code():
		for name, call in get_calls(path):
			if name in TRANSLATORS:
				yield path, call


def get_public_functions() -> Iterator[tuple[Path, Function]]:
	"""Yield the functions that stand in a module itself, and are not marked as its own by an underscore."""
	for path in get_app_code():
		for node in parse(path).body:
			if isinstance(node, Function) and not node.name.startswith("_"):
				yield path, node


def get_client_controllers() -> list[Path]:
	return [path for path in get_controllers() if re.search(r"\(.*\bClientRecord\):", read(path))]


def get_statements(function: Function) -> list[ast.stmt]:
	"""Return a function's statements without its docstring."""
	body = function.body
	return body[1:] if ast.get_docstring(function) is not None else body


def test_there_is_code_to_check() -> None:
	assert len(get_app_code()) > 80
	assert len(list(get_translated())) > 300


def test_no_f_string_is_translated() -> None:
	found = [
		where(path, call)
		for path, call in get_translated()
		if call.args and isinstance(call.args[0], ast.JoinedStr)
	]
	assert found == []


def test_a_translated_sentence_is_formatted_after_its_translation() -> None:
	"""`_("… {0}").format(x)` finds its translation, `_("… {0}".format(x))` never does."""
	found = [
		where(path, call) for path, call in get_translated() if call.args and is_put_together(call.args[0])
	]
	assert found == []


def is_put_together(text: ast.expr) -> bool:
	return isinstance(text, ast.BinOp) or (
		isinstance(text, ast.Call) and ast.unparse(text.func).endswith((".format", ".join"))
	)


def test_refusals_are_translated() -> None:
	"""What `refuse` is given to say is no bare text."""
	found = [
		where(path, call)
		for path in get_app_code()
		for name, call in get_calls(path)
		if name == "refuse" and any(has_bare_words(argument) for argument in call.args[1:3])
	]
	assert found == []


def has_bare_words(text: ast.expr) -> bool:
	parts = text.values if isinstance(text, ast.JoinedStr) else [text]
	return any(isinstance(part, ast.Constant) and re.search(r"\w", str(part.value)) for part in parts)


def test_no_error_goes_past_refuse() -> None:
	"""Only `refusal.py` throws: every refusal names record, rule and remedy. A report has no record to name."""
	found = [
		where(path, call)
		for path in get_app_code()
		for name, call in get_calls(path)
		if name in ("frappe.throw", "throw") and path.name not in ("refusal.py", "counting.py", "filters.py")
		if not {APP / "setup", MODULE / "report"} & set(path.parents)
	]
	assert found == []


def test_there_is_no_sql_text() -> None:
	called = ("frappe.db.sql", "frappe.db.multisql", "frappe.db.sql_list", "frappe.db.sql_ddl", "sql")
	found = [where(path, call) for path in get_app_code() for name, call in get_calls(path) if name in called]
	assert found == []


def test_no_text_looks_like_sql() -> None:
	found = [
		where(path, node)
		for path in get_app_code()
		for node in ast.walk(parse(path))
		if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
		if re.search(r"\b(from|into|set|table)\b.*`|\bfrom `?tab", node.value, re.IGNORECASE)
	]
	assert found == []


@pytest.mark.parametrize("path", sorted((MODULE / "report").glob("*/*.py")), ids=lambda path: path.stem)
def test_a_report_reads_by_the_users_rights_only(path: Path) -> None:
	unchecked = (
		"frappe.get_all",
		"frappe.db.get_all",
		"frappe.db.get_value",
		"frappe.db.get_values",
		"frappe.db.count",
	)
	assert [where(path, call) for name, call in get_calls(path) if name in unchecked] == []


def test_the_app_does_not_know_the_host_or_the_tests() -> None:
	found = []
	for path in get_app_code():
		for node in ast.walk(parse(path)):
			names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
			names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
			if any(
				name.split(".")[0] in ("host", "tests") or name.startswith("case_management.tests")
				for name in names
			):
				found.append(where(path, node))
	assert found == []


def test_every_function_is_annotated() -> None:
	found = []
	for path in [*get_app_code(), *get_python(APP / "tests", REPO / "tests")]:
		for function in get_functions(path):
			arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
			bare = [arg.arg for arg in arguments if arg.annotation is None and arg.arg not in ("self", "cls")]
			if bare:
				found.append(f"{where(path, function)} {function.name}({', '.join(bare)})")
			elif function.returns is None:
				found.append(f"{where(path, function)} {function.name} -> ?")
	assert found == []


def test_every_module_says_what_it_is_for() -> None:
	"""A controller's class may say it instead; Frappe's own generated modules are empty."""
	found = [
		where(path)
		for path in get_app_code()
		if parse(path).body and path.name not in ("hooks.py", "__init__.py") and not says_something(path)
	]
	assert found == []


def says_something(path: Path) -> bool:
	"""Tell whether a module, a class in it, or its only purpose (a child table, a dashboard) needs no more words."""
	tree = parse(path)
	classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
	if ast.get_docstring(tree) or any(ast.get_docstring(node) for node in classes):
		return True
	return MODULE in path.parents and path.parent != MODULE


def test_a_public_function_that_is_no_plain_verb_has_a_docstring() -> None:
	"""Longer ones say what comes in and out, unless name and annotations already do."""
	found = [
		f"{where(path, function)} {function.name}"
		for path, function in get_public_functions()
		if ast.get_docstring(function) is None and len(list(ast.walk(function))) > 160
		if APP / "setup" / "demo" not in path.parents
	]
	assert found == []


@pytest.mark.parametrize("path", get_controllers(), ids=lambda path: path.stem)
def test_validate_is_a_list_of_calls(path: Path) -> None:
	for method in get_methods(path):
		if method.name == "validate":
			calls = [
				isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
				for node in get_statements(method)
			]
			assert all(calls), where(path, method)


@pytest.mark.parametrize("path", get_client_controllers(), ids=lambda path: path.stem)
def test_a_client_records_validate_begins_with_the_common_rules(path: Path) -> None:
	methods = {method.name: method for method in get_methods(path)}
	first = ast.unparse(get_statements(methods["validate"])[0])
	assert first == "self.validate_record()"


def test_every_action_of_a_record_is_locked_and_checked() -> None:
	"""`@frappe.whitelist` stands over `@action`; or the method extends an action, or checks the permission itself."""
	found = []
	for path in get_app_code():
		for method in get_methods(path):
			decorators = [ast.unparse(decorator) for decorator in method.decorator_list]
			is_called_from_outside = any(name.startswith("frappe.whitelist") for name in decorators)
			does_it_itself = (f"super().{method.name}(", "self.check_permission(")
			if not is_called_from_outside or "action" in decorators:
				continue
			if not any(call in ast.unparse(method) for call in does_it_itself):
				found.append(f"{where(path, method)} {method.name}")
	assert found == []


def test_functions_that_read_do_not_write() -> None:
	"""`get_*` only reads: it neither stores a record nor sets a value."""
	writes = (
		".save",
		".insert",
		".db_set",
		".set_value",
		".delete",
		"store",
		"set_status_by_rule",
		"move_to",
	)
	found = []
	for path in get_app_code():
		if APP / "setup" in path.parents:
			continue
		for function in get_functions(path):
			called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
			if function.name.startswith(READS) and any(name.endswith(writes) for name in called):
				found.append(f"{where(path, function)} {function.name}")
	assert found == []


def test_validators_do_not_write() -> None:
	"""`validate_*` raises or lets pass; it stores nothing."""
	writes = (".save", ".insert", ".db_set", ".set_value", "store", "set_status_by_rule", "move_to")
	found = []
	for path in get_app_code():
		for function in get_functions(path):
			called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
			if function.name.startswith("validate_") and any(name.endswith(writes) for name in called):
				found.append(f"{where(path, function)} {function.name}")
	assert found == []


def test_app_code_does_not_commit() -> None:
	"""A request is one transaction: a refusal anywhere leaves everything as it was.

	Loading the demo is no request, nor is a job that commits its batches or goes on after one record that failed; an
	action begins the request's transaction with its lock; and the access log is written after the answer.
	"""
	may = (
		MODULE / "record" / "actions.py",
		MODULE / "keeping" / "disposal.py",
		MODULE / "looking" / "access_log.py",
	)
	found = [
		where(path, call)
		for path in get_app_code()
		for name, call in get_calls(path)
		if name in ("frappe.db.commit", "frappe.db.rollback") and APP / "setup" not in path.parents
		if path not in may
		if MODULE / "reminders" not in path.parents
	]
	assert found == []
