"""The shapes in which a request can name a record: what a person can write wherever an argument stands.

A shape is a function of the subject, and of chance where it has a choice: which field, which row, which link.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from world import LINKED, SEEN, Subject, get_wide

Shape = Callable[[Subject, Random], Any]
# What a text filled in may make a template of.
BLANKS = " " * 150


def get_prefix(subject: Subject, chance: Random) -> str:
	"""Return the beginning of a canary: what follows in an answer was not in the question."""
	return subject.pick(chance)[1][:7]


def get_stub(subject: Subject, **values: Any) -> dict[str, Any]:
	return {"doctype": subject.doctype, "name": subject.name, **values}


def get_like(subject: Subject, chance: Random) -> dict[str, Any]:
	field, canary = subject.pick(chance)
	return {field: ["like", f"{canary[:7]}%"]}


def get_filter_list(subject: Subject, chance: Random) -> list:
	return [[subject.doctype, field, *rule] for field, rule in get_like(subject, chance).items()]


def get_row_filter(subject: Subject, chance: Random) -> Any:
	"""Return a filter by a word of a row of the record."""
	rows = [row for row in subject.rows if row.fields]
	return get_filter_list(chance.choice(rows), chance) if rows else get_like(subject, chance)


def get_linked(subject: Subject, chance: Random) -> tuple[str, str, str, str]:
	"""Return a link of the record that is seen, what it links to, and a field and canary of that."""
	if not subject.linked:
		return ("owner", "User", *subject.pick(chance))
	link, linked = chance.choice(subject.linked)
	return link, linked.doctype, *linked.pick(chance)


def get_dotted(subject: Subject, chance: Random) -> dict[str, Any]:
	link, _doctype, field, canary = get_linked(subject, chance)
	return {f"{link}.{field}": ["like", f"{canary[:7]}%"]}


def get_escaped(subject: Subject, chance: Random) -> str:
	"""Return a filter by a field of what is linked, whose dot only shows when the JSON is read."""
	return json.dumps(get_dotted(subject, chance)).replace(".", r"\u002e", 1)


def get_escaped_list(subject: Subject, chance: Random) -> str:
	rows = [[subject.doctype, key, *rule] for key, rule in get_dotted(subject, chance).items()]
	return json.dumps(rows).replace(".", r"\u002e", 1)


def get_joined(subject: Subject, chance: Random) -> list:
	_link, doctype, field, canary = get_linked(subject, chance)
	return [[doctype, field, "like", f"{canary[:7]}%"]]


def get_dotted_fields(subject: Subject, chance: Random) -> list:
	link, doctype, field, _canary = get_linked(subject, chance)
	shapes = [f"{link}.{field}", f"{link}.{field} as x", {link: [field]}, f"`tab{doctype}`.`{field}`"]
	return ["name", chance.choice(shapes)]


def get_counted_fields(subject: Subject, chance: Random) -> list:
	field, _canary = subject.pick(chance)
	shapes = [
		f"max({field})",
		f"group_concat({field})",
		f"count(if({field} like '{_canary[:7]}%', 1, null))",
		{"MAX": field},
		f"(select max({field}) from `tab{subject.doctype}`)",
	]
	return [chance.choice(shapes)]


def get_row_fields(subject: Subject, chance: Random) -> list:
	rows = [row for row in subject.rows if row.fields]
	row = chance.choice(rows) if rows else subject
	field, _canary = row.pick(chance)
	above = row.above.get("parentfield", "x")
	return ["name", chance.choice([f"`tab{row.doctype}`.`{field}`", f"{above}.{field}", {above: [field]}])]


def get_order(subject: Subject, chance: Random) -> str:
	field, canary = subject.pick(chance)
	return f"if({field} like '{canary[:7]}%', 1, 2), `tab{subject.doctype}`.`{field}`"


def put_number(document: Any, number: str, of: tuple[str, ...] = (SEEN, LINKED)) -> Any:
	"""Return a document of the client who is seen as one of another: all names in it differ by a number."""
	text = json.dumps(document)
	for other in of:
		text = text.replace(other, number)
	return json.loads(text)


def get_copy(subject: Subject, chance: Random) -> dict[str, Any]:
	"""Return the whole record as somebody may put it together who knows its name."""
	return put_number(subject.seen, subject.number) if subject.seen else get_stub(subject, **subject.above)


def get_new_copy(subject: Subject, chance: Random) -> dict[str, Any]:
	return {**get_copy(subject, chance), "__islocal": 1}


def get_nameless(subject: Subject, chance: Random) -> dict[str, Any]:
	return {key: value for key, value in get_copy(subject, chance).items() if key != "name"}


def get_own(subject: Subject, chance: Random, number: str = "") -> dict[str, Any]:
	"""Return the record of the client who is seen, or what the person could make."""
	return subject.seen or {"doctype": "ToDo", "description": "x"}


def get_with_links(subject: Subject, chance: Random) -> dict[str, Any]:
	"""Return the record that is seen, with one of its links, or all, to what is hidden."""
	own = dict(get_own(subject, chance))
	links = [link for link in subject.links if own.get(link)]
	for link in links if chance.random() < 0.3 else [chance.choice(links)] if links else []:
		own[link] = put_number(own[link], subject.number)
	return own


def get_with_rows(subject: Subject, chance: Random) -> dict[str, Any]:
	"""Return the record that is seen, whose rows name what is hidden, as rows of theirs or by a link in them."""
	own = dict(get_own(subject, chance))
	takes_rows = chance.random() < 0.5
	for row in subject.rows:
		field = row.above["parentfield"]
		keep = () if takes_rows else ("name", "parent")
		own[field] = [
			{**put_number(line, subject.number), **{key: line.get(key) for key in keep}}
			for line in own.get(field) or []
		]
	return own


def get_new(shape: Shape) -> Shape:
	return lambda subject, chance: {**shape(subject, chance), "__islocal": 1}


def get_row(subject: Subject, chance: Random) -> dict[str, Any]:
	"""Return a row of the hidden record for itself, or one to be put into it."""
	rows = [subject] if subject.kind == "row" else subject.rows
	if not rows:
		return get_stub(subject)
	row = chance.choice(rows)
	stub = {"doctype": row.doctype, **row.above}
	return stub | chance.choice([{"name": row.name}, {"__islocal": 1}, {"name": row.name, "__islocal": 1}])


POINTING = {
	"ToDo": {"description": "x", "reference_type": 0, "reference_name": 1},
	"Comment": {"comment_type": "Info", "content": "x", "reference_doctype": 0, "reference_name": 1},
	"File": {"file_name": "x.txt", "content": "x", "attached_to_doctype": 0, "attached_to_name": 1},
	"Communication": {"subject": "x", "content": "x", "reference_doctype": 0, "reference_name": 1},
	"Tag Link": {"tag": "x", "document_type": 0, "document_name": 1},
	"Document Follow": {"ref_doctype": 0, "ref_docname": 1, "user": "permitted@leaks.example.org"},
	"DocShare": {"share_doctype": 0, "share_name": 1, "user": "permitted@leaks.example.org", "read": True},
	"Notification Log": {"subject": "x", "document_type": 0, "document_name": 1},
	"Auto Repeat": {
		"reference_doctype": 0,
		"reference_document": 1,
		"frequency": "Daily",
		"start_date": "2099-01-01",
	},
	"Reminder": {"description": "x", "reminder_doctype": 0, "reminder_docname": 1, "remind_at": "2099-01-01"},
	"Event": {"subject": "x", "starts_on": "2099-01-01", "reference_doctype": 0, "reference_docname": 1},
	"Contact": {"first_name": "x", "links": [{"link_doctype": 0, "link_name": 1}]},
	"Number Card": {
		"label": "x",
		"type": "Document Type",
		"function": "Count",
		"document_type": 0,
		"filters_json": 2,
	},
	"Dashboard Chart": {
		"chart_name": "x",
		"chart_type": "Count",
		"type": "Heatmap",
		"based_on": "creation",
		"document_type": 0,
		"filters_json": 2,
	},
}


def get_pointing(subject: Subject, chance: Random) -> dict[str, Any]:
	"""Return a new document of a DocType whose records point at any other."""
	kind = chance.choice(sorted(POINTING))
	given = (subject.doctype, subject.name, json.dumps(get_filter_list(subject, chance)))
	return {"doctype": kind, **put_in(POINTING[kind], given)}


def put_in(value: Any, given: tuple) -> Any:
	"""Return a document with DocType, name and filters where their places are marked."""
	if isinstance(value, dict):
		return {key: put_in(one, given) for key, one in value.items()}
	if isinstance(value, list):
		return [put_in(one, given) for one in value]
	return given[value] if isinstance(value, int) and not isinstance(value, bool) else value


def get_template(subject: Subject, chance: Random) -> str:
	field, _canary = subject.pick(chance)
	return f"{{{{ doc.{field} }}}} {{{{ frappe.db.get_value({subject.doctype!r}, {subject.name!r}, {field!r}) }}}}"


NAMES: dict[str, Shape] = {
	"name": lambda s, c: s.name,
	"name in small letters": lambda s, c: s.name.lower(),
	"name with blanks": lambda s, c: s.name + c.choice([" ", BLANKS, "\t", "\u00a0"]),
	"name in full width": lambda s, c: get_wide(s.name),
	"name with an accent": lambda s, c: s.name.replace("C", "Ç", 1).replace("E", "É", 1),
	"name as a number": lambda s, c: int(s.number),
}
TEXTS: dict[str, Shape] = {
	"word": lambda s, c: s.pick(c)[1],
	"beginning of a word": get_prefix,
	"beginning and %": lambda s, c: f"{get_prefix(s, c)}%",
	"field": lambda s, c: s.pick(c)[0],
	"DocType": lambda s, c: s.doctype,
	"DocType in small letters": lambda s, c: s.doctype.lower(),
	"DocType in full width": lambda s, c: get_wide(s.doctype),
	"DocType and name": lambda s, c: f"{s.doctype}/{s.name}",
	"address of a file": lambda s, c: f"/private/files/{s.pick(c)[1]}.txt",
	"template": get_template,
	"order": get_order,
}
LISTS: dict[str, Shape] = {
	"list": lambda s, c: [s.name],
	"list in a list": lambda s, c: [[s.doctype, s.name]],
	"JSON in JSON": lambda s, c: json.dumps(json.dumps([s.name])),
	"names by DocType": lambda s, c: {s.doctype: [s.name]},
	"list of stubs": lambda s, c: [get_stub(s)],
	"fields": lambda s, c: ["name", "*", s.pick(c)[0]],
	"fields of a link": get_dotted_fields,
	"fields of rows": get_row_fields,
	"fields by a function": get_counted_fields,
}
FILTERS: dict[str, Shape] = {
	"filters by name": lambda s, c: {"name": s.name},
	"filters by names": lambda s, c: {"name": ["in", [s.name]]},
	"filters by a word": get_like,
	"filters by a word, list": get_filter_list,
	"filters by a row": get_row_filter,
	"filters by a link": get_dotted,
	"filters by a link, joined": get_joined,
	"filters by a link, escaped": get_escaped,
	"filters by a link, list, escaped": get_escaped_list,
	"filters by names of a query": lambda s, c: [["name", "in", f"(select name from `tab{s.doctype}`)"]],
}
DOCUMENTS: dict[str, Shape] = {
	"stub": lambda s, c: get_stub(s),
	"stub, new": lambda s, c: get_stub(s, __islocal=1),
	"stub, not saved": lambda s, c: get_stub(s, __unsaved=1, modified="2000-01-01"),
	"stub by docname": lambda s, c: {"doctype": s.doctype, "docname": s.name, "dt": s.doctype, "dn": s.name},
	"stub named by filters": lambda s, c: {"doctype": s.doctype, "name": get_like(s, c)},
	"stub, DocType in small letters": lambda s, c: {"doctype": s.doctype.lower(), "name": s.name},
	"copy": get_copy,
	"copy, new": get_new_copy,
	"copy, without name": get_nameless,
	"one's own, with links": get_with_links,
	"one's own, with links, new": get_new(get_with_links),
	"one's own, with rows": get_with_rows,
	"one's own, with rows, new": get_new(get_with_rows),
	"row": get_row,
	"what points at it": get_pointing,
	"stub in JSON in a list": lambda s, c: [json.dumps(get_stub(s))],
}
# Of these nobody can tell which record is meant.
NAMELESS = {
	"field",
	"DocType",
	"DocType in small letters",
	"DocType in full width",
	"order",
	"fields",
	"fields of rows",
}
SHAPES = {**NAMES, **TEXTS, **LISTS, **FILTERS, **DOCUMENTS}
GROUPS = {"names": NAMES, "texts": TEXTS, "lists": LISTS, "filters": FILTERS, "documents": DOCUMENTS}


def get_group(shape: str) -> str:
	"""Return of what kind a shape is."""
	return next(group for group, shapes in GROUPS.items() if shape in shapes)
