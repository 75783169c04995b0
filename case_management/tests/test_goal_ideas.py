"""Ideas for goals: those of the source are offered to a worker, and a goal made from one is in the client's own words."""

import frappe

from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import make_plan


class TestGoalIdeas(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_plan(self.case)

	def assert_offered(self, *words: str) -> None:
		"""Each idea is found by a worker who searches a word of it, and becomes a goal in other words."""
		for word in words:
			with self.subTest(word=word), self.as_user(WORKER):
				found = frappe.get_list(
					"Goal Idea", {"idea": ("like", f"%{word}%"), "enabled": 1}, ["idea", "domain", "horizon"]
				)
				self.assertTrue(found, f"no idea speaks of {word}")
				idea = found[0]
				made = self.plan.add_goal(
					goal=f"{idea.idea}, my way", horizon=idea.horizon, domain=idea.domain
				)
				self.assertEqual(
					frappe.db.get_value("Support Goal", made["goal"], ["goal", "domain"]),
					(f"{idea.idea}, my way", idea.domain),
				)

	def test_c34_managing_money_with_a_budget(self) -> None:
		self.assert_offered("budget")

	def test_c35_eating_well_and_exercising(self) -> None:
		self.assert_offered("eat well", "exercise")

	def test_c36_literacy(self) -> None:
		self.assert_offered("read and write")

	def test_c37_education_driving_voluntary_and_paid_work(self) -> None:
		self.assert_offered("course", "drive", "voluntary work", "paid work")

	def test_a4_an_idea_that_was_switched_off_is_offered_no_more(self) -> None:
		idea = frappe.get_doc("Goal Idea", {"idea": ("like", "%budget%")})
		idea.db_set("enabled", 0)
		with self.as_user(WORKER):
			self.assertFalse(
				frappe.get_list("Goal Idea", {"idea": ("like", "%budget%"), "enabled": 1}, "name")
			)
