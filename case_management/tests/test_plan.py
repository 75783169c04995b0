"""Support plans: offered, agreed with goals, revised in versions and completed."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.tests.factories import make_client, make_lead, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	make_active_plan,
	make_agreed_assessment,
	make_child_case,
	make_goal,
	make_plan,
	make_support_case,
	set_setting,
)

WISH = "Plan Revision Reason-wish"


class TestOffer(SupportTestCase):
	def test_the_review_is_due_after_the_programs_interval(self) -> None:
		self.assertEqual(getdate(make_plan(self.case).review_due), getdate(add_days(today(), 90)))

	def test_a_review_day_of_their_own_is_kept(self) -> None:
		due = add_days(today(), 10)
		self.assertEqual(make_plan(self.case, review_due=due).review_due, getdate(due))

	def test_a_review_before_the_offer_is_refused(self) -> None:
		with self.refused_to(WORKER, "review"):
			make_plan(self.case, review_due=add_days(today(), -1))

	def test_a_plan_offered_on_a_day_to_come_is_refused(self) -> None:
		with self.refused_to(WORKER, "future"):
			make_plan(self.case, offered_on=add_days(today(), 1))

	def test_b9_a_declined_offer_has_a_coded_reason(self) -> None:
		plan = make_plan(self.case)
		with self.refused_to(WORKER, plan.name, "declined", "reason"):
			plan.offer_answer = "Declined"
			plan.save()

	def test_b9_an_unknown_code_is_refused_with_the_codes_there_are(self) -> None:
		with self.refused_to(WORKER, "Plan Revision Reason-wish", "Reason Plan Does Not Exist-1"):
			make_plan(self.case, offer_answer="Declined", no_plan_reason=WISH)

	def test_b9_a_declined_plan_is_never_active(self) -> None:
		plan = make_plan(self.case, offer_answer="Declined", no_plan_reason="Reason Plan Does Not Exist-1")
		make_goal(self.case, plan=plan.name)
		with self.refused_to(WORKER, plan.name, "declined"):
			plan.agree()
		self.assertEqual(self.stored(plan, "status"), "Draft")


class TestAddGoal(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_plan(self.case)

	def add(self, **values) -> Document:
		with self.as_user(WORKER):
			return frappe.get_doc("Support Goal", self.plan.add_goal(**values)["goal"])

	def test_a_goal_is_added_in_the_clients_words(self) -> None:
		goal = self.add(goal="Sleep without fear", horizon="Immediate", set_by="Client")
		self.assertEqual(
			(goal.goal, goal.plan, goal.status), ("Sleep without fear", self.plan.name, "Proposed")
		)
		self.assertEqual((goal.client, goal.client_case), (self.case.client, self.case.name))

	def test_c38_no_goal_is_refused_for_its_content(self) -> None:
		for text in ("Learn to juggle", "Eat one apple a week", "nothing", "?", "飛ぶ"):
			with self.subTest(text=text):
				self.assertEqual(self.add(goal=text).goal, text)

	def test_strategies_and_steps_may_be_texts(self) -> None:
		goal = self.add(goal="Save money", strategies=["Write down what I spend"], steps=["Open an account"])
		self.assertEqual([row.strategy for row in goal.strategies], ["Write down what I spend"])
		self.assertEqual(
			[(row.step, row.responsible, row.status) for row in goal.steps],
			[("Open an account", "", "Open")],
		)

	def test_strategies_and_steps_may_come_as_json(self) -> None:
		goal = self.add(goal="Save money", steps='[{"step": "Open an account", "responsible": "Together"}]')
		self.assertEqual(goal.steps[0].responsible, "Together")

	def test_the_same_goal_pressed_twice_is_one(self) -> None:
		self.assertEqual(self.add(goal="Save money").name, self.add(goal="Save money").name)

	def test_a_goal_without_words_is_refused(self) -> None:
		for text in (None, "", "  "):
			with self.subTest(text=text), self.refused(self.plan.name, "words"):
				self.add(goal=text)

	def test_one_text_is_one_row_even_if_it_is_a_number(self) -> None:
		goal = self.add(goal="Save money", steps="500", strategies="A jar {for coins")
		self.assertEqual([row.step for row in goal.steps], ["500"])
		self.assertEqual([row.strategy for row in goal.strategies], ["A jar {for coins"])

	def test_rows_that_are_no_rows_are_refused(self) -> None:
		for steps in ('[{"no such field": 1}]', [5], [{"step": {"a": 1}}], [{"step": ""}], [None]):
			with self.subTest(steps=steps), self.refused():
				self.add(goal="Save money", steps=steps)

	def test_wrong_values_are_refused(self) -> None:
		wrong = {"horizon": "Someday", "confidence": 12, "domain": "No Such Domain", "target_on": "soon"}
		for field, value in wrong.items():
			with self.subTest(field=field), self.refused(str(value)):
				self.add(goal="Save money", **{field: value})

	def test_a_goal_of_an_active_plan_begins_at_once(self) -> None:
		self.plan = make_active_plan(make_support_case(make_client("Somebody Else")))
		self.assertEqual(self.add(goal="Save money", steps=["Open an account"]).status, "Active")

	def test_rule_5_a_goal_of_an_active_plan_has_a_step_or_a_strategy(self) -> None:
		self.plan = make_active_plan(make_support_case(make_client("Somebody Else")))
		with self.refused("step or a strategy"):
			self.add(goal="Save money")

	def test_a_completed_plan_takes_no_goal(self) -> None:
		self.plan = make_active_plan(make_support_case(make_client("Somebody Else")))
		self.plan.complete()
		with self.refused(self.plan.name, "Completed"):
			self.add(goal="Save money", steps=["Open an account"])

	def test_somebody_elses_worker_adds_none(self) -> None:
		with self.as_user(make_worker("other")), self.refused(exception=frappe.PermissionError):
			self.plan.add_goal(goal="Save money")


class TestAgreement(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_plan(self.case)

	def test_the_agreed_plan_begins_its_goals(self) -> None:
		goal = make_goal(self.case, plan=self.plan.name)
		with self.as_user(WORKER):
			answer = self.plan.agree(how="Spoken")
		self.assertEqual((answer["status"], answer["goals"]), ("Active", [goal.name]))
		self.assertEqual(self.stored(goal, "status"), "Active")

	def test_agreeing_twice_gives_the_same_answer(self) -> None:
		make_goal(self.case, plan=self.plan.name)
		with self.as_user(WORKER):
			self.assertEqual(self.plan.agree(), self.plan.agree())

	def test_rule_5_a_plan_without_a_goal_is_not_active(self) -> None:
		with self.refused_to(WORKER, self.plan.name, "no goal"):
			self.plan.agree()
		self.assertEqual(self.stored(self.plan, "status"), "Draft")

	def test_b10_a_goal_without_step_or_strategy_holds_the_plan_back(self) -> None:
		goal = make_goal(self.case, plan=self.plan.name, steps=[], strategies=[])
		with self.refused_to(WORKER, self.plan.name, goal.name, "step"):
			self.plan.agree()

	def test_b10_a_step_that_was_dropped_is_no_step(self) -> None:
		goal = make_goal(self.case, plan=self.plan.name, strategies=[])
		goal.drop_step(step_row=goal.steps[0].name)
		with self.refused_to(WORKER, goal.name):
			self.plan.agree()

	def test_b10_a_strategy_alone_is_enough(self) -> None:
		make_goal(self.case, plan=self.plan.name, steps=[])
		with self.as_user(WORKER):
			self.assertEqual(self.plan.agree()["status"], "Active")

	def test_b10_a_service_may_switch_the_rule_off(self) -> None:
		set_setting("goal_needs_action_required", 0)
		make_goal(self.case, plan=self.plan.name, steps=[], strategies=[])
		with self.as_user(WORKER):
			self.assertEqual(self.plan.agree()["status"], "Active")

	def test_a_stopped_goal_is_no_goal_of_the_plan(self) -> None:
		goal = make_goal(self.case, plan=self.plan.name)
		goal.stop(reason="Not now")
		with self.refused_to(WORKER, "no goal"):
			self.plan.agree()

	def test_another_plans_goal_is_no_goal_of_the_plan(self) -> None:
		make_goal(self.case, plan=make_plan(self.case).name)
		with self.refused_to(WORKER, "no goal"):
			self.plan.agree()

	def test_a_goal_of_no_plan_becomes_the_plans(self) -> None:
		goal = make_goal(self.case)
		with self.as_user(WORKER):
			self.plan.agree()
		self.assertEqual(self.stored(goal, "plan"), self.plan.name)

	def test_the_workflows_own_button_does_the_same(self) -> None:
		goal = make_goal(self.case, plan=self.plan.name)
		with self.as_user(WORKER):
			frappe.model.workflow.apply_workflow(self.reload(self.plan), "Record Agreement")
		plan = self.reload(self.plan)
		self.assertEqual((plan.status, plan.agreed_on), ("Active", getdate()))
		self.assertEqual([row.goal for row in plan.agreed_goals], [goal.name])
		self.assertEqual(self.stored(goal, "status"), "Active")

	def test_the_plan_keeps_its_goals_as_they_were_agreed(self) -> None:
		goal = make_goal(self.case, plan=self.plan.name)
		with self.as_user(WORKER):
			self.plan.agree()
			goal = self.reload(goal)
			goal.goal = "Another wording"
			goal.save()
		row = self.reload(self.plan).agreed_goals[0]
		self.assertEqual((row.goal_text, row.horizon, row.status), ("A place of my own", "Short", "Active"))
		self.assertIn("Ring the housing office", row.actions)
		self.assertIn("Look at notices every Monday", row.actions)

	def test_rule_6_the_next_meeting_exists(self) -> None:
		frappe.db.delete("Case Meeting", {"client_case": self.case.name})
		goal = make_goal(self.case, plan=self.plan.name)
		with self.as_user(WORKER):
			self.plan.agree()
		self.assertEqual([row.goal for row in get_next_meeting(self.case).goals], [goal.name])

	def test_a_case_has_one_active_plan(self) -> None:
		make_goal(self.case, plan=self.plan.name)
		self.plan.agree()
		other = make_plan(self.case)
		make_goal(self.case, "Save money", plan=other.name)
		with self.refused_to(WORKER, other.name, self.plan.name):
			other.agree()

	def test_no_plan_is_made_of_an_assessment_beside_an_active_one(self) -> None:
		make_goal(self.case, plan=self.plan.name)
		self.plan.agree()
		assessment = make_agreed_assessment(self.case)
		with self.refused_to(WORKER, self.plan.name, "Revise"):
			assessment.make_plan()


class TestChildren(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = make_child_case(self.case)
		self.plan = make_plan(self.case)
		make_goal(self.case, plan=self.plan.name)

	def test_b11_not_active_while_a_child_has_no_plan(self) -> None:
		with self.refused_to(WORKER, self.plan.name, self.child.name, "child"):
			self.plan.agree()

	def test_b11_a_childs_draft_is_not_enough(self) -> None:
		make_plan(self.child)
		with self.refused_to(WORKER, self.child.name):
			self.plan.agree()

	def test_b11_active_when_each_child_has_its_own(self) -> None:
		make_active_plan(self.child, "Play outside")
		with self.as_user(WORKER):
			self.assertEqual(self.plan.agree()["status"], "Active")

	def test_b11_a_reason_is_enough(self) -> None:
		with self.as_user(WORKER):
			self.plan.children_without_plan_reason = "Two days old"
			self.plan.save()
			self.assertEqual(self.plan.agree()["status"], "Active")

	def test_b11_a_service_may_switch_the_rule_off(self) -> None:
		set_setting("child_plan_required", 0)
		with self.as_user(WORKER):
			self.assertEqual(self.plan.agree()["status"], "Active")

	def test_b11_a_childs_goals_are_its_own(self) -> None:
		plan = make_active_plan(self.child, "Play outside")
		self.assertEqual([row.goal_text for row in plan.agreed_goals], ["Play outside"])
		self.assertEqual(frappe.db.count("Support Goal", {"client_case": self.case.name}), 1)


class TestVersions(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_active_plan(self.case)

	def revise(self) -> Document:
		with self.as_user(WORKER):
			return frappe.get_doc(
				"Support Plan", self.plan.revise(kind=WISH, reason="Wants to study")["plan"]
			)

	def test_rule_4_an_active_plan_is_not_changed_in_place(self) -> None:
		with self.refused_to(make_lead(), self.plan.name, "Active", "Revise"):
			self.plan.vision = "Something else"
			self.plan.save()

	def test_rule_4_its_kept_goals_are_not_the_callers_to_change(self) -> None:
		with self.as_user(WORKER):
			self.plan.agreed_goals[0].goal_text = "Something else"
			self.plan.save()
		self.assertEqual(self.reload(self.plan).agreed_goals[0].goal_text, "A place of my own")

	def test_b14_a_revision_is_a_new_version_with_kind_and_reason(self) -> None:
		version = self.revise()
		self.assertEqual((version.revises, version.version, version.status), (self.plan.name, 2, "Draft"))
		self.assertEqual((version.revision_kind, version.revision_reason), (WISH, "Wants to study"))
		self.assertEqual((version.offered_on, version.agreed_goals), (getdate(), []))

	def test_revising_twice_gives_the_same_draft(self) -> None:
		self.assertEqual(self.revise().name, self.revise().name)

	def test_a_revision_without_kind_or_reason_is_refused(self) -> None:
		for values in ({"reason": "Wants to study"}, {"kind": WISH}, {"kind": "No Such Code", "reason": "x"}):
			with self.subTest(values=values), self.refused_to(WORKER, "Support Plan"):
				self.plan.revise(**values)

	def test_a_draft_is_not_revised(self) -> None:
		draft = self.revise()
		with self.refused_to(WORKER, draft.name, "Draft"):
			draft.revise(kind=WISH, reason="Again")

	def test_the_agreed_version_takes_the_place_of_the_old(self) -> None:
		version = self.revise()
		with self.as_user(WORKER):
			answer = version.agree()
		old = self.reload(self.plan)
		self.assertEqual((old.status, old.superseded_by), ("Superseded", version.name))
		self.assertEqual(answer["goals"], [row.goal for row in old.agreed_goals])

	def test_goals_live_on_through_the_versions(self) -> None:
		version = self.revise()
		with self.as_user(WORKER):
			new = version.add_goal(goal="Study nursing", steps=["Ask at the college"])["goal"]
			goals = version.agree()["goals"]
		self.assertEqual(goals, [self.plan.agreed_goals[0].goal, new])
		self.assertEqual([row.goal for row in self.reload(self.plan).agreed_goals], goals[:1])

	def test_the_old_plan_is_in_force_until_the_new_version_is_agreed(self) -> None:
		self.revise()
		self.assertEqual(self.stored(self.plan, "status"), "Active")


class TestCompletion(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_active_plan(self.case)

	def test_a_plan_is_completed_on_a_day(self) -> None:
		with self.as_user(WORKER):
			self.assertEqual(self.plan.complete()["status"], "Completed")
			self.assertEqual(self.plan.complete()["status"], "Completed")
		self.assertEqual(self.stored(self.plan, "completed_on"), getdate())

	def test_a_plan_is_not_completed_on_a_day_to_come_or_before_its_agreement(self) -> None:
		for day in (add_days(today(), 1), add_days(today(), -1), "one day"):
			with self.subTest(day=day), self.refused_to(WORKER, self.plan.name):
				self.plan.complete(on=day)
		self.assertEqual(self.stored(self.plan, "status"), "Active")

	def test_a_draft_is_not_completed(self) -> None:
		draft = make_plan(self.case)
		with self.refused_to(WORKER, draft.name, "Draft", "Completed"):
			draft.complete()
