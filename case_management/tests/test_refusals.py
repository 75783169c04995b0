"""Refusals that no other test of the app's meets: each names its record, its rule and what to do."""

import frappe
from frappe.utils import add_days, today

from case_management.case_management.record.actions import store
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_worker
from case_management.tests.plan_factories import make_goal, make_meeting


class TestRefusals(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()

	def about(self, doctype: str, **values: object) -> dict:
		return {"doctype": doctype, "client": self.case.client, "client_case": self.case.name, **values}

	def test_nobody_leaves_a_team_before_joining_it(self) -> None:
		row = {"user": make_worker("colleague"), "team_role": "Co-worker", "from_date": today()}
		self.case.append("team", {**row, "to_date": add_days(today(), -1)})
		with self.refused(self.case.name, "before joining it", "Correct the dates"):
			store(self.case)

	def test_b23_a_cancelled_follow_up_has_a_reason(self) -> None:
		follow_up = store(frappe.get_doc(self.about("Case Follow Up", due_on=today(), worker=make_worker())))
		with self.as_user(make_worker()), self.refused(follow_up.name, "has a reason"):
			follow_up.cancel()

	def test_b21_an_exit_plan_that_is_no_draft_any_more_is_revised_and_a_draft_is_not(self) -> None:
		plan = store(frappe.get_doc(self.about("Exit Plan")))
		with self.as_user(make_worker()), self.refused(plan.name, "Only an agreed plan is revised"):
			plan.revise(reason="Something else")

	def test_b7_a_member_of_the_household_is_somebody(self) -> None:
		with self.as_user(make_worker()), self.refused(self.case.name, "Give a client or a preferred name"):
			self.case.add_household_member()

	def test_c39_a_goal_of_nobody_is_not_talked_of(self) -> None:
		meeting = make_meeting(self.case)
		other = make_goal(make_active_case(make_client("Other Person")))
		meeting.append("goals", {"goal": other.name})
		with self.as_user(make_worker()), self.refused(meeting.name):
			meeting.save()

	def test_words_have_their_length(self) -> None:
		for field, words in (("note", "x" * 70_000), ("way", "x" * 200)):
			with self.subTest(field=field), self.refused("is too long"):
				frappe.get_doc(self.about("Case Follow Up", due_on=today(), **{field: words})).insert()
