"""`docs/api.md`: the hand-written head, and below it every action as the code has it.

`bench --site SITE execute case_management.setup.api_page.write` brings the page up to date; a test holds it against
the code.
"""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import get_args

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document

import case_management
from case_management.case_management.record.actions import AS_OF

APP, MODULE = "case_management", "Case Management"
# What stands above this line is written by hand.
MARKER = "<!-- From here on the page is written by case_management.setup.api_page: edit the docstrings instead. -->"
# How the page calls what an argument takes.
KINDS = {
	str: "text",
	datetime: "date and time",
	date: "day",
	bool: "true or false",
	int: "number",
	list: "list",
	dict: "object",
}
DATES = (KINDS[datetime], KINDS[date])
FIELD = re.compile(r":(param|return|raises)\s*([\w.]*):\s*(.*)")


@dataclass
class Action:
	"""A whitelisted function: what its signature and its docstring say."""

	name: str
	function: Callable
	summary: str
	params: dict[str, str]
	answer: str
	raises: dict[str, str]

	@property
	def arguments(self) -> dict[str, inspect.Parameter]:
		"""The parameters a caller gives."""
		parameters = inspect.signature(self.function).parameters
		return {name: parameter for name, parameter in parameters.items() if name not in ("self", AS_OF)}

	@property
	def methods(self) -> list[str]:
		"""The HTTP methods it answers to."""
		return frappe.allowed_http_methods_for_whitelisted_func[self.function]


def get_page() -> Path:
	"""Return where the page lies: beside the app's package, as in the repository."""
	return Path(frappe.get_app_path(APP)).parent / "docs" / "api.md"


def write() -> str:
	"""Write the page's generated part; the head above the marker stays.

	:return: the path of the page
	"""
	path = get_page()
	head = path.read_text(encoding="utf-8").partition(MARKER)[0] if path.exists() else ""
	path.parent.mkdir(exist_ok=True)
	path.write_text(head + get_generated(), encoding="utf-8")
	return str(path)


def get_generated() -> str:
	"""Return the generated part of the page, beginning with the marker."""
	parts = [MARKER, get_making()]
	for doctype, actions in get_actions().items():
		parts += [get_heading(doctype), *[describe(action) for action in actions]]
	parts += ["## Functions without a record", *[describe(action) for action in get_functions()]]
	return "\n\n".join(parts) + "\n"


def get_actions() -> dict[str, list[Action]]:
	"""Return the actions of each DocType of the module that has any, in the order of their names."""
	found = {doctype: get_actions_of(get_controller(doctype)) for doctype in get_doctypes()}
	return {doctype: actions for doctype, actions in found.items() if actions}


def get_doctypes() -> list[str]:
	"""Return the DocTypes that the app ships and that are records of their own."""
	filters = {"module": MODULE, "istable": 0, "custom": 0}
	return frappe.get_all("DocType", filters=filters, order_by="name", pluck="name")


def get_actions_of(controller: type[Document]) -> list[Action]:
	"""Return the whitelisted methods that the app itself defines, inherited ones of the app included."""
	members = inspect.getmembers(controller, inspect.isfunction)
	return [make_action(function) for _name, function in members if is_ours(function)]


def get_functions() -> list[Action]:
	"""Return the whitelisted functions of the app that belong to no record."""
	load_modules()
	ours = [function for function in frappe.whitelisted if is_ours(function) and not is_guard(function)]
	free = [function for function in ours if "." not in function.__qualname__]
	return [make_action(function, get_path(function)) for function in sorted(free, key=get_path)]


def load_modules() -> None:
	"""Import every module of the app, since Frappe knows a whitelisted function once its module is imported."""
	for module in pkgutil.walk_packages(case_management.__path__, f"{APP}."):
		if ".tests" not in module.name and ".patches" not in module.name:
			importlib.import_module(module.name)


def is_ours(function: Callable) -> bool:
	return function.__module__.split(".")[0] == APP and function in frappe.whitelisted


def is_guard(function: Callable) -> bool:
	"""Tell whether a function stands in for one of Frappe's, which has its own page."""
	return ".guard." in function.__module__


def get_path(function: Callable) -> str:
	return f"{function.__module__}.{function.__name__}"


def make_action(function: Callable, name: str | None = None) -> Action:
	"""Return a function with the parts of its docstring."""
	summary, fields = split(inspect.getdoc(function) or "")
	return Action(
		name=name or function.__name__,
		function=function,
		summary=summary,
		params={name: text for kind, name, text in fields if kind == "param"},
		answer=" ".join(text for kind, _name, text in fields if kind == "return"),
		raises={name: text for kind, name, text in fields if kind == "raises"},
	)


def split(docstring: str) -> tuple[str, list[tuple[str, str, str]]]:
	"""Return what a docstring says before its fields, and the fields: kind, name and text of each."""
	text, fields = [], []
	for line in docstring.splitlines():
		if found := FIELD.match(line):
			fields.append(found.groups())
		elif fields:
			kind, name, words = fields[-1]
			fields[-1] = (kind, name, f"{words} {line.strip()}".strip())
		else:
			text.append(line)
	return "\n".join(text).strip(), fields


def get_making() -> str:
	"""Return the table of what each DocType needs when it is made over REST, and who may make it."""
	rows = [row for doctype in get_doctypes() if (row := get_making_row(frappe.get_doc("DocType", doctype)))]
	head = "## Making records\n\nFields that have a default may be left out; the fields of rows are in the DocTypes."
	table = "| DocType | needs | made by |\n|---|---|---|\n" + "\n".join(rows)
	return f"{head}\n\n{table}"


def get_making_row(doctype: Document) -> str:
	makers = get_roles(doctype, "create")
	if not makers:
		return ""
	needed = [field for field in doctype.fields if field.reqd and not field.default]
	fields = ", ".join(f"`{field.fieldname}`{get_target(field)}" for field in needed)
	return f"| {doctype.name} | {fields} | {', '.join(makers)} |"


def get_target(field: Document) -> str:
	"""Return what a link links to (the list of a code), or what a table's rows are, in brackets."""
	if field.options == "Case Code" and field.link_filters:
		lists = [
			value for _doctype, name, _is, value in json.loads(field.link_filters) if name == "code_list"
		]
		return f" (a code of {lists[0]})"
	return f" ({field.options})" if field.fieldtype in ("Link", *frappe.model.table_fields) else ""


def get_roles(doctype: Document, right: str) -> list[str]:
	"""Return the roles that have a right by the rows the app ships; an administrator may have changed them."""
	rows = [row for row in doctype.permissions if row.get(right) and not row.permlevel]
	return [row.role for row in rows]


def get_heading(doctype: str) -> str:
	writers = ", ".join(get_roles(frappe.get_doc("DocType", doctype), "write"))
	return f"## {doctype}\n\nWritten by: {writers}."


def describe(action: Action) -> str:
	"""Return an action's section of the page."""
	call = f"### `{action.name}({', '.join(map(get_signature, action.arguments.values()))})`"
	parts = [call, action.summary, "\n".join(get_lines(action))]
	return "\n\n".join(part for part in parts if part)


def get_signature(parameter: inspect.Parameter) -> str:
	given = parameter.default
	return parameter.name if given in (None, inspect.Parameter.empty) else f'{parameter.name}="{given}"'


def get_lines(action: Action) -> Iterator[str]:
	for name, parameter in action.arguments.items():
		yield f"* `{name}` ({get_kind(parameter)}): {action.params.get(name, '')}"
	if action.answer:
		yield f"* **Answers** {action.answer}"
	if value := action.raises.get("frappe.ValidationError"):
		yield f"* **Refused** (417): {value}"
	if permission := action.raises.get("frappe.PermissionError"):
		yield f"* **Not permitted** (403): {permission}"
	if "GET" in action.methods:
		yield "* Reading: answers to GET as well."


def get_kind(parameter: inspect.Parameter) -> str:
	"""Return what an argument takes, in words; a day or a time may be given as text."""
	annotation = parameter.annotation
	kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
	named = [word for kind, word in KINDS.items() if kind in kinds]
	return " or ".join(named[1:] if named[1:] and named[1] in DATES else named)
