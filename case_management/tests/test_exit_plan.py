"""Planning for the end of the support: early, with the client, and what goes on afterwards (B21, C48 to C51)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import make_active_goal, make_active_plan


class TestExitPlan(SupportTestCase):
	def plan_exit(self) -> Document:
		with self.as_user(WORKER):
			answer = self.reload(self.case).plan_exit(planned_exit_on=add_days(today(), 60))
		return frappe.get_doc("Exit Plan", answer["exit_plan"])

	def agree(self, plan: Document, **values: object) -> Document:
		said = {"participation": "Fully", "follow_up_assessed": "Together", **values}
		with self.as_user(WORKER):
			plan.update(said).save()
			plan.agree(how="Spoken")
		return self.reload(plan)

	def test_c48_the_day_is_planned_early_and_how_ready_the_client_feels_is_asked(self) -> None:
		plan = self.agree(self.plan_exit(), readiness="In Part")
		self.assertEqual(plan.planned_exit_on, getdate(add_days(today(), 60)))
		self.assertEqual(plan.readiness, "In Part")
		with self.refused_to(WORKER, "Agreed", "Readiness"):
			plan.update({"readiness": "Ready"}).save()

	def test_c48_a_readiness_that_does_not_exist_is_refused(self) -> None:
		with self.refused_to(WORKER, "Readiness", "Almost"):
			self.plan_exit().update({"readiness": "Almost"}).save()

	def test_b21_a_client_who_did_not_take_part_says_why(self) -> None:
		plan = self.plan_exit()
		with self.refused_to(WORKER, "took part"):
			plan.update({"follow_up_assessed": "Not Possible"}).save()
			plan.agree()
		agreed = self.agree(self.plan_exit(), participation=None, declined_reason="Wanted no more meetings")
		self.assertEqual(agreed.status, "Agreed")

	def test_c50_what_is_unfinished_goes_on_and_what_was_achieved_does_not(self) -> None:
		make_active_plan(self.case, "Finish the course")
		make_active_goal(self.case, "A key of my own", domain="Test Housing").achieve()
		make_active_goal(self.case, "Sing", domain="Test Leisure").put_on_hold(reason="No voice")
		plan = self.plan_exit()
		needs = [(row.need, row.domain) for row in plan.ongoing_needs]
		self.assertEqual(needs, [("Finish the course", None), ("Sing", "Test Leisure")])
		self.assertEqual([row.achievement for row in plan.achievements], ["A key of my own"])

	def test_c49_follow_up_is_planned_with_day_and_safe_way(self) -> None:
		rows = [{"due_on": add_days(today(), 90), "way": "Text, never a call"}]
		agreed = self.agree(self.plan_exit(), follow_up_needed=1, follow_up_consent=1, follow_ups=rows)
		row = agreed.follow_ups[0]
		self.assertEqual((row.due_on, row.way), (getdate(add_days(today(), 90)), "Text, never a call"))

	def test_c51_each_kind_of_support_in_the_community_has_a_place(self) -> None:
		kinds = ["Friend", "Relative", "Cultural Group", "Support Group", "Service Provider"]
		rows = [{"kind": kind, "support_name": f"A {kind}", "linked_on": today()} for kind in kinds]
		agreed = self.agree(self.plan_exit(), supports=rows)
		self.assertEqual(
			[(row.kind, row.linked_on) for row in agreed.supports], [(k, getdate()) for k in kinds]
		)
