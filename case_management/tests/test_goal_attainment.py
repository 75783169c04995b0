"""The T score of goals: the formula against numbers worked out by hand, and where it is shown."""

import frappe

from case_management.case_management.plan.goal_attainment import get_t_score
from case_management.tests.base import CaseTestCase
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import make_active_plan, make_goal, make_plan, set_setting


def score(*levels_and_weights: tuple[str | int | None, str | int | None]) -> float | None:
	return get_t_score([frappe._dict(current_level=x, weight=w) for x, w in levels_and_weights])


class TestFormula(CaseTestCase):
	def test_c9_as_hoped_is_50(self) -> None:
		self.assertEqual(score(("0", "1")), 50)
		self.assertEqual(score(("0", "4"), ("0", "1"), ("0", "2")), 50)

	def test_one_goal_moves_by_ten_a_level_whatever_its_weight(self) -> None:
		# √(0.7·w² + 0.3·w²) = w, so 50 + 10·w·x/w
		self.assertEqual([score((level, "3")) for level in (-2, -1, 1, 2)], [30, 40, 60, 70])

	def test_two_goals_of_the_same_weight(self) -> None:
		# 50 + 10·2/√(0.7·2 + 0.3·4) = 50 + 20/1.61245
		self.assertEqual(score(("1", "1"), ("1", "1")), 62.4)

	def test_weights_count(self) -> None:
		# 50 + 10·(3·2 - 1)/√(0.7·10 + 0.3·16) = 50 + 50/3.43511
		self.assertEqual(score(("2", "3"), ("-1", "1")), 64.6)

	def test_c33_a_step_back_takes_it_below_50(self) -> None:
		# 50 + 10·(-1 - 2)/√(0.7·2 + 0.3·4) = 50 - 30/1.61245
		self.assertEqual(score(("-1", "1"), ("-2", None)), 31.4)

	def test_goals_without_a_level_do_not_count(self) -> None:
		self.assertEqual(score(("1", "1"), ("", "4"), (None, "4")), 60)
		self.assertIsNone(score(("", "1")))
		self.assertIsNone(score())


class TestPlan(SupportTestCase):
	def get_score(self) -> str | None:
		with self.as_user(WORKER):
			return self.reload(self.plan).as_dict()["t_score"]

	def setUp(self) -> None:
		super().setUp()
		self.plan = make_active_plan(self.case)
		self.goal = frappe.get_doc("Support Goal", {"plan": self.plan.name})

	def test_it_is_empty_until_a_goal_has_a_level(self) -> None:
		self.assertEqual(self.get_score(), "")

	def test_the_plan_scores_its_goals_as_they_are_now(self) -> None:
		self.goal.update({"current_level": "1", "weight": "1"}).save()
		self.assertEqual(self.get_score(), "60.0")
		stopped = make_goal(self.case, "Given up", plan=self.plan.name, current_level="-2")
		stopped.stop(reason="Not mine")
		self.assertEqual(self.get_score(), "60.0")

	def test_another_plans_goal_is_not_scored(self) -> None:
		other = make_plan(self.case)
		make_goal(self.case, "Of the other plan", plan=other.name, current_level="2").db_set(
			"status", "Active"
		)
		self.assertEqual(self.get_score(), "")

	def test_a_service_may_leave_it_out(self) -> None:
		self.goal.update({"current_level": "1"}).save()
		set_setting("show_t_score", 0)
		self.assertEqual(self.get_score(), "")

	def test_a_weight_that_does_not_exist_is_refused(self) -> None:
		with self.refused_to(WORKER, "Weight", "5"):
			self.goal.weight = "5"
			self.goal.save()
