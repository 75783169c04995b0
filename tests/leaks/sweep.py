"""Every function asked about a hidden record and about its twin: arguments from the names of parameters."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from people import Ask
from sweep_lists import CALLED, KINDS, SKIPPED
from sweep_names import (
	CALLS,
	CONTROL,
	DOCTYPE,
	DOCUMENT,
	FIELD,
	FILTERS,
	NAME,
	NAMES,
	PLAIN,
	TEXT,
	USER,
)
from world import Target


@dataclass(frozen=True)
class Question:
	"""A function, about a record, in one style of arguments.

	:param style: name (by its name), text (by a word of it), documents or printed (as documents), a function to call,
	        or action or method (of the record, or of a document of Frappe)
	"""

	path: str
	target: Target
	style: str
	ask: Ask
	twin: Ask

	@property
	def tells_apart(self) -> bool:
		return self.ask != self.twin

	def __str__(self) -> str:
		return f"{self.path} [{self.target.doctype}, {self.style}]"


def get_questions(
	made: dict[str, list[dict]], target: Target, traces: dict[str, Target]
) -> Iterator[Question]:
	"""Yield the questions about a record; where a function's parameters say no DocType, about a trace, too."""
	for function in made["functions"] + get_also_known(made):
		if SKIPPED.search(function["path"]):
			continue
		found = {
			str(question.ask): question
			for about in (target, get_trace(function, traces))
			for question in (get_of_function(function, about) if about else ())
		}
		yield from found.values()


def get_also_known(made: dict[str, list[dict]]) -> list[dict]:
	"""Return the functions that the app guards by their other names."""
	known = {function["path"]: function for function in made["functions"]}
	aliases = [row for row in made["aliases"] if row["of"] in known]
	return [{**known[row["of"]], "path": row["path"]} for row in aliases]


def get_trace(function: dict, traces: dict[str, Target]) -> Target | None:
	"""Return the trace a function is about whose parameters do not name a DocType."""
	if DOCTYPE & {row["name"] for row in function["parameters"]}:
		return None
	return next(
		(traces[kind] for part, kind in KINDS.items() if part in function["path"] and kind in traces), None
	)


def get_of_function(function: dict, target: Target) -> Iterator[Question]:
	method = "GET" if "GET" in function["methods"] else function["methods"][0]
	for style in get_styles(function):
		values = (get_values(function, about, style) for about in (target, target.twin))
		asks = [Ask(method, f"/api/method/{function['path']}", encode(given)) for given in values]
		yield Question(function["path"], target, style, *asks)


def get_of_actions(made: dict[str, list[dict]], records: tuple[Target, ...]) -> Iterator[Question]:
	"""Yield the calls of methods of a client's records: by the record's name, or with a document that is sent."""
	known = {record.doctype: record for record in records}
	for row in made["actions"]:
		if target := known.get(row["doctype"]):
			yield make_action(row["method"], target, in_turn=bool(len(row["method"]) % 2))


def make_action(method: str, target: Target, in_turn: bool) -> Question:
	asks = []
	for about in (target, target.twin):
		sent = {"dt": about.doctype, "dn": about.name}
		if in_turn:
			sent = {"docs": {"doctype": about.doctype, "name": about.name, "modified": "2000-01-01"}}
		asks.append(Ask("POST", "/api/method/run_doc_method", encode({**sent, "method": method})))
	return Question(f"run_doc_method {method}", target, "action", *asks)


def get_of_methods(made: dict[str, list[dict]], target: Target) -> Iterator[Question]:
	"""Yield the calls of methods of Frappe's documents, that name the record in any field that may."""
	for row in made["methods"]:
		path = f"{row['doctype']}.{row['method']}"
		if SKIPPED.search(path):
			continue
		asks = []
		for about in (target, target.twin):
			docs = {"doctype": row["doctype"], "name": row["doctype"], **get_fields(row["fields"], about)}
			args = {given["name"]: about.name for given in row["parameters"]}
			values = encode({"docs": docs, "method": row["method"], "args": args})
			asks.append(Ask("GET", "/api/method/run_doc_method", values))
		yield Question(f"run_doc_method {path}", target, "method", *asks)


def get_fields(fields: list[dict], target: Target) -> dict[str, Any]:
	"""Return values for fields by which a document may name another, or a template that reads one."""
	values = {}
	for field in fields:
		name = field["fieldname"]
		if field["fieldtype"] == "Link" and field["options"] == "DocType":
			values[name] = target.doctype
		elif field["fieldtype"] == "Dynamic Link" or "document" in name or "docname" in name:
			values[name] = target.name
		elif field["fieldtype"] == "Link" and field["options"] == "User":
			values[name] = f"{CONTROL}@leaks.example.org"
		elif field["fieldtype"] in ("Code", "JSON"):
			values[name] = f"{{{{ doc.{target.field} }}}}"
	return values


def get_styles(function: dict) -> list[str]:
	names = {row["name"] for row in function["parameters"]}
	styles = ["name"]
	if names & (FILTERS | TEXT):
		styles.append("text")
	if names & DOCUMENT:
		styles.append("documents")
	if {"doc", "name"} <= names:
		styles.append("printed")
	return styles + (list(CALLED) if names & CALLS else [])


def get_values(function: dict, target: Target, style: str) -> dict[str, Any]:
	"""Return a value for each parameter; a function that reads the request itself is given all that may be read."""
	values = get_usual(target, style) if function["any"] else {}
	for row in function["parameters"]:
		value = get_value(row["name"], target, style, row["required"])
		if value is not None:
			values[row["name"]] = value
	if style in CALLED:
		values |= get_for_called(style, target)
	return values


def get_value(name: str, target: Target, style: str, required: bool) -> Any:
	if name in ("self", "ignore_permissions", "debug", "as_dict", "parent_doctype"):
		return None
	for names, value in get_table(target, style):
		if name in names:
			return value
	if name in CALLS:
		return style if style in CALLED else None
	if name in DOCUMENT:
		return get_document(name, target, style, required)
	return PLAIN.get(name, "1" if required else None)


def get_table(target: Target, style: str) -> list[tuple[set[str], Any]]:
	by_text = style == "text"
	filters = {target.field: ["like", f"{get_word(target)}%"]} if by_text else {"name": target.name}
	return [
		(DOCTYPE, target.doctype),
		(NAME, target.name),
		(NAMES, [target.name]),
		(FIELD, target.field),
		(FILTERS, filters),
		(TEXT, get_word(target) if by_text else target.name),
		({"fields"}, ["name", target.field]),
		({"filter_fields"}, [target.field]),
		({"stats"}, ["owner", target.field]),
		({"file_url"}, target.file_url),
		({"tag", "tags"}, target.marker),
		(USER, f"{CONTROL}@leaks.example.org"),
	]


def get_word(target: Target) -> str:
	"""Return the beginning of a text of the record: what follows in an answer was not in the question."""
	return target.marker[:7]


def get_document(name: str, target: Target, style: str, required: bool) -> Any:
	document = {"doctype": target.doctype, "name": target.name, "docname": target.name}
	if style == "printed" and name == "doc":
		return target.doctype
	if style == "documents":
		return [document] if name in ("docs", "data") else {**document, "assign_to": [target.name]}
	return document if required else None


def get_usual(target: Target, style: str) -> dict[str, Any]:
	"""Return what functions read from the request that name no parameters for it."""
	table = get_table(target, style)
	keys = (
		"doctype",
		"dt",
		"dn",
		"docname",
		"name",
		"fields",
		"filters",
		"stats",
		"file_url",
		"label",
		"parent",
	)
	usual = {key: next(value for names, value in table if key in names) for key in keys}
	more = {
		"view": "List",
		"file_format_type": "CSV",
		"title": "x",
		"items": [target.name],
		"is_root": "true",
	}
	return {**usual, **more, "fid": target.name, "assign_to": [target.name], "page_length": 20, "start": 0}


def get_for_called(function: str, target: Target) -> dict[str, Any]:
	"""Return the arguments by which functions that call others hand on a DocType and a record."""
	handed = {"frappe.desk.listview.get_group_by_count": {"name": target.name}}
	handed["frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"] = target.field
	handed["frappe.desk.search.search_link"] = get_word(target)
	handed["frappe.client.get_count"] = {"name": target.name}
	value = handed.get(function, target.name)
	extra = {"states": [], "field": "assigned_to", "prev": 0, "ignore_user_permissions": 1}
	further = {"frappe.desk.listview.get_group_by_count": "assigned_to", "frappe.desk.form.utils.get_next": 0}
	args = further.get(function, [])
	mapped = {
		"source_name": target.doctype,
		"source_names": [target.doctype],
		"target_doc": value,
		"args": args,
	}
	return {**mapped, "parent": value, **extra}


def encode(values: dict[str, Any]) -> dict[str, str]:
	return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
