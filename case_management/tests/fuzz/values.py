"""Values that nobody should send, and those that are right, for arguments, fields and filters."""

import inspect
from datetime import date, datetime
from types import UnionType
from typing import Any, get_args

import frappe
from hypothesis import strategies as st

from case_management.permissions import CLIENT_RECORDS
from case_management.tests.sequences.arguments import get_strategy

SQL = (
	"' OR 1=1 -- ",
	"x'; DROP TABLE `tabClient`; --",
	'" UNION SELECT name FROM "tabUser"',
	"%",
	"name` desc",
)
HTML = (
	"<script>alert(1)</script>",
	'<img src=x onerror="alert(1)">',
	"<svg/onload=alert(1)>",
	"javascript:alert(1)",
)
TEMPLATES = (
	"{{ 7 * 7 }}",
	"{% for x in (1).__class__.__mro__ %}",
	"${7*7}",
	"{0.__class__}",
	"%(name)s",
	"%s%s%n",
)
# What no database stores as text, what writes backwards, and letters outside the basic plane.
LETTERS = ("\x00", "a\x00b", "\ud800", "\u202eright to left", "🏳️‍🌈" * 50, "\ufeff", "A\r\nB\tC", "é" * 141)
DATES = (
	"0000-00-00",
	"0001-01-01",
	"1899-12-31",
	"9999-12-31",
	"10000-01-01",
	"2024-02-30",
	"2024-13-01 25:61:61",
)
TIMES = ("2026-01-31T09:30:00+14:00", "now", "Today", "1e3", "12:00", "99:99:99", "2026-W05-6")
NUMBERS = (0, -1, 10**9, 2**31, 2**63, 10**400, -(10**30), 0.1, float("nan"), float("inf"), True, False)
PATHS = (
	"../../etc/passwd",
	"/etc/passwd",
	"file:///etc/passwd",
	"C:\\x",
	"/private/files/../../site_config.json",
)
NAMES = ("User", "Administrator", "Guest", "DocType", "tabClient", "Client", "__class__", "flags", "CL-99999")
JSON_TEXTS = (
	"[",
	"{}",
	"[]",
	"null",
	"NaN",
	"[null]",
	'[{"name": "x"}]',
	'{"like": "%"}',
	"[" * 9000,
	'"text"',
	"7",
)
OBJECTS = (
	{},
	{"": None},
	{"like": ["like", "%"]},
	{"name": {"a": [1]}},
	{"doctype": "User", "name": "Administrator"},
)
LISTS = (
	[],
	[None],
	[[]],
	[[[[[[1]]]]]],
	["a"] * 10_000,
	[{}] * 200,
	[{"parent": "x", "doctype": "User"}],
	[1, 2.5],
)
LONG = ("x" * 141, "x" * 70_000, "<b>" * 30_000)

ODD = (
	*SQL,
	*HTML,
	*TEMPLATES,
	*LETTERS,
	*DATES,
	*TIMES,
	*NUMBERS,
	*PATHS,
	*NAMES,
	*JSON_TEXTS,
	*OBJECTS,
	*LISTS,
	*LONG,
)
UNKNOWN = ("no_such", "self", "method", "doc", "flags", "cmd", "ignore_permissions", "__class__", "")
# DocTypes whose codes arguments may name, besides the client's own records.
SET_UP = ("External Agency", "Service Policy", "Support Program", "Assessment Template", "Assessment Domain")


class Values:
	"""Strategies for arguments, fields and filters, over what is stored when it is made."""

	def __init__(self, codes: list[str]) -> None:
		self.codes = codes
		self.names = [name for doctype in (*CLIENT_RECORDS, *SET_UP) for name in get_names(doctype)]
		self.odd = st.one_of(
			st.sampled_from(ODD),
			st.sampled_from(ODD),
			st.none(),
			st.text(max_size=20),
			st.integers(),
			st.floats(),
		)
		self.known = st.sampled_from([*self.names, *codes])

	def get_for(self, annotation: Any) -> st.SearchStrategy:
		"""Return right values as often as odd ones."""
		right = get_strategy(annotation, self.codes).map(as_json)
		return st.one_of(right, right, self.known, self.odd, self.odd)

	def get_arguments(self, function: Any) -> st.SearchStrategy[dict]:
		"""Return arguments for a function: some of its own, now and then one that it does not have."""
		parameters = inspect.signature(function).parameters.values()
		known = {given.name: self.get_for(given.annotation) for given in parameters if given.name != "self"}
		wrong = st.dictionaries(st.sampled_from(UNKNOWN), self.odd, min_size=1, max_size=2)
		own = st.fixed_dictionaries({}, optional=known)
		everything = st.fixed_dictionaries(known)
		return st.one_of(own, own, own, everything, st.builds(lambda a, b: {**a, **b}, own, wrong))

	def get_field(self, field: Any) -> st.SearchStrategy:
		"""Return values for a field, of its kind and of none."""
		if field.fieldtype in frappe.model.table_fields:
			return st.one_of(self.get_rows(field.options), self.odd)
		if field.fieldtype == "Select":
			return st.one_of(st.sampled_from((field.options or "").split("\n")), self.odd)
		if field.fieldtype == "Link":
			return st.one_of(st.sampled_from(get_names(field.options) or [""]), self.known, self.odd)
		kinds = {"Date": date | None, "Datetime": datetime | None, "Int": int | None, "Check": bool | None}
		return self.get_for(kinds.get(field.fieldtype, str | None))

	def get_rows(self, child: str) -> st.SearchStrategy:
		fields = {field.fieldname: self.odd for field in get_fields(child)}
		return st.lists(st.fixed_dictionaries({}, optional=dict(list(fields.items())[:6])), max_size=2)

	def get_record(self, doctype: str) -> st.SearchStrategy[dict]:
		"""Return a few fields of a record, and now and then something that is no field."""
		fields = {field.fieldname: self.get_field(field) for field in get_fields(doctype)}
		some = st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=4, unique=True)
		record = some.flatmap(lambda chosen: st.fixed_dictionaries({name: fields[name] for name in chosen}))
		wrong = st.dictionaries(st.sampled_from((*UNKNOWN, *STANDARD)), self.odd, max_size=2)
		return st.one_of(record, record, record, st.builds(lambda a, b: {**a, **b}, record, wrong))


# Fields of every record that are Frappe's own.
STANDARD = (
	"name",
	"owner",
	"creation",
	"modified",
	"docstatus",
	"idx",
	"parent",
	"parenttype",
	"__islocal",
	"workflow_state",
)


def get_fields(doctype: str) -> list:
	return [
		field
		for field in frappe.get_meta(doctype).fields
		if field.fieldtype not in frappe.model.no_value_fields or field.fieldtype in frappe.model.table_fields
	]


def get_names(doctype: str, limit: int = 4) -> list[str]:
	if frappe.get_meta(doctype).issingle:
		return [doctype]
	return frappe.get_all(doctype, order_by="creation, name", limit=limit, pluck="name")


def as_json(value: Any) -> Any:
	"""Return a value as it comes over HTTP: a date is text."""
	return str(value) if isinstance(value, date) else value


def get_kinds(annotation: Any) -> tuple:
	return get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
