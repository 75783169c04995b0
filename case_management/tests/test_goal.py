"""Goals: any content, horizons that prefill, moves with their reasons, small steps, and the goal that follows."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.tests.factories import make_client, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	make_active_goal,
	make_active_plan,
	make_goal,
	make_plan,
	make_support_case,
)

NO_RESOURCE = "Reason a Goal Waits-resource"


class TestContent(SupportTestCase):
	def write(self, **values) -> Document:
		doc = {"doctype": "Support Goal", "client": self.case.client, "client_case": self.case.name}
		with self.as_user(WORKER):
			return frappe.get_doc({**doc, "goal": "Save money", **values}).insert()

	def test_c38_a_goal_needs_nothing_but_its_words(self) -> None:
		goal = self.write(goal="Feed the neighbour's cat")
		self.assertEqual((goal.status, goal.domain), ("Proposed", None))

	def test_a_goal_without_words_is_refused(self) -> None:
		with self.refused("goal"):
			self.write(goal="")

	def test_b10_the_horizon_prefills_when_it_is_hoped_for(self) -> None:
		days = {"Immediate": 14, "Short": 90, "Medium": 180, "Long": 365}
		for horizon, ahead in days.items():
			with self.subTest(horizon=horizon):
				goal = self.write(horizon=horizon)
				self.assertEqual(getdate(goal.target_on), getdate(add_days(today(), ahead)))

	def test_c22_a_day_of_their_own_is_kept(self) -> None:
		self.assertEqual(
			getdate(self.write(target_on=add_days(today(), 3)).target_on), getdate(add_days(today(), 3))
		)

	def test_c22_the_day_may_be_left_open_again(self) -> None:
		goal = self.write()
		with self.as_user(WORKER):
			goal.target_on = None
			goal.save()
		self.assertIsNone(self.stored(goal, "target_on"))

	def test_a_goal_hoped_for_before_it_begins_is_refused(self) -> None:
		with self.refused("hoped for"):
			self.write(start_on=today(), target_on=add_days(today(), -1))

	def test_a_goal_that_begins_before_the_case_is_refused(self) -> None:
		with self.refused("before the case opened"):
			self.write(start_on=add_days(today(), -31))

	def test_confidence_and_levels_are_numbers_of_their_scales(self) -> None:
		goal = self.write(confidence=0, current_level=-2)
		self.assertEqual((self.stored(goal, "confidence"), self.stored(goal, "current_level")), ("0", "-2"))
		for field, value in (("confidence", 11), ("current_level", 3), ("current_level", "good")):
			with self.subTest(field=field, value=value), self.refused(str(value)):
				self.write(**{field: value})

	def test_c33_the_first_level_is_where_it_began(self) -> None:
		goal = self.write(current_level=-1)
		with self.as_user(WORKER):
			goal.current_level = 1
			goal.save()
		self.assertEqual(
			(self.stored(goal, "baseline_level"), self.stored(goal, "current_level")), ("-1", "1")
		)

	def test_another_clients_plan_is_refused(self) -> None:
		plan = make_plan(make_support_case(make_client("Somebody Else")))
		with self.refused(plan.name):
			self.write(plan=plan.name)

	def test_a_plan_of_another_case_of_the_client_is_refused(self) -> None:
		other = make_support_case(frappe.get_doc("Client", self.case.client))
		with self.refused(self.case.name, "another case"):
			self.write(plan=make_plan(other).name)

	def test_the_ratings_come_from_meetings_only(self) -> None:
		goal = self.write(client_rating="9")
		with self.as_user(WORKER):
			goal.client_rating = "10"
			goal.save()
		self.assertFalse(self.stored(goal, "client_rating"))

	def test_a_goal_begins_as_proposed(self) -> None:
		with self.refused("Proposed", "Achieved"):
			self.write(status="Achieved")


class TestMoves(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.goal = make_active_goal(self.case)

	def put(self, **values) -> Document:
		with self.as_user(WORKER):
			goal = self.reload(self.goal)
			goal.update(values)
			goal.save()
		return self.reload(self.goal)

	def test_achieved_is_dated_today(self) -> None:
		with self.as_user(WORKER):
			answer = self.goal.achieve(achievement_level="Goal Achievement Level-3", note="Keys in hand")
		goal = self.reload(self.goal)
		self.assertEqual((answer["status"], goal.achieved_on), ("Achieved", getdate()))
		self.assertEqual(
			(goal.achievement_level, goal.status_reason), ("Goal Achievement Level-3", "Keys in hand")
		)

	def test_achieving_twice_keeps_the_first_day(self) -> None:
		with self.as_user(WORKER):
			self.goal.achieve(on=add_days(today(), -2))
			self.goal.achieve()
		self.assertEqual(self.stored(self.goal, "achieved_on"), getdate(add_days(today(), -2)))

	def test_achieved_on_a_day_to_come_or_no_day_is_refused(self) -> None:
		for day in (add_days(today(), 1), add_days(today(), -31), "soon"):
			with self.subTest(day=day), self.refused_to(WORKER, self.goal.name):
				self.goal.achieve(on=day)
		self.assertEqual(self.stored(self.goal, "status"), "Active")

	def test_an_unknown_achievement_level_is_refused(self) -> None:
		with self.refused_to(WORKER, "Goal Achievement Level-3"):
			self.goal.achieve(achievement_level="Great")

	def test_a_plain_change_of_its_status_is_refused_as_of_every_field_that_only_actions_set(self) -> None:
		for status in ("Achieved", "On Hold"):
			with self.refused(self.goal.name, "not changed directly"):
				self.put(status=status, status_reason="In hospital")

	def test_what_was_achieved_is_kept_while_sustaining(self) -> None:
		with self.as_user(WORKER):
			self.goal.achieve()
			self.assertEqual(self.goal.sustain(note="Pays the rent")["status"], "Sustaining")
		self.assertEqual(self.stored(self.goal, "achieved_on"), getdate())

	def test_c33_a_step_back_is_no_failure(self) -> None:
		with self.as_user(WORKER):
			self.goal.achieve()
			self.assertEqual(self.goal.resume()["status"], "Active")
		self.assertIsNone(self.stored(self.goal, "achieved_on"))

	def test_on_hold_and_stopped_have_a_reason(self) -> None:
		for move in ("put_on_hold", "stop"):
			with self.subTest(move=move), self.refused_to(WORKER, self.goal.name, "reason"):
				getattr(self.goal, move)()
		self.assertEqual(self.stored(self.goal, "status"), "Active")

	def test_the_reason_is_kept_until_the_goal_goes_on(self) -> None:
		with self.as_user(WORKER):
			self.goal.put_on_hold(reason="In hospital")
			self.assertEqual(self.stored(self.goal, "status_reason"), "In hospital")
			self.goal.resume()
		self.assertFalse(self.stored(self.goal, "status_reason"))

	def test_an_impossible_move_is_refused(self) -> None:
		goal = make_goal(self.case, "Save money")
		with self.refused_to(WORKER, goal.name, "Proposed", "Achieved"):
			goal.achieve()

	def test_b14_a_goal_that_waits_has_a_code(self) -> None:
		for code in (None, "Because", "Plan Revision Reason-wish"):
			with self.subTest(code=code), self.refused_to(WORKER, "Reason a Goal Waits"):
				self.goal.defer(reason_code=code)

	def test_c16_a_goal_without_resource_is_an_unmet_need_once(self) -> None:
		with self.as_user(WORKER):
			self.goal.defer(reason_code=NO_RESOURCE, reason="No place before June")
			self.goal.resume()
			self.goal.defer(reason_code=NO_RESOURCE)
		needs = frappe.get_all(
			"Unmet Need", filters={"goal": self.goal.name}, fields=["client", "description", "program"]
		)
		self.assertEqual(len(needs), 1)
		self.assertEqual((needs[0].client, needs[0].description), (self.case.client, "A place of my own"))
		self.assertEqual(needs[0].program, self.case.program)

	def test_c16_a_goal_that_waits_by_the_clients_wish_is_none(self) -> None:
		with self.as_user(WORKER):
			self.goal.defer(reason_code="Reason a Goal Waits-wish")
		self.assertFalse(frappe.db.exists("Unmet Need", {"goal": self.goal.name}))

	def test_somebody_elses_worker_moves_nothing(self) -> None:
		with self.as_user(make_worker("other")), self.refused(exception=frappe.PermissionError):
			self.goal.achieve()


class TestAgendaFollows(SupportTestCase):
	def agenda(self) -> list[str]:
		return [row.goal for row in get_next_meeting(self.case).goals]

	def test_a_goal_that_begins_comes_on_the_next_agenda(self) -> None:
		goal = make_goal(self.case)
		self.assertEqual(self.agenda(), [])
		with self.as_user(WORKER):
			goal.begin()
		self.assertEqual(self.agenda(), [goal.name])

	def test_a_goal_that_rests_leaves_it(self) -> None:
		goal = make_active_goal(self.case)
		with self.as_user(WORKER):
			goal.put_on_hold(reason="In hospital")
		self.assertEqual(self.agenda(), [])

	def test_a_row_with_words_in_it_stays(self) -> None:
		goal = make_active_goal(self.case)
		meeting = get_next_meeting(self.case)
		meeting.goals[0].progress = "Went to see two rooms"
		meeting.save()
		with self.as_user(WORKER):
			goal.put_on_hold(reason="In hospital")
		self.assertEqual(self.agenda(), [goal.name])

	def test_a_new_wording_is_on_the_agenda(self) -> None:
		goal = make_active_goal(self.case)
		with self.as_user(WORKER):
			goal.goal = "A room of my own"
			goal.save()
		self.assertEqual(get_next_meeting(self.case).goals[0].goal_text, "A room of my own")


class TestSteps(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.goal = make_active_goal(self.case)
		self.row = self.goal.steps[0].name

	def step(self, name: str | None = None) -> Document:
		rows = self.reload(self.goal).steps
		return next(row for row in rows if row.name == (name or self.row))

	def test_a_step_is_done_today_if_no_day_is_given(self) -> None:
		with self.as_user(WORKER):
			self.goal.complete_step(step_row=self.row)
		self.assertEqual((self.step().status, self.step().done_on), ("Done", getdate()))

	def test_a_step_done_twice_keeps_its_day(self) -> None:
		with self.as_user(WORKER):
			self.goal.complete_step(step_row=self.row, on=add_days(today(), -1))
			self.goal.complete_step(step_row=self.row)
		self.assertEqual(self.step().done_on, getdate(add_days(today(), -1)))

	def test_a_step_done_on_a_day_to_come_is_refused(self) -> None:
		with self.refused_to(WORKER, "Ring the housing office"):
			self.goal.complete_step(step_row=self.row, on=add_days(today(), 1))

	def test_a_row_that_is_not_there_is_refused(self) -> None:
		for row in (None, "", "no-such-row"):
			for action in (self.goal.complete_step, self.goal.drop_step):
				with self.subTest(row=row, action=action), self.refused_to(WORKER, self.goal.name, "Steps"):
					action(step_row=row)

	def test_a_step_is_dropped(self) -> None:
		with self.as_user(WORKER):
			self.goal.drop_step(step_row=self.row)
			self.assertEqual(self.goal.drop_step(step_row=self.row)["status"], "Dropped")
		self.assertIsNone(self.step().done_on)

	def test_c3_whose_a_step_is_is_said_by_nobody_else(self) -> None:
		with self.as_user(WORKER):
			name = self.goal.add_step(step="Buy a kettle", due_on=add_days(today(), 2))["step_row"]
		self.assertEqual((self.step(name).responsible, self.step(name).status), ("", "Open"))

	def test_a_step_added_twice_is_one(self) -> None:
		with self.as_user(WORKER):
			first = self.goal.add_step(step="Buy a kettle")
			self.assertEqual(self.goal.add_step(step="Buy a kettle"), first)

	def test_a_step_due_before_the_goal_begins_is_refused(self) -> None:
		with self.refused_to(WORKER, "Buy a kettle", "before the goal begins"):
			self.goal.add_step(step="Buy a kettle", due_on=add_days(today(), -1))

	def test_wrong_steps_are_refused(self) -> None:
		for values in ({"step": ""}, {"step": "x", "responsible": "Nobody"}, {"step": "x", "due_on": "soon"}):
			with self.subTest(values=values), self.refused_to(WORKER):
				self.goal.add_step(**values)

	def test_a_step_typed_into_the_form_is_open(self) -> None:
		with self.as_user(WORKER):
			goal = self.reload(self.goal)
			goal.append("steps", {"step": "Buy a kettle", "responsible": "Client"})
			goal.append("strategies", {"strategy": "Ask around"})
			goal.save()
		goal = self.reload(goal)
		self.assertEqual((goal.steps[-1].status, goal.strategies[-1].status), ("Open", "In Use"))

	def test_rule_5_the_last_step_of_an_active_plans_goal_is_not_taken_off(self) -> None:
		goal = frappe.get_doc("Support Goal", make_active_plan(self.case, "Save money").agreed_goals[-1].goal)
		with self.refused_to(WORKER, goal.name, "step or a strategy"):
			goal.steps, goal.strategies = [], []
			goal.save()


class TestFollowOn(SupportTestCase):
	def test_c40_the_goal_that_follows_keeps_plan_and_domain(self) -> None:
		plan = make_active_plan(self.case)
		goal = frappe.get_doc("Support Goal", plan.agreed_goals[0].goal)
		with self.as_user(WORKER):
			goal.achieve()
			name = goal.follow_on(goal="Keep it warm", horizon="Long")["goal"]
			self.assertEqual(goal.follow_on(goal="Keep it warm")["goal"], name)
		new = frappe.get_doc("Support Goal", name)
		self.assertEqual((new.follows_goal, new.plan, new.domain), (goal.name, plan.name, goal.domain))
		self.assertEqual((new.goal, new.horizon, new.status), ("Keep it warm", "Long", "Active"))

	def test_without_an_active_plan_it_is_proposed(self) -> None:
		goal = make_active_goal(self.case)
		with self.as_user(WORKER):
			name = goal.follow_on(goal="Keep it warm")["goal"]
		self.assertEqual(frappe.db.get_value("Support Goal", name, "status"), "Proposed")

	def test_it_has_words_of_its_own(self) -> None:
		goal = make_active_goal(self.case)
		with self.refused_to(WORKER, goal.name, "words"):
			goal.follow_on()
