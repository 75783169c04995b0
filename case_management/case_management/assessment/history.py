"""The rows of a table in a record's history: what a Version of Frappe says of them, and how it is taken out of it.

A Version's data is JSON: `added` and `removed` rows as [table, values], and `row_changed` as [table, position, name of
the row, [[field, old, new], …]].
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import frappe
from frappe.query_builder import DocType

# Row → the life domains it was ever about.
RowDomains = dict[str, set[str]]
# Tells, for a row, a field and a value, whether it is taken out.
IsSecret = Callable[[str, str, object], bool]
# What an empty field holds; any other one is text.
EMPTY = {"in_need": 0}


class Change(NamedTuple):
	"""What a version says of one field of a row."""

	row: str | None
	field: str
	old: Any
	new: Any


def get_versions(doctype: str, names: list[str], table: str) -> list[frappe._dict]:
	"""Return the versions of some records that say something of a table, the oldest first, with their data read."""
	version = DocType("Version")
	fields = (version.name, version.docname, version.data, version.owner, version.creation)
	query = frappe.qb.from_(version).select(*fields).orderby(version.creation)
	query = query.where((version.ref_doctype == doctype) & version.docname.isin(names))
	versions = query.where(version.data.like(f'%"{table}"%')).run(as_dict=True)
	for row in versions:
		row.data = json.loads(row.data)
	return versions


def get_row_domains(child: str, table: str, versions: list[frappe._dict]) -> RowDomains:
	"""Return which life domains the rows of a table are about, or were before somebody changed or removed them."""
	names = {row for version in versions for row, _of in get_domains_said(version.data, table)}
	stored = frappe.get_all(child, {"name": ("in", sorted(names))}, ["name", "domain"]) if names else ()
	found: RowDomains = {}
	for row, domain in [
		*((row.name, row.domain) for row in stored),
		*(pair for version in versions for pair in get_domains_said(version.data, table)),
	]:
		if domain:
			found.setdefault(row, set()).add(domain)
	return found


def get_domains_said(data: dict, table: str) -> Iterator[tuple[str, str | None]]:
	"""Yield each row that a version says something of, with each domain it names for it, or None."""
	for _kind, row in get_whole_rows(data, table):
		yield row["name"], row.get("domain")
	for name, changes in get_changed_rows(data, table):
		yield name, None
		for field, old, new in changes:
			yield from ((name, domain) for domain in (old, new) if field == "domain")


def get_whole_rows(data: dict, table: str) -> Iterator[tuple[str, dict]]:
	for kind in ("added", "removed"):
		yield from ((kind, row) for name, row in data.get(kind) or () if name == table and row.get("name"))


def get_changed_rows(data: dict, table: str) -> Iterator[tuple[str, list]]:
	for name, _position, row, changes in data.get("row_changed") or ():
		if name == table:
			yield row, changes


def take_out(data: dict, table: str, is_secret: IsSecret) -> list[Change]:
	"""Empty, in a version's data, what is secret of a table's rows; return what was taken out."""
	taken = []
	for kind, row in get_whole_rows(data, table):
		for field in [
			field for field, value in row.items() if value and is_secret(row["name"], field, value)
		]:
			empty, value = EMPTY.get(field, ""), row[field]
			pair = (empty, value) if kind == "added" else (value, empty)
			taken.append(Change(row["name"], field, *pair))
			row[field] = empty
	for row, changes in get_changed_rows(data, table):
		for change in changes:
			field, *values = change
			secret = [bool(value) and is_secret(row, field, value) for value in values]
			if any(secret):
				taken.append(Change(row, field, *values))
				change[1:] = [
					EMPTY.get(field, "") if hide else value
					for hide, value in zip(secret, values, strict=True)
				]
		changes[:] = [change for change in changes if change[1] != change[2]]
	data["row_changed"] = [row for row in data.get("row_changed") or () if row[0] != table or row[3]]
	return taken


def store_data(version: frappe._dict) -> None:
	frappe.db.set_value("Version", version.name, "data", write(version.data), update_modified=False)


def add_version(doctype: str, name: str, changes: list[Change], user: str, at: datetime) -> None:
	"""Add to a record's history what was changed, by whom and when."""
	data = {"changed": [[change.field, change.old, change.new] for change in changes]}
	version = frappe.new_doc("Version")
	version.update({"ref_doctype": doctype, "docname": name, "data": write(data)})
	version.update({"owner": user, "modified_by": user, "creation": at, "modified": at})
	version.db_insert()


def write(data: dict) -> str:
	return frappe.as_json(data, indent=None, separators=(",", ":"))
