"""Rows of a record's tables: written with their record, by its rules, and never another record's.

Made from the DocTypes' tables, those of a DocType to come included.
"""

import itertools
from collections.abc import Callable

import frappe
from frappe import client
from frappe.model.document import Document

from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_worker
from case_management.tests.writing_base import (
	KEPT_OUT,
	WritingTestCase,
	get_hidden,
	get_refusal,
	get_sums,
	get_user,
)

WORKER = get_user("worker")


class TestRowsOfHiddenRecords(WritingTestCase):
	def get_tables(self) -> list[tuple[str, Document, str]]:
		"""Return each table of each client record, and the name of its one row in the hidden record."""
		return [
			(doctype, frappe.get_meta(doctype).get_field(row["above"]["parentfield"]), row["name"])
			for doctype, record in self.hidden.items()
			for row in record["rows"]
		]

	def get_ways(self, parent: str, field: Document, row: str) -> dict[str, Callable[[], object]]:
		"""Return every way that Frappe has to make, change, move or delete one row by itself."""
		child, own = field.options, self.own[parent].name
		about = {"parenttype": parent, "parentfield": field.fieldname}
		new = {"doctype": child, "parent": get_hidden(parent), **about}
		moved = {"parent": own, **about}
		return {
			"post": lambda: frappe.get_doc(new).insert(),
			"put elsewhere": lambda: frappe.get_doc(child, row).update(moved).save(),
			"delete_doc": lambda: frappe.delete_doc(child, row),
			"insert": lambda: client.insert(new),
			"insert_many": lambda: client.insert_many([new]),
			"put": lambda: frappe.get_doc(child, row).update({"idx": 2}).save(),
			"save": lambda: client.save({**new, "name": row}),
			"save as one's own": lambda: client.save({"doctype": child, "name": row, **moved}),
			"set_value": lambda: client.set_value(child, row, {"idx": 2}),
			"delete": lambda: client.delete(child, row),
		}

	def test_nobody_writes_or_takes_a_row_of_a_record_they_do_not_see(self) -> None:
		"""By the ways that go past the record each time, by the others in turn; by who has a role for it and who has not."""
		tables, before = self.get_tables(), get_sums()
		self.assertGreater(len(tables), 40)
		kept_out = itertools.cycle(KEPT_OUT)
		for number, (parent, field, row) in enumerate(tables):
			ways = list(self.get_ways(parent, field, row).items())
			tried = {*ways[:3], ways[3 + number % (len(ways) - 3)]}
			for who, (way, act) in (*((WORKER, one) for one in tried), (get_user(next(kept_out)), ways[0])):
				with self.as_user(who), self.subTest(f"{parent}.{field.fieldname}", way=way, user=who):
					self.assertIsNotNone(get_refusal(act), "was done")
		self.assertEqual(get_sums(), before)

	def test_a_row_is_read_with_its_record_only(self) -> None:
		for parent, field, row in self.get_tables():
			with self.as_user(WORKER), self.subTest(f"{parent}.{field.fieldname}"):
				for asked in (row, {"parent": get_hidden(parent)}):
					with self.assertRaises(frappe.DoesNotExistError):
						frappe.get_doc(field.options, asked)

	def test_a_row_with_the_name_of_another_records_row_is_refused(self) -> None:
		"""Frappe would move that row, and write over it."""
		before = get_sums()
		for parent, field, row in self.get_tables():
			if field.read_only or parent == "Emergency Access":
				continue
			doc = self.own[parent].reload()
			with self.as_user(get_user("lead")), self.subTest(f"{parent}.{field.fieldname}"):
				doc.set(field.fieldname, [{"name": row}])
				refused = get_refusal(doc.save)
				self.assertIn("is no row of", (refused or ("", ""))[1])
		self.assertEqual(get_sums(), before)


class TestRowsOfOnesOwnRecords(CaseTestCase):
	"""A worker sees their case, but its team is not theirs to write: by no way."""

	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()
		self.row = self.case.team[0]
		self.friend = make_worker("other")

	def get_team(self) -> list[tuple]:
		fields = ["name", "user", "from_date", "to_date", "parent"]
		return frappe.get_all("Case Team Member", {"parent": self.case.name}, fields, order_by="idx")

	def assert_team_stays(self, act: Callable[[], object]) -> None:
		team = self.get_team()
		with self.as_user(WORKER):
			get_refusal(act)
		self.assertEqual(self.get_team(), team)
		self.assertFalse(frappe.has_permission("Client Case", "read", self.case.name, user=self.friend))

	def test_b12_a_worker_puts_nobody_on_the_team_by_a_row_of_its_own(self) -> None:
		about = {"parent": self.case.name, "parenttype": "Client Case", "parentfield": "team"}
		row = {"doctype": "Case Team Member", **about, "user": self.friend, "from_date": "2020-01-01"}
		self.assert_team_stays(lambda: frappe.get_doc(row).insert())
		self.assert_team_stays(lambda: client.insert({**row}))
		self.assert_team_stays(lambda: frappe.get_doc("Case Team Member", self.row.name).update(row).save())

	def test_b12_nor_by_changing_their_own_place(self) -> None:
		values = {"user": self.friend, "from_date": "2020-01-01", "to_date": None}
		self.assert_team_stays(lambda: client.set_value("Case Team Member", self.row.name, values))
		self.assert_team_stays(lambda: client.delete("Case Team Member", self.row.name))
		team = [{"name": self.row.name, **values}]
		self.assert_team_stays(lambda: client.set_value("Client Case", self.case.name, {"team": team}))

	def test_b12_nor_by_a_row_in_another_table_that_says_it_is_of_the_team(self) -> None:
		row = {
			"user": self.friend,
			"from_date": "2020-01-01",
			"doctype": "Case Team Member",
			"parentfield": "team",
		}
		self.assert_team_stays(lambda: client.set_value("Client Case", self.case.name, {"agencies": [row]}))

	def test_a_row_without_a_name_and_ones_own_by_name_are_taken(self) -> None:
		"""The control: rows are written with their record."""
		with self.as_user(WORKER):
			doc = frappe.get_doc("Client", self.case.client).update(
				{"alerts": [{"kind": "Other", "alert": "A"}]}
			)
			row = doc.save().alerts[0]
			rows = [{"name": row.name, "kind": "Other", "alert": "B"}, {"kind": "Other", "alert": "C"}]
			alerts = doc.update({"alerts": rows}).save().alerts
		self.assertEqual([alert.alert for alert in alerts], ["B", "C"])
		self.assertEqual(alerts[0].name, row.name)

	def test_each_table_of_a_client_record_has_rows_that_are_not_written_alone(self) -> None:
		from case_management.case_management.record.client_row import ClientRow

		for parent in CLIENT_RECORDS:
			for field in frappe.get_meta(parent).get_table_fields():
				self.assertIsInstance(frappe.new_doc(field.options), ClientRow, f"{parent}.{field.fieldname}")
