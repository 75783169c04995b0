"""The rule of who sees whom goes by index: the plans the database makes for lists and single records, among many rows.

With 20,000 clients by default; `CASE_ROWS=1000000` asks the same of a million.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import frappe
from frappe.desk import reportview
from frappe.query_builder import DocType

from case_management.permissions import get_rule, is_visible, query_conditions
from case_management.setup.indexes import INDEXES, add_indexes, get_name
from case_management.tests import many_rows
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_intake_worker, make_lead, make_worker

ROWS = int(os.environ.get("CASE_ROWS") or 20_000)
OTHERS = 1_200
# Stored for every client; of the rest a database may rather read the few pages there are.
MANY = ("Client", "Client Case", "Client Intake", "Case Note", "Case Team Member")
# Tables that hold a few rows, or none of a client: programs, and to-dos of the site.
NOT_OF_CLIENTS = ("Support Program", "ToDo", "assigned")


class TestPlans(CaseTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.addClassCleanup(take_away)
		many_rows.empty()
		many_rows.fill(ROWS, OTHERS)
		frappe.db.commit()  # what the database plans by is counted outside of a transaction
		many_rows.analyze()
		frappe.db.commit()

	def assert_by_index(self, sql: str, doctype: str) -> None:
		"""Fail, with the plan, when the database means to read through a whole table of clients' data."""
		plan = explain(sql, in_full=doctype not in MANY)
		scanned = sorted(set(get_scanned(plan)))
		self.assertEqual(scanned, [], "\n".join([doctype, sql, *map(str, plan)]))

	def test_a_workers_list_of_every_client_record_goes_by_index(self) -> None:
		for doctype in many_rows.get_tables():
			with self.subTest(doctype):
				self.assert_by_index(get_list_sql(doctype, make_worker()), doctype)

	def test_what_the_list_view_sends_goes_by_index(self) -> None:
		status = {"filters": json.dumps([["Client Case", "status", "=", "Active"]])}
		words = {"or_filters": json.dumps([["Client Case", "name", "like", "%9%"]])}
		for asked in ({}, status, words, {"order_by": "`tabClient Case`.`modified` desc"}):
			with self.subTest(str(asked)), self.as_user(make_worker()):
				self.assert_sent_by_index(reportview.get, **asked)
				self.assert_sent_by_index(reportview.get_count, **asked, distinct="true")

	def assert_sent_by_index(self, function: object, **asked: str) -> None:
		fields = json.dumps(["`tabClient Case`.`name`", "`tabClient Case`.`status`"])
		form = {"doctype": "Client Case", "fields": fields, "start": "0", "page_length": "20", **asked}
		with patch.object(frappe.local, "form_dict", frappe._dict(form)), recorded() as queries:
			function()
		sent = [query for query in queries if "granted" in query]
		self.assertEqual(len(sent), 1)
		self.assert_by_index(sent[0], "Client Case")

	def test_one_record_is_looked_up_by_its_name(self) -> None:
		for doctype in many_rows.get_records():
			table, name = DocType(doctype), get_one(doctype)
			for user in (make_worker(), make_lead(), make_intake_worker()):
				query = frappe.qb.from_(table).select(table.name).where(table.name == name)
				sql = query.where(get_rule(doctype, user, single=True)).limit(1).get_sql()
				with self.subTest(doctype, user=user):
					self.assert_by_index(sql, "Client")

	def test_the_list_and_the_single_record_say_the_same(self) -> None:
		for user in (make_worker(), make_lead(), make_intake_worker()):
			for doctype in ("Client", "Client Intake", "Case Note", "Unmet Need"):
				names = get_sample(doctype, user)
				with self.subTest(doctype, user=user):
					self.assertEqual(get_listed(doctype, user, names), get_seen(doctype, user, names))

	def test_a_worker_waits_no_longer_for_it_than_for_a_page(self) -> None:
		"""A second is a hundred times what it takes: a plan gone wrong takes more among a million."""
		for user in (make_worker(), make_lead(), make_intake_worker()):
			for sql in (get_list_sql("Client", user), get_list_sql("Client Case", user)):
				started = time.monotonic()
				frappe.db.sql(sql)
				self.assertLess(time.monotonic() - started, max(1, ROWS / 200_000), sql)


class TestIndexes(CaseTestCase):
	def test_what_is_looked_up_by_standard_fields_has_an_index(self) -> None:
		for doctype, fields in INDEXES:
			with self.subTest(doctype):
				self.assertTrue(frappe.db.has_index(f"tab{doctype}", get_name(doctype, fields)))

	def test_making_them_again_changes_nothing(self) -> None:
		add_indexes()
		self.test_what_is_looked_up_by_standard_fields_has_an_index()


def take_away() -> None:
	frappe.db.rollback()
	many_rows.empty()
	frappe.db.commit()


def get_list_sql(doctype: str, user: str) -> str:
	"""Return the query of a list's first page, as Frappe writes it."""
	table = f"`tab{doctype}`"
	condition = query_conditions(user, doctype)
	return f"select {table}.`name` from {table} where {condition} order by {table}.`creation` desc limit 20 offset 0"


@contextmanager
def recorded() -> Iterator[list[str]]:
	"""Give the queries that are sent meanwhile."""
	queries: list[str] = []
	send = frappe.local.db.sql

	def record(query: str, *args: object, **kwargs: object) -> object:
		values = args[0] if args else kwargs.get("values")
		# With values in it a query is asked again without any, by which Frappe 16 still takes it as a pattern.
		queries.append(frappe.db.mogrify(str(query), values).replace("%", "%%") if values else str(query))
		return send(query, *args, **kwargs)

	with patch.object(frappe.local.db, "sql", record):
		yield queries


def explain(sql: str, in_full: bool = False) -> list:
	"""Return the database's plan. PostgreSQL, asked for tables of a few pages, is asked what it could do instead."""
	if frappe.db.db_type != "postgres":
		return frappe.db.sql(f"EXPLAIN {sql}", as_dict=True)
	frappe.db.sql(f"SET LOCAL enable_seqscan = {'off' if in_full else 'on'}")
	return [row[0] for row in frappe.db.sql(f"EXPLAIN {sql}")]


def get_scanned(plan: list) -> Iterator[str]:
	"""Yield the tables that a plan reads through; what it made on the way is none of them."""
	for step in plan:
		if isinstance(step, str):
			table = step.partition("Seq Scan on ")[2].partition("  (")[0].replace('"', "")
		else:
			table = step.table if step.type in ("ALL", "index") and not step.table.startswith("<") else ""
		if table and not table.removeprefix("tab").startswith(NOT_OF_CLIENTS):
			yield table


def get_one(doctype: str) -> str:
	table, is_marked = many_rows.marked(doctype)
	return frappe.qb.from_(table).select(table.name).where(is_marked).limit(1).run(pluck=True)[0]


def get_sample(doctype: str, user: str) -> list[str]:
	"""Return some names: of records the user sees, and of any."""
	table, is_marked = many_rows.marked(doctype)
	query = frappe.qb.from_(table).select(table.name).where(is_marked).limit(4)
	return query.where(get_rule(doctype, user)).run(pluck=True) + query.run(pluck=True)


def get_listed(doctype: str, user: str, names: list[str]) -> set[str]:
	table = DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name.isin(names))
	return set(query.where(get_rule(doctype, user)).run(pluck=True))


def get_seen(doctype: str, user: str, names: list[str]) -> set[str]:
	return {name for name in names if is_visible(doctype, name, user)}
