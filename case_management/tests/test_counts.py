"""Counts are of what somebody sees: Frappe's functions that count everything have a guard."""

import json

import frappe
import frappe.client
from frappe.hooks import override_whitelisted_methods as OLD_PATHS

from case_management.case_management.guard import counts
from case_management.hooks import override_whitelisted_methods
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_program, make_worker

PRONOUNS = "countable/pronouns"


class TestCounts(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Counted Person", pronouns=PRONOUNS)
		self.program = make_program()
		self.case = make_active_case(self.client, self.program)
		self.other = make_worker("other")
		make_active_case(make_client("Their Person"), self.program, case_manager=self.other)

	def as_each(self, count: object) -> tuple[int, int]:
		"""Return what the client's worker counts, and what a worker of another case does."""
		counted = []
		for user in (make_worker(), self.other):
			with self.as_user(user):
				counted.append(count())
		return tuple(counted)

	def test_a_filter_on_a_field_finds_nobody_unseen(self) -> None:
		filters = json.dumps({"pronouns": ("like", "countable%")})
		for count in (counts.get_count, counts.count_seen):
			self.assertEqual(self.as_each(lambda count=count: count("Client", json.loads(filters))), (1, 0))

	def test_rows_of_records_are_counted_with_their_records(self) -> None:
		filters = {"parent": self.case.name}
		self.assertEqual(self.as_each(lambda: counts.count_seen("Case Team Member", filters)), (1, 0))

	def test_other_doctypes_are_counted_as_frappe_counts_them(self) -> None:
		self.assertEqual(
			self.as_each(lambda: counts.get_count("Support Program", {"name": self.program.name})), (1, 1)
		)

	def test_below_a_program_its_cases_are_counted_as_seen(self) -> None:
		def count() -> int:
			found = counts.get_open_count("Support Program", self.program.name, json.dumps(["Client Case"]))
			return found["count"]["external_links_found"][0]["count"]

		self.assertEqual(self.as_each(count), (1, 1))

	def test_every_guarded_function_is_frappes_own(self) -> None:
		"""A name that Frappe gives up would leave its successor without a guard, unseen."""
		for path, guard in override_whitelisted_methods.items():
			with self.subTest(path):
				self.assertIn(frappe.get_attr(guard), frappe.whitelisted)
				self.assertTrue(path in OLD_PATHS or callable(frappe.get_attr(path)))
