"""Fields that no caller sets: whatever is sent and by which way, what is stored stays as it was, or a refusal says why.

Made from the DocTypes' fields, so that a new one is covered at once; `writing_base` needs a record of each.
"""

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.client import bulk_update, save, set_value
from frappe.model import optional_fields
from frappe.model.document import Document

from case_management.permissions import CLIENT_RECORDS
from case_management.tests.writing_base import WritingTestCase, get_hidden, get_refusal, get_user

# Whoever may write most: she leads the program, and is on the team besides.
WRITER = "lead"
# Left to the rules of the status, which refuse.
STATES = ("status", "workflow_state")
# What every save changes.
PASSING = ("modified", "modified_by")
NO_VALUE = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading")


class TestFieldsThatNoCallerSets(WritingTestCase):
	def test_there_is_a_record_of_every_kind(self) -> None:
		self.assertEqual(set(self.own), set(CLIENT_RECORDS))

	def test_a_value_sent_for_a_field_that_only_the_app_sets_changes_nothing(self) -> None:
		"""All of them at once, by a way that everybody has, and by one more; a plain save by the writer is done."""
		ways = itertools.cycle((self.save_copy, self.send_bulk))
		for doctype in self.get_written():
			expected, refused = self.try_to(
				self.set_fields, doctype, {"modified": self.own[doctype].modified}
			)
			crafted = dict(get_ignored(self.own[doctype]))
			for way in (self.set_fields, next(ways)):
				with self.subTest(doctype, way=way.__name__):
					self.assertIsNone(refused)
					stored, refusal = self.try_to(way, doctype, crafted)
					# Frappe 15 takes `flags` out of what is sent, Frappe 16 does so by some ways only.
					if not refusal or "flags" not in refusal[1]:
						self.assertEqual((stored, refusal), (expected, None))

	def test_a_state_and_a_link_to_what_is_hidden_are_refused(self) -> None:
		for doctype in self.get_written():
			for field, value in get_refused(self.own[doctype]):
				with self.subTest(doctype, field=field):
					stored, refused = self.try_to(self.set_fields, doctype, {field: value})
					self.assertIsNotNone(refused, "was done")
					self.assertEqual(stored, get_stored(doctype, self.own[doctype].name))

	def test_what_the_app_alone_writes_is_saved_by_nobody(self) -> None:
		for doctype in set(CLIENT_RECORDS) - set(self.get_written()):
			for user in (get_user(WRITER), "Administrator"):
				with self.subTest(doctype, user=user):
					self.assertIsNotNone(self.try_to(self.set_fields, doctype, {"client": "CL-1"}, user)[1])

	def try_to(
		self, way: Callable[[str, dict], object], doctype: str, values: dict, user: str = ""
	) -> tuple[dict, tuple | None]:
		"""Send values as the writer, and undo it; return what was stored then, and what was said if it was refused."""
		frappe.db.savepoint("act")
		with self.as_user(user or get_user(WRITER)):
			refused = get_refusal(lambda: way(doctype, values))
		stored = get_stored(doctype, self.own[doctype].name)
		frappe.db.rollback(save_point="act")
		return stored, refused

	def set_fields(self, doctype: str, values: dict) -> None:
		set_value(doctype, self.own[doctype].name, values)

	def save_copy(self, doctype: str, values: dict) -> None:
		save({**frappe.get_doc(doctype, self.own[doctype].name).as_dict(), **values, "doctype": doctype})

	def send_bulk(self, doctype: str, values: dict) -> None:
		"""Frappe says which failed, and why."""
		sent = {**values, "doctype": doctype, "docname": self.own[doctype].name}
		failed = bulk_update(json.dumps([sent], default=str))["failed_docs"]
		self.assertEqual(failed, [])

	def get_written(self) -> list[str]:
		"""Return the DocTypes of which somebody saves a record, but for those that the app alone writes."""
		with self.as_user(get_user(WRITER)):
			written = [doctype for doctype in self.own if frappe.has_permission(doctype, "write")]
		return [doctype for doctype in written if doctype != "Emergency Access"]


def get_ignored(doc: Document) -> Iterator[tuple[str, Any]]:
	"""Yield what is put back without a word: fields that only the app sets, and columns of Frappe's own."""
	for field in get_read_only(doc):
		if field.fieldname not in STATES and field.options not in CLIENT_RECORDS:
			yield field.fieldname, get_other(doc, field)
	yield from {
		"owner": get_user("other"),
		"creation": "2001-01-01 00:00:00",
		"idx": 77,
		"__unsaved": 1,
	}.items()
	yield from ((field, json.dumps([get_user("other")])) for field in optional_fields)
	yield from {
		"parent": get_hidden("Client Case"),
		"parenttype": "Client Case",
		"parentfield": "team",
	}.items()
	yield from {"amended_from": get_hidden(doc.doctype), "doctype": "ToDo", "nothing": "of ours"}.items()
	yield from {"flags": {"by_rule": True}, "_doc_before_save": None, "__onload": {"a": "b"}}.items()


def get_refused(doc: Document) -> Iterator[tuple[str, Any]]:
	"""Yield what is refused: another state, a record that is hidden, another name, the names of methods."""
	for field in get_read_only(doc):
		if field.fieldname in STATES or field.options in CLIENT_RECORDS:
			yield field.fieldname, get_other(doc, field)
	yield from {"docstatus": 1, "name": get_hidden(doc.doctype), "__islocal": 1}.items()
	yield from {"WRITTEN_AFTER_CLOSURE": 1, "NEXT_STATUS": {}, "validate": "", "save": None}.items()


def get_read_only(doc: Document) -> list[Document]:
	fields = doc.meta.get("fields", {"read_only": 1})
	return [field for field in fields if field.fieldtype not in NO_VALUE and not field.is_virtual]


def get_other(doc: Document, field: Document) -> Any:
	"""Return a value that a field could hold and does not."""
	stored = doc.get(field.fieldname)
	if field.fieldname in STATES and (following := getattr(doc, "NEXT_STATUS", {}).get(doc.status)):
		return following[0]
	if field.fieldtype == "Select":
		return next((one for one in field.options.split("\n") if one and one != stored), None)
	if field.fieldtype == "Link":
		return get_linked(field)
	if field.fieldtype in frappe.model.table_fields:
		return [{"user": get_user("other"), "from_date": "2001-01-01", "team_role": "Co-worker"}]
	if field.fieldtype in ("Date", "Datetime"):
		return "2001-01-01" if field.fieldtype == "Date" else "2001-01-01 10:00:00"
	if field.fieldtype in ("Check", "Int", "Float", "Percent"):
		return 0 if stored else 1
	return "crafted"


def get_linked(field: Document) -> str | None:
	"""Return a record that a link takes: hidden, if it is a client record; a code of the field's list."""
	if field.options in CLIENT_RECORDS:
		return get_hidden(field.options)
	if field.options == "User":
		return get_user("other")
	filters = [one[:4] for one in json.loads(field.link_filters or "[]")]
	return next(iter(frappe.get_all(field.options, filters, pluck="name", order_by="name", limit=1)), None)


def get_stored(doctype: str, name: str) -> dict:
	"""Return a record as the database has it, with the rows of its tables, but for what every save changes."""
	tables = {field.options: {"parent": name} for field in frappe.get_meta(doctype).get_table_fields()}
	rows = {table: frappe.get_all(table, filters, "*", order_by="name") for table, filters in tables.items()}
	rows[doctype] = frappe.get_all(doctype, {"name": name}, "*")
	for row in [row for found in rows.values() for row in found]:
		for column in PASSING:
			row.pop(column)
	return rows
