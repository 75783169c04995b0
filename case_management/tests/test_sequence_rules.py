"""The checks after each step of a random sequence can fail: each is shown a record that breaks its rule."""

import unittest

import frappe

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_agency, make_policy

try:
	from case_management.tests.sequences import moves
	from case_management.tests.sequences.rules import Watch
	from case_management.tests.test_sequences import Worlds
except ImportError as missing:
	raise unittest.SkipTest("hypothesis is not installed") from missing


class TestRules(CaseTestCase):
	def begin(self, beginning: str) -> None:
		"""Begin as a sequence does, with every rule kept."""
		make_policy()
		make_agency()
		self.clients = Worlds.make(self, moves.BEGINNINGS[beginning])
		self.watch = Watch(self.clients)
		self.assertEqual(self.watch.list_broken(), [])

	def assert_noticed(self, rule: str, doctype: str, **values: object) -> None:
		"""Change what no action would change, and expect the rule to be named."""
		filters = {"client": self.clients[0]}
		name = frappe.db.get_value(doctype, filters, "name", order_by="creation desc")
		frappe.db.set_value(doctype, name, values)
		broken = self.watch.list_broken()
		self.assertTrue([line for line in broken if line.startswith(rule)], broken)

	def test_an_active_case_without_a_rights_statement_is_noticed(self) -> None:
		self.begin("Active")
		self.assert_noticed("2:", "Client Case", rights_policy=None)

	def test_an_active_case_without_a_manager_is_noticed(self) -> None:
		self.begin("Active")
		self.assert_noticed("2:", "Client Case", case_manager=None)

	def test_an_agreed_assessment_without_the_childs_is_noticed(self) -> None:
		self.begin("Assessed")
		self.assert_noticed("3:", "Client Assessment", children_not_assessed_reason=None)

	def test_a_change_of_what_was_agreed_is_noticed(self) -> None:
		self.begin("Planned")
		self.assert_noticed("4:", "Support Plan", vision="Something else")

	def test_a_goal_with_nothing_to_do_is_noticed(self) -> None:
		self.begin("Planned")
		goal = frappe.db.get_value("Support Goal", {"client": self.clients[0]})
		for table in ("Goal Step", "Goal Strategy"):
			frappe.db.delete(table, {"parent": goal})
		self.assert_noticed("5:", "Support Goal")

	def test_a_case_without_a_next_meeting_is_noticed(self) -> None:
		self.begin("Active")
		self.assert_noticed("6:", "Case Meeting", status="Cancelled")

	def test_a_referral_that_is_no_disclosure_is_noticed(self) -> None:
		self.begin("Referred")
		frappe.db.delete("Disclosure", {"client": self.clients[0]})
		self.assert_noticed("7:", "Case Referral", status="Sent")

	def test_a_referral_without_a_basis_is_noticed(self) -> None:
		self.begin("Referred")
		self.assert_noticed("7:", "Case Referral", consent=None)

	def test_a_risk_without_a_safety_plan_is_noticed(self) -> None:
		self.begin("At Risk")
		self.assert_noticed("8:", "Safety Plan", is_current=0)

	def test_a_closed_case_with_an_open_end_is_noticed(self) -> None:
		for values in ({"closure_exception": None}, {"team_access_until": "2999-01-01"}):
			with self.subTest(values=values):
				self.begin("Closed")
				self.assert_noticed("9:", "Client Case", **values)

	def test_a_record_that_is_gone_is_noticed(self) -> None:
		self.begin("Active")
		frappe.db.delete("Case Meeting", {"client": self.clients[0]})
		self.assert_noticed("10:", "Client Case", status="Active")

	def test_a_status_that_jumps_is_noticed(self) -> None:
		self.begin("Planned")
		self.assert_noticed("status:", "Support Plan", status="Draft")

	def test_a_person_who_was_turned_away_untold_is_noticed(self) -> None:
		self.begin("Active")
		intake = frappe.new_doc("Client Intake")
		intake.update({"name": "INT-X", "client": self.clients[0], "status": "Not Accepted"})
		intake.db_insert()
		self.assert_noticed("1:", "Client Intake", decision_reason=None)
