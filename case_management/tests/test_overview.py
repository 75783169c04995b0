"""Where a case is now and what comes next, what is missing, and the strengths a goal builds on (A5, C13, C14, C25)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.plan.overview import (
	get_goals_without_step,
	get_needs_without_goal,
	get_overview,
)
from case_management.tests.factories import make_agency, make_client, make_intake_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	make_active_goal,
	make_active_plan,
	make_assessment,
	make_goal,
	make_plan,
	make_support_case,
)


class TestOverview(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_active_plan(self.case)
		self.goal = frappe.get_doc("Support Goal", {"plan": self.plan.name})

	def get_overview(self, user: str = WORKER) -> dict:
		with self.as_user(user):
			case = self.reload(self.case)
			case.onload()
			return case.get("__onload")["overview"]

	def test_c13_it_says_where_the_goals_are_and_what_comes_next(self) -> None:
		get_next_meeting(self.case).hold(
			goals=[{"goal": self.goal.name, "client_rating": 4, "worker_rating": 6}]
		)
		overview = self.get_overview()
		goal = overview["goals"][0]
		self.assertEqual((goal.goal, goal.client_rating, goal.worker_rating), (self.goal.goal, "4", "6"))
		self.assertIsNone(goal.drawing)  # one meeting is no line
		self.assertEqual(overview["next_meeting"], get_next_meeting(self.case).scheduled_on)
		self.assertEqual(overview["review_due"], self.plan.review_due)

	def test_c13_open_steps_say_who_and_by_when_the_first_due_first(self) -> None:
		steps = [
			{"step": "Done already", "status": "Done"},
			{"step": "Some time"},
			{"step": "Soon", "responsible": "Agency", "responsible_agency": make_agency().name},
			{"step": "Late", "responsible": "Client", "due_on": today()},
		]
		self.goal.update({"steps": steps}).save()
		frappe.db.set_value("Goal Step", {"step": "Late"}, "due_on", add_days(today(), -2))
		frappe.db.set_value("Goal Step", {"step": "Soon"}, "due_on", add_days(today(), 2))
		rows = [(row.step, row.who or row.responsible, row.overdue) for row in self.get_overview()["steps"]]
		soon = ("Soon", "Test Housing Office", False)
		self.assertEqual(rows, [("Late", "Client", True), soon, ("Some time", "Not Said", False)])

	def test_c13_the_plan_shows_the_same(self) -> None:
		with self.as_user(WORKER):
			self.plan.onload()
		self.assertEqual(self.plan.get("__onload")["overview"]["goals"], self.get_overview()["goals"])

	def test_c13_who_does_not_read_goals_gets_nothing(self) -> None:
		with self.as_user(make_intake_worker()):
			self.assertEqual(get_overview(self.case.name), {})

	def test_c14_a_goal_whose_steps_are_all_done_waits_for_the_next_one(self) -> None:
		self.assertEqual(get_goals_without_step([self.case.name]), [])
		self.goal.complete_step(step_row=self.goal.steps[0].name)
		missing = get_goals_without_step([self.case.name])
		self.assertEqual([row.name for row in missing], [self.goal.name])
		self.goal.achieve()
		self.assertEqual(get_goals_without_step([self.case.name]), [])

	def test_c14_no_case_has_nothing_missing(self) -> None:
		self.assertEqual((get_needs_without_goal([]), get_goals_without_step([])), ([], []))


class TestNeeds(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		rows = [
			{"domain": "Test Housing", "need": "A home"},
			{"domain": "Test Leisure", "need": "Something to do"},
		]
		self.plan = make_plan(self.case, needs=rows)

	def get_missing(self) -> list[str]:
		return [row.need for row in get_needs_without_goal([self.case.name])]

	def test_c14_each_need_without_a_goal_is_named(self) -> None:
		self.assertEqual(self.get_missing(), ["A home", "Something to do"])
		row = get_needs_without_goal([self.case.name])[0]
		self.assertEqual((row.client_case, row.plan), (self.case.name, self.plan.name))

	def test_c25_a_goal_answers_it_by_its_domain_or_its_words(self) -> None:
		with self.as_user(WORKER):
			self.plan.add_goal(goal="My own key", domain="Test Housing")
			self.assertEqual(self.get_missing(), ["Something to do"])
			self.plan.add_goal(goal="Sing", need="Something to do")
		self.assertEqual(self.get_missing(), [])

	def test_c25_a_goal_that_was_given_up_answers_nothing(self) -> None:
		goal = make_goal(self.case, domain="Test Housing")
		goal.stop(reason="Not now")
		self.assertIn("A home", self.get_missing())

	def test_the_plan_in_force_counts_and_not_its_draft_revision(self) -> None:
		make_goal(self.case, plan=self.plan.name, domain="Test Leisure")
		self.plan.agree(how="Spoken")
		revision = frappe.get_doc(
			"Support Plan",
			self.reload(self.plan).revise(kind="Plan Revision Reason-need", reason="New")["plan"],
		)
		revision.append("needs", {"domain": "Test Housing", "need": "In the draft only"})
		revision.save()
		self.assertEqual(self.get_missing(), ["A home"])

	def test_another_cases_goal_answers_nothing(self) -> None:
		make_goal(make_support_case(make_client("Somebody Else")), domain="Test Housing")
		self.assertIn("A home", self.get_missing())


class TestStrengths(SupportTestCase):
	def make_plan(self) -> Document:
		assessment = make_assessment(self.case)
		assessment.domains[0].update({"in_need": 1, "present_need": "A home", "strength": "Saves money"})
		assessment.domains[1].strength = "Sings in a choir"
		assessment.save()
		with self.as_user(WORKER):
			assessment.agree(how="Spoken")
			return frappe.get_doc("Support Plan", self.reload(assessment).make_plan()["plan"])

	def get_unused(self) -> list[str]:
		return get_overview(self.case.name)["unused_strengths"]

	def test_a5_each_strength_reaches_the_plan_whether_or_not_there_is_a_need(self) -> None:
		rows = [(row.domain, row.strength) for row in self.make_plan().strengths]
		self.assertEqual(rows, [("Test Housing", "Saves money"), ("Test Leisure", "Sings in a choir")])

	def test_a5_strengths_that_no_goal_builds_on_are_listed(self) -> None:
		plan = self.make_plan()
		with self.as_user(WORKER):
			goal = plan.add_goal(goal="Sing every week", strength="Sings in a choir")["goal"]
		self.assertEqual(self.get_unused(), ["Saves money"])
		self.assertEqual(frappe.db.get_value("Support Goal", goal, "strength"), "Sings in a choir")

	def test_a5_a_goal_may_build_on_other_words(self) -> None:
		with self.as_user(WORKER):
			self.make_plan().add_goal(goal="Cook", strength="Grew up in a kitchen")
		self.assertEqual(self.get_unused(), ["Saves money", "Sings in a choir"])

	def test_a5_what_is_printed_says_what_a_goal_builds_on(self) -> None:
		plan = self.make_plan()
		with self.as_user(WORKER):
			plan.add_goal(goal="Sing every week", strength="Sings <b>loudly</b>")
			html = frappe.get_print("Support Plan", plan.name, "Support Plan for the Client")
		self.assertIn("This builds on: Sings &lt;b&gt;loudly", html)
		self.assertIn("Saves money", html)


class TestDue(SupportTestCase):
	def agree(self, **values: object) -> Document:
		assessment = make_assessment(self.case, **values)
		with self.as_user(WORKER):
			assessment.agree(how="Spoken", on=add_days(today(), -10))
		return self.reload(assessment)

	def get_due(self) -> object:
		return self.stored(self.case, "reassessment_due")

	def test_b18_the_next_assessment_is_due_by_the_programs_days(self) -> None:
		self.assertIsNone(self.get_due())
		self.agree()
		self.assertEqual(self.get_due(), getdate(add_days(today(), 170)))

	def test_b18_a_program_may_set_none(self) -> None:
		frappe.db.set_value("Support Program", self.case.program, "reassessment_interval_days", 0)
		frappe.clear_document_cache("Support Program", self.case.program)
		self.agree()
		self.assertIsNone(self.get_due())

	def test_b18_an_assessment_at_exit_asks_for_no_other(self) -> None:
		self.agree(kind="Exit")
		self.assertIsNone(self.get_due())

	def test_b18_a_closed_case_has_none_due_and_a_reopened_one_again(self) -> None:
		self.agree()
		case = self.reload(self.case)
		with self.as_user(WORKER):
			case.close(
				end_reason=frappe.db.get_value("Case Code", {"code_list": "Support Period End Reason"}),
				exception=frappe.db.get_value("Case Code", {"meaning": "Lost Contact"}),
				cancel_meetings=1,
			)
			self.assertIsNone(self.get_due())
			self.reload(case).reopen(reason="Came back")
		self.assertEqual(self.get_due(), getdate(add_days(today(), 170)))

	def test_b5_the_offer_to_take_part_is_dated_and_not_to_come(self) -> None:
		assessment = make_assessment(self.case)
		self.assertEqual(assessment.offered_on, getdate())
		with self.refused_to(WORKER, "Offered on", "future"):
			assessment.offered_on = add_days(today(), 1)
			assessment.save()

	def test_c17_complexity_counts_the_domains_in_need_of_the_last_agreed_assessment(self) -> None:
		draft = make_assessment(self.case)
		draft.update({"domains": [{**row.as_dict(), "in_need": 1} for row in draft.domains]}).save()
		self.assertEqual((draft.as_dict()["complexity"], self.reload(self.case).complexity), (2, None))
		draft.agree()
		with self.as_user(WORKER):
			self.assertEqual(self.reload(self.case).as_dict()["complexity"], 2)

	def test_c17_it_is_not_the_callers_word(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			assessment.update({"complexity": 9}).save()
		self.assertEqual(self.reload(assessment).complexity, 0)


class TestActiveGoalIsShown(SupportTestCase):
	def test_c39_a_goal_of_no_plan_is_shown_too(self) -> None:
		goal = make_active_goal(self.case)
		self.assertEqual([row.name for row in get_overview(self.case.name)["goals"]], [goal.name])
