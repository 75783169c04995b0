"""What a question changed on the site: hidden records, what points at them, and where their words turn up.

Whoever asks may see none of it and so write none of it, and no row or file that is made meanwhile holds a word of theirs.
Runs in the process that answers (`tests/leaks/asked.py`), before it undoes what was written.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe

from case_management.permissions import CLIENT_RECORDS
from case_management.tests.leak_traces import get_trace_fields

CANARY = re.compile(r"zq[g-z]{10}")
# Rows of those who are hidden, of whose number is the one seen.
CODE = re.compile(r"^(?:[A-Z]+-(?:20\d\d-)?0*981(?:01|03|05|07)|981(?:01|03|05|07)[0-9a-f]{5})$")
SEEN = re.compile(r"^(?:[A-Z]+-(?:20\d\d-)?0*98109|98109[0-9a-f]{5})$")
# What is written of every request or look, whatever it was, for people who see to the site.
LOGS = ("Client Access Log", "Access Log", "Error Log", "Activity Log", "Route History", "Scheduled Job Log")
# How long a record is kept follows from others, whoever writes those.
BY_RULE = ("retain_until",)
NOT_WATCHED = ("tabSessions", "tabSingles", "tabDefaultValue", "__Auth")
KEPT: dict[str, Any] = {}


def begin() -> None:
	"""Note the rows about hidden records and all files there are."""
	# Frappe 15 names tables of other databases of the server, too.
	own = {next(iter(row.values())) for row in frappe.db.sql("show tables", as_dict=True)}
	tables = [table for table in own if table not in NOT_WATCHED]
	rows = {table: {key: get_print(row) for key, row in read(table) if is_watched(row)} for table in tables}
	KEPT.update(rows=rows, files=get_files())


def get_changes(written: list[list[str]]) -> list[dict]:
	"""Return what statements have changed that were run since `begin`: `what`, `table`, `name`, and the words that it tells.

	:param written: of each statement whether it inserts, updates or deletes, the table, and its text
	"""
	watched = [row for row in written if row[1] in KEPT["rows"]]
	found = [change for kind, table, text in watched for change in tell_of_words(kind, table, text)]
	compared = {
		table for kind, table, _text in watched if kind != "insert" or table.removeprefix("tab") not in LOGS
	}
	return found + [change for table in sorted(compared) for change in compare(table)]


def tell_of_words(kind: str, table: str, text: str) -> Iterator[dict]:
	words = sorted(set(CANARY.findall(text)))
	if words and kind != "delete":
		yield {
			"what": f"{kind}: holds a word of what is hidden",
			"table": table,
			"name": text[:400],
			"words": words,
		}


def get_made(files: list[str]) -> list[dict]:
	"""Return which of the files that were written are new and hold a word; they are taken away again."""
	made = [file for file in files if file not in KEPT["files"] and Path(file).is_file()]
	found = [change for file in made for change in look_into(file)]
	for file in made:
		Path(file).unlink()
	return found


def read(table: str) -> Iterator[tuple[str, dict]]:
	"""Yield the rows of a table by their names; by what they hold if they have none."""
	for row in frappe.db.sql(f"select * from `{table}`", as_dict=True):
		yield str(row.get("name") or hashlib.sha256(get_text(row).encode()).hexdigest()), row


def compare(table: str) -> Iterator[dict]:
	"""Yield how the rows of a table differ from what was noted."""
	known = KEPT["rows"][table]
	now = dict(read(table))
	for key in set(known) - set(now):
		yield {"what": "is gone", "table": table, "name": key, "words": []}
	for key, row in now.items():
		if key in known:
			told = get_print(row)
			if columns := [column for column, value in told.items() if known[key].get(column) != value]:
				yield {"what": f"is changed ({', '.join(columns)})", "table": table, "name": key, "words": []}
		elif is_watched(row):
			yield from tell_of_new(table, key, row)


def tell_of_new(table: str, key: str, row: dict) -> Iterator[dict]:
	words = sorted(set(CANARY.findall(get_text(row))))
	points = any(CODE.match(str(row.get(column))) for column in get_links(table))
	if words or points:
		what = "points at what is hidden" if points else "holds a word of what is hidden"
		yield {"what": what, "table": table, "name": key, "words": words, "row": get_text(row)[:400]}


def get_links(table: str) -> list[str]:
	"""Return the columns by which a row points at a client's record; none of a log."""
	if not table.startswith("tab") or table[3:] in LOGS:
		return []
	fields = frappe.get_meta(table[3:]).get("fields", {"fieldtype": ("in", ("Link", "Dynamic Link"))})
	# A tag is what somebody has typed, be it a code.
	fields = [field for field in fields if field.fieldtype != "Link" or field.options in CLIENT_RECORDS]
	return [*(field.fieldname for field in fields), get_trace_fields().get(table[3:], ("", "parent"))[1]]


def is_watched(row: dict) -> bool:
	"""Tell whether a row is about hidden records, or one of the record that is seen: neither goes away."""
	values = [str(value) for value in row.values() if isinstance(value, str)]
	return any(CODE.match(value) or CANARY.search(value) for value in values) or bool(
		SEEN.match(str(row.get("name")))
	)


def get_print(row: dict) -> dict[str, str]:
	"""Return what of a row must not change: of the record that is seen only that it is not cancelled."""
	if SEEN.match(str(row.get("name"))):
		return {"docstatus": str(row.get("docstatus") == 2)}
	return {column: str(value) for column, value in row.items() if column not in BY_RULE}


def get_text(row: dict) -> str:
	return " ".join(map(str, row.values()))


def get_files() -> set[str]:
	folders = (Path(frappe.get_site_path(kind)) for kind in ("private", "public"))
	return {str(path.resolve()) for folder in folders for path in folder.rglob("*") if path.is_file()}


def look_into(file: str) -> Iterator[dict]:
	words = CANARY.findall(Path(file).read_bytes().replace(b"\0", b"").decode(errors="replace") + file)
	if words:
		yield {"what": "is made", "table": "file", "name": file, "words": sorted(set(words))}
