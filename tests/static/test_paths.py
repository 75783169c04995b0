"""What Frappe finds by its name is there: hooks, patches, and the methods that form scripts call."""

import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from source import APP, DOCTYPES, MODULE, REPO, get_controller, get_doctypes, read

frappe = pytest.importorskip("frappe", reason="runs with the Python of a bench's environment")

DOTTED = re.compile(r"case_management(?:\.\w+)+")
# In scripts: an action's method, a method of the form's record, a calendar's functions, a free function.
METHOD = re.compile(r"\bmethod: \"(\w+)\"|frm\.call\(\"(\w+)\"")
FREE = re.compile(r"\"(case_management(?:\.\w+)+)\"")
FRAPPES_OWN = {"run_doc_method"}
# What each record that a client agrees to can do.
AGREEMENT = {"share_with_client", "agree", "revise"}
# And those of a record that a team leader may have to approve.
APPROVAL = {"ask_approval", "approve", "return_for_changes"}


def resolve(path: str) -> object:
	"""Return what a dotted path names, as `frappe.get_attr` finds it."""
	module, name = path.rsplit(".", 1)
	return getattr(importlib.import_module(module), name)


def get_hook_paths() -> Iterator[tuple[str, str]]:
	"""Yield each dotted path in hooks.py with the hook that names it."""
	hooks = importlib.import_module("case_management.hooks")
	for hook, value in vars(hooks).items():
		if not hook.startswith("_"):
			for path in find_paths(value):
				yield hook, path


def find_paths(value: object) -> Iterator[str]:
	if isinstance(value, str) and DOTTED.fullmatch(value):
		yield value
	elif isinstance(value, dict):
		for entry in value.values():
			yield from find_paths(entry)
	elif isinstance(value, list | tuple):
		for entry in value:
			yield from find_paths(entry)


def get_patches() -> list[str]:
	lines = (line.split("#")[0].strip() for line in read(APP / "patches.txt").splitlines())
	return [line.split()[0] for line in lines if line and not line.startswith(("[", "execute:"))]


def get_doctypes_of_hooks() -> Iterator[tuple[str, str]]:
	hooks = importlib.import_module("case_management.hooks")
	for hook in ("has_permission", "permission_query_conditions", "doc_events", "override_doctype_class"):
		for doctype in getattr(hooks, hook, {}):
			yield hook, doctype


def get_scripts() -> list[Path]:
	return sorted([*DOCTYPES.glob("*/*.js"), *(APP / "public").rglob("*.js")])


def get_script_methods() -> Iterator[tuple[str, str]]:
	"""Yield script and method for each method of its own record that a form script names."""
	for doctype in get_doctypes():
		script = get_controller(doctype).with_suffix(".js")
		if script.exists():
			for names in METHOD.findall(read(script)):
				yield doctype, next(filter(None, names))


def get_free_functions() -> Iterator[tuple[str, str]]:
	for script in get_scripts():
		for path in FREE.findall(read(script)):
			yield script.name, path


@cache
def get_class(doctype: str) -> type:
	controller = get_controller(doctype)
	name = "case_management." + ".".join(controller.relative_to(APP).with_suffix("").parts)
	return getattr(importlib.import_module(name), doctype.replace(" ", "").replace("-", ""))


def is_whitelisted(method: object) -> bool:
	return getattr(method, "__func__", method) in frappe.whitelisted


def test_there_are_paths_methods_and_functions_to_check() -> None:
	assert len(list(get_hook_paths())) > 10
	assert len(list(get_script_methods())) > 50
	assert len(list(get_free_functions())) >= 2


@pytest.mark.parametrize(("hook", "path"), sorted(set(get_hook_paths())))
def test_a_hooks_path_is_a_function(hook: str, path: str) -> None:
	assert callable(resolve(path))


@pytest.mark.parametrize(("hook", "doctype"), sorted(get_doctypes_of_hooks()))
def test_a_hooks_doctype_exists(hook: str, doctype: str) -> None:
	frappes_own = {
		"*",
		"Auto Email Report",
		"Comment",
		"Document Share Key",
		"Error Log",
		"Kanban Board",
		"Notification Log",
		"Web Form",
		"Workflow",
		"Number Card",
		"File",
		"Tag Link",
		"ToDo",
		"DocShare",
		"Document Follow",
		"User",
	}
	assert doctype in get_doctypes().keys() | frappes_own


def test_each_patch_can_be_executed() -> None:
	for patch in get_patches():
		assert callable(resolve(f"{patch}.execute")), patch


def test_each_patch_stands_once() -> None:
	assert len(get_patches()) == len(set(get_patches()))


def test_each_patch_file_is_listed() -> None:
	files = [path for path in (APP / "patches").rglob("*.py") if path.name != "__init__.py"]
	paths = {".".join(path.relative_to(REPO).with_suffix("").parts) for path in files}
	assert paths - set(get_patches()) == set()


@pytest.mark.parametrize(("doctype", "method"), sorted(set(get_script_methods())))
def test_a_form_scripts_method_is_an_action_of_its_record(doctype: str, method: str) -> None:
	assert is_whitelisted(getattr(get_class(doctype), method)), f"{doctype}.{method} is not whitelisted"


@pytest.mark.parametrize(("script", "path"), sorted(set(get_free_functions())))
def test_a_scripts_function_is_whitelisted(script: str, path: str) -> None:
	assert is_whitelisted(resolve(path)), path


def test_shared_scripts_call_nothing_but_frappes_own() -> None:
	for script in (APP / "public").rglob("*.js"):
		named = {next(filter(None, names)) for names in METHOD.findall(read(script))}
		assert named <= FRAPPES_OWN | AGREEMENT | APPROVAL, script.name


@pytest.mark.parametrize(
	("buttons", "methods"),
	[("share_and_agree", AGREEMENT), ("approvals", APPROVAL)],
	ids=["agreement", "approval"],
)
def test_what_shared_buttons_call_is_there(buttons: str, methods: set[str]) -> None:
	"""The buttons that forms take from the shared script are actions of each record that has them."""
	scripts = [path.stem for path in get_scripts() if f"case_actions.{buttons}(" in read(path)]
	users = [doctype for doctype in get_doctypes() if frappe.scrub(doctype) in scripts]
	assert len(users) == len(scripts) == 3
	for doctype in users:
		assert all(is_whitelisted(getattr(get_class(doctype), method)) for method in methods), doctype


def test_each_included_script_exists() -> None:
	for script in get_scripts():
		for included in re.findall(r"{% include \"([^\"]+)\" %}", read(script)):
			assert (REPO / included).is_file(), f"{script.name} includes {included}"


@pytest.mark.parametrize("doctype", sorted(get_doctypes()))
def test_a_controller_has_its_doctypes_class(doctype: str) -> None:
	assert issubclass(get_class(doctype), frappe.model.document.Document)


def test_an_action_is_not_called_by_get() -> None:
	"""An action changes something, so that no link and no image address may trigger it. What lists may be read by GET."""
	for doctype in get_doctypes():
		for name, method in inspect.getmembers(get_class(doctype), inspect.isfunction):
			is_own = method.__module__.startswith("case_management.")
			if is_own and is_whitelisted(method) and not name.startswith("list_"):
				assert frappe.allowed_http_methods_for_whitelisted_func[method] == ["POST"], name


def test_each_module_of_the_app_is_listed() -> None:
	modules = [line.strip() for line in read(APP / "modules.txt").splitlines() if line.strip()]
	assert [module.lower().replace(" ", "_") for module in modules] == [MODULE.name]
