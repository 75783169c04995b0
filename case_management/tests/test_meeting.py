"""Meetings: the cycle, the agenda, what a held meeting changes, and what stays as it was."""

import frappe
from frappe.utils import add_days, add_to_date, get_datetime, getdate, now_datetime, today

from case_management.case_management.meeting.meetings import (
	ensure_next_meeting,
	needs_meetings,
	schedule_meeting,
	update_next_meeting,
)
from case_management.tests.factories import make_case, make_client, make_program, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	get_words,
	make_active_goal,
	make_active_plan,
	make_meeting,
	make_support_case,
	make_support_program,
	set_setting,
)

FORGOT = "Missed Meeting Reason-forgot"


class MeetingTestCase(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.goal = make_active_goal(self.case)
		self.meeting = get_next_meeting(self.case)

	def hold(self, **values) -> dict:
		with self.as_user(WORKER):
			return self.meeting.hold(**get_words(self.case, **values))

	def count(self, **filters) -> int:
		return frappe.db.count("Case Meeting", {"client_case": self.case.name, **filters})


class TestCycle(SupportTestCase):
	def test_c21_an_active_case_of_a_compulsory_program_has_its_next_meeting(self) -> None:
		meeting = get_next_meeting(self.case)
		self.assertEqual(meeting.scheduled_on, get_datetime(f"{add_days(today(), 14)} 10:00:00"))
		self.assertEqual((meeting.worker, meeting.kind), (WORKER, "Case Management"))

	def test_c21_asked_again_it_is_the_same(self) -> None:
		name = get_next_meeting(self.case).name
		self.assertEqual(ensure_next_meeting(self.case.name), name)
		self.assertEqual(ensure_next_meeting(self.case.name, getdate()), name)

	def test_c21_the_fortnight_is_the_programs_own(self) -> None:
		program = make_support_program("Test Weekly", meeting_interval_days=7, meeting_time="15:30")
		case = make_support_case(make_client("Somebody Else"), program=program)
		self.assertEqual(
			get_next_meeting(case).scheduled_on, get_datetime(f"{add_days(today(), 7)} 15:30:00")
		)

	def test_the_next_meeting_is_never_in_the_past(self) -> None:
		frappe.db.delete("Case Meeting", {"client_case": self.case.name})
		name = ensure_next_meeting(self.case.name, getdate(add_days(today(), -29)))
		when = frappe.db.get_value("Case Meeting", name, "scheduled_on")
		self.assertEqual(when.date(), getdate(add_days(today(), 13)))

	def test_c19_a_voluntary_case_keeps_the_cycle_if_settings_say_so(self) -> None:
		program = make_support_program("Test Community", participation="Voluntary")
		case = make_support_case(make_client("Somebody Else"), program=program)
		set_setting("meetings_for_voluntary", 1)
		self.assertTrue(needs_meetings(case.name))
		set_setting("meetings_for_voluntary", 0)
		self.assertFalse(needs_meetings(case.name))

	def test_c19_a_case_that_opted_out_gets_none(self) -> None:
		set_setting("meetings_for_voluntary", 0)
		program = make_support_program("Test Community", participation="Voluntary")
		case = make_support_case(make_client("Somebody Else"), program=program)
		self.assertIsNone(ensure_next_meeting(case.name))

	def test_a_case_that_is_not_active_gets_none(self) -> None:
		case = make_case(make_client("Somebody Else"), make_program())
		self.assertIsNone(ensure_next_meeting(case.name))

	def test_client_and_case_manager_are_expected(self) -> None:
		attendees = get_next_meeting(self.case).attendees
		self.assertEqual(
			[(row.kind, row.user) for row in attendees], [("Client", None), ("Case Manager", WORKER)]
		)

	def test_c45_an_interpreter_is_required_where_the_client_needs_one(self) -> None:
		client = make_client("Somebody Else", interpreter_required=1, interpreter_language="Dari")
		self.assertEqual(get_next_meeting(make_support_case(client)).interpreter_required, 1)

	def test_the_case_shows_its_next_meeting(self) -> None:
		meeting = get_next_meeting(self.case)
		self.assertEqual(self.stored(self.case, "next_meeting_on"), meeting.scheduled_on)
		modified = self.stored(self.case, "modified")
		frappe.db.delete("Case Meeting", {"client_case": self.case.name})
		update_next_meeting(self.case.name)
		self.assertIsNone(self.stored(self.case, "next_meeting_on"))
		self.assertEqual(self.stored(self.case, "modified"), modified)


class TestScheduling(SupportTestCase):
	def test_a_meeting_is_scheduled_once(self) -> None:
		when = add_days(now_datetime().replace(microsecond=0), 3)
		with self.as_user(WORKER):
			first = self.case.schedule_meeting(scheduled_on=str(when), kind="Review")
			self.assertEqual(self.case.schedule_meeting(scheduled_on=str(when), kind="Review"), first)
		meeting = frappe.get_doc("Case Meeting", first["meeting"])
		self.assertEqual((meeting.kind, meeting.scheduled_on), ("Review", when))

	def test_a_meeting_has_a_time(self) -> None:
		for when in (None, "", "next week"):
			with self.subTest(when=when), self.refused_to(WORKER, self.case.name):
				schedule_meeting(self.case, when)

	def test_a_kind_that_does_not_exist_is_refused(self) -> None:
		with self.refused_to(WORKER, "Party"):
			schedule_meeting(self.case, add_days(now_datetime(), 1), "Party")

	def test_a_pending_case_has_no_meetings(self) -> None:
		case = make_case(make_client("Somebody Else"))
		with self.refused_to(WORKER, case.name, "Pending"):
			schedule_meeting(case, add_days(now_datetime(), 1))

	def test_a_meeting_before_the_case_opened_is_refused(self) -> None:
		with self.refused_to(WORKER, "before the case opened"):
			schedule_meeting(self.case, add_days(now_datetime(), -31))

	def test_a_meeting_moves_to_a_time_to_come(self) -> None:
		meeting = get_next_meeting(self.case)
		when = add_days(now_datetime().replace(microsecond=0), 2)
		with self.as_user(WORKER):
			meeting.reschedule(scheduled_on=when)
		self.assertEqual(self.stored(meeting, "scheduled_on"), when)
		self.assertEqual(self.stored(self.case, "next_meeting_on"), when)

	def test_a_meeting_does_not_move_to_the_past_or_nowhere(self) -> None:
		meeting = get_next_meeting(self.case)
		for when in (add_to_date(now_datetime(), hours=-1), None, "later"):
			with self.subTest(when=when), self.refused_to(WORKER, meeting.name):
				meeting.reschedule(scheduled_on=when)

	def test_a_plain_change_does_not_move_it_to_the_past_either(self) -> None:
		meeting = get_next_meeting(self.case)
		with self.refused_to(WORKER, meeting.name, "passed"):
			meeting.scheduled_on = add_days(now_datetime(), -1)
			meeting.save()

	def test_a_held_meeting_does_not_move(self) -> None:
		meeting = get_next_meeting(self.case)
		with self.as_user(WORKER):
			meeting.hold(**get_words(self.case))
		with self.refused_to(WORKER, meeting.name, "Held"):
			meeting.reschedule(scheduled_on=add_days(now_datetime(), 1))


class TestAgenda(MeetingTestCase):
	def test_c39_each_active_goal_has_a_row(self) -> None:
		self.assertEqual(
			[(row.goal, row.goal_text) for row in self.meeting.goals], [(self.goal.name, "A place of my own")]
		)

	def test_c42_each_strategy_in_use_has_a_row(self) -> None:
		rows = [(row.goal, row.strategy) for row in self.meeting.strategies]
		self.assertEqual(rows, [(self.goal.name, "Look at notices every Monday")])

	def test_a_meeting_written_by_hand_has_them_too(self) -> None:
		meeting = make_meeting(self.case)
		self.assertEqual([row.goal for row in meeting.goals], [self.goal.name])

	def test_prepare_brings_back_a_row_and_keeps_what_was_typed(self) -> None:
		other = make_active_goal(self.case, "Save money")
		with self.as_user(WORKER):
			meeting = self.reload(self.meeting)
			meeting.goals[0].progress = "Went to see two rooms"
			meeting.set("goals", [meeting.goals[0]])
			meeting.save()
			self.assertEqual(meeting.prepare()["goals"], 2)
		rows = self.reload(meeting).goals
		self.assertEqual([row.goal for row in rows], [self.goal.name, other.name])
		self.assertEqual((rows[0].progress, [row.idx for row in rows]), ("Went to see two rooms", [1, 2]))

	def test_prepare_takes_a_strategy_that_was_stopped_off(self) -> None:
		frappe.db.set_value("Goal Strategy", self.goal.strategies[0].name, "status", "Stopped")
		with self.as_user(WORKER):
			self.meeting.prepare()
		self.assertEqual(self.reload(self.meeting).strategies, [])

	def test_prepare_leaves_a_held_meeting_as_it_was(self) -> None:
		self.hold()
		make_active_goal(self.case, "Save money")
		with self.as_user(WORKER):
			self.assertEqual(self.meeting.prepare()["goals"], 1)

	def test_a_goal_is_refused_twice(self) -> None:
		with self.refused_to(WORKER, self.goal.name, "twice"):
			self.meeting.append("goals", {"goal": self.goal.name})
			self.meeting.save()

	def test_another_clients_goal_is_refused(self) -> None:
		goal = make_active_goal(make_support_case(make_client("Somebody Else")))
		with self.refused_to(WORKER, goal.name):
			self.meeting.append("goals", {"goal": goal.name})
			self.meeting.save()

	def test_c47_whom_the_client_did_not_invite_does_not_come(self) -> None:
		kinds = (
			"Support Person",
			"Advocate",
			"Family Member",
			"Trusted Friend",
			"Worker From Another Agency",
		)
		for kind in kinds:
			with self.subTest(kind=kind), self.refused_to(WORKER, kind, "invitation"):
				meeting = self.reload(self.meeting)
				meeting.append("attendees", {"kind": kind, "person_name": "Kim"})
				meeting.save()

	def test_c47_whom_the_client_invited_comes(self) -> None:
		row = {
			"kind": "Trusted Friend",
			"person_name": "Kim",
			"invited_by_client": 1,
			"may_discuss": "Housing",
		}
		with self.as_user(WORKER):
			self.meeting.append("attendees", row)
			self.meeting.save()
		self.assertEqual(self.reload(self.meeting).attendees[-1].may_discuss, "Housing")


class TestHold(MeetingTestCase):
	def test_c7_the_clients_rating_goes_into_the_goal(self) -> None:
		row = {"client_rating": 6, "worker_rating": "4", "level": -1, "responsibility": "Client With Support"}
		self.hold(goals=[{"goal": self.goal.name, "progress": "Two rooms seen", **row}])
		goal = self.reload(self.goal)
		self.assertEqual((goal.client_rating, goal.worker_rating, goal.current_level), ("6", "4", "-1"))
		self.assertEqual((goal.responsibility, goal.last_discussed_on), ("Client With Support", getdate()))

	def test_c31_a_goal_nothing_was_said_of_keeps_its_rating(self) -> None:
		self.hold(goals=[{"goal": self.goal.name, "client_rating": 6}])
		self.meeting = get_next_meeting(self.case)
		self.hold()
		self.assertEqual(self.stored(self.goal, "client_rating"), "6")

	def test_a_meeting_recorded_late_does_not_overwrite_a_later_one(self) -> None:
		earlier = make_meeting(self.case, scheduled_on=add_days(now_datetime(), -5))
		self.hold(goals=[{"goal": self.goal.name, "client_rating": 6}])
		with self.as_user(WORKER):
			earlier.hold(held_on=add_days(today(), -5), goals=[{"goal": self.goal.name, "client_rating": 2}])
		self.assertEqual(self.stored(self.goal, "client_rating"), "6")

	def test_rule_6_a_plain_hold_has_a_row_for_each_active_goal(self) -> None:
		meeting = self.reload(self.meeting)
		meeting.set("goals", [])
		meeting.save()
		with self.refused_to(WORKER, self.goal.name):
			meeting.hold(participation="Fully")
		self.hold()
		self.assertEqual([row.goal for row in self.reload(self.meeting).goals], [self.goal.name])

	def test_rule_6_the_workflows_own_button_does_the_same(self) -> None:
		meeting = self.reload(self.meeting)
		meeting.set("goals", [])
		meeting.participation = "Fully"
		meeting.save()
		with self.refused_to(WORKER, self.goal.name):
			frappe.model.workflow.apply_workflow(self.reload(meeting), "Record as Held")
		meeting = self.reload(meeting)
		meeting.append("goals", {"goal": self.goal.name, "progress": "Two rooms seen"})
		meeting.save()
		with self.as_user(WORKER):
			frappe.model.workflow.apply_workflow(self.reload(meeting), "Record as Held")
		meeting = self.reload(meeting)
		self.assertEqual(
			([row.goal for row in meeting.goals], meeting.held_on), ([self.goal.name], getdate())
		)
		self.assertTrue(meeting.next_meeting)

	def test_rule_6_holding_makes_the_next_meeting_a_fortnight_later(self) -> None:
		answer = self.hold()
		following = frappe.get_doc("Case Meeting", answer["next_meeting"])
		self.assertEqual(following.scheduled_on, get_datetime(add_days(self.meeting.scheduled_on, 14)))
		self.assertEqual((following.previous_meeting, following.status), (self.meeting.name, "Scheduled"))
		self.assertEqual([row.goal for row in following.goals], [self.goal.name])

	def test_holding_twice_gives_the_same_answer_and_one_next_meeting(self) -> None:
		steps = [{"goal": self.goal.name, "step": "Ring again"}]
		first = self.hold(next_steps=steps)
		self.assertEqual(self.hold(next_steps=steps), first)
		self.assertEqual(self.count(status="Scheduled"), 1)
		self.assertEqual(len(self.reload(self.goal).steps), 2)

	def test_the_next_meeting_is_when_the_client_said(self) -> None:
		when = add_days(now_datetime().replace(microsecond=0), 5)
		name = self.hold(next_meeting_on=str(when))["next_meeting"]
		self.assertEqual(frappe.db.get_value("Case Meeting", name, "scheduled_on"), when)

	def test_a_next_meeting_in_the_past_is_refused(self) -> None:
		with self.refused(self.meeting.name, "passed"):
			self.hold(next_meeting_on=add_days(now_datetime(), -1))
		self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")

	def test_a_meeting_already_scheduled_is_the_next_one(self) -> None:
		other = make_meeting(self.case, scheduled_on=add_days(now_datetime(), 20))
		self.assertEqual(self.hold()["next_meeting"], other.name)
		self.assertEqual(self.count(status="Scheduled"), 1)

	def test_c40_an_achieved_goal_leads_to_the_next(self) -> None:
		plan = make_active_plan(self.case, "Save money")
		goal = frappe.get_doc("Support Goal", {"plan": plan.name, "goal": "Save money"})
		row = {"goal": goal.name, "outcome": "Achieved", "follow_on_goal": "Save for a trip"}
		self.meeting = self.reload(self.meeting)
		answer = self.hold(goals=[row])
		new = frappe.get_doc("Support Goal", {"follows_goal": goal.name})
		self.assertEqual(
			(self.stored(goal, "status"), self.stored(goal, "achieved_on")), ("Achieved", getdate())
		)
		self.assertEqual((new.goal, new.status, new.plan), ("Save for a trip", "Active", plan.name))
		agenda = [row.goal for row in frappe.get_doc("Case Meeting", answer["next_meeting"]).goals]
		self.assertIn(new.name, agenda)
		self.assertNotIn(goal.name, agenda)

	def test_an_outcome_changes_the_goals_status(self) -> None:
		for outcome in ("Sustaining", "On Hold", "Stopped"):
			with self.subTest(outcome=outcome):
				goal = make_active_goal(self.case, f"Goal {outcome}")
				self.meeting = get_next_meeting(self.case)
				self.hold(goals=[{"goal": goal.name, "outcome": outcome, "progress": "As we said"}])
				self.assertEqual(self.stored(goal, "status"), outcome)
				self.assertEqual(self.stored(goal, "status_reason"), "As we said")

	def test_c42_what_worked_is_kept_and_what_did_not_is_changed(self) -> None:
		row = {"goal": self.goal.name, "strategy": "Look at notices every Monday"}
		said = {"tried": 1, "effectiveness": "Partly", "decision": "Change", "change_to": "Ask friends"}
		self.hold(strategies=[{**row, **said}])
		strategies = self.reload(self.goal).strategies
		self.assertEqual(
			[(row.strategy, row.status) for row in strategies],
			[("Look at notices every Monday", "Changed"), ("Ask friends", "In Use")],
		)
		self.assertEqual(
			(strategies[0].effectiveness, strategies[0].last_discussed_on), ("Partly", getdate())
		)

	def test_c42_a_strategy_is_kept_or_stopped(self) -> None:
		for decision, status in (("Keep", "In Use"), ("Stop", "Stopped")):
			with self.subTest(decision=decision):
				self.meeting = get_next_meeting(self.case)
				row = self.meeting.strategies[0].strategy_row
				self.hold(strategies=[{"strategy_row": row, "decision": decision}])
				self.assertEqual(self.reload(self.goal).strategies[0].status, status)

	def test_c42_a_change_says_to_what(self) -> None:
		row = {"goal": self.goal.name, "strategy": "Look at notices every Monday", "decision": "Change"}
		with self.refused(self.meeting.name, "changes to nothing"):
			self.hold(strategies=[row])

	def test_next_steps_and_decisions_are_kept(self) -> None:
		step = {
			"goal": self.goal.name,
			"step": "Ring again",
			"responsible": "Worker",
			"due_on": add_days(today(), 2),
		}
		self.hold(
			next_steps=[step],
			decisions=["We look further out", {"decision": "Ask", "decided_by": "Together"}],
		)
		added = self.reload(self.goal).steps[-1]
		self.assertEqual((added.step, added.responsible, added.status), ("Ring again", "Worker", "Open"))
		decisions = [(row.decision, row.decided_by) for row in self.reload(self.meeting).decisions]
		self.assertEqual(decisions, [("We look further out", ""), ("Ask", "Together")])

	def test_c21_who_attended_is_kept_in_the_rows_there_are(self) -> None:
		friend = {"kind": "Trusted Friend", "person_name": "Kim", "invited_by_client": 1, "attended": 1}
		self.hold(attendees=[{"kind": "Client", "attended": 1}, friend])
		rows = [(row.kind, row.attended) for row in self.reload(self.meeting).attendees]
		self.assertEqual(rows, [("Client", 1), ("Case Manager", 0), ("Trusted Friend", 1)])

	def test_rows_may_come_as_json(self) -> None:
		self.hold(goals=frappe.as_json([{"goal": self.goal.name, "client_rating": 0}]))
		self.assertEqual(self.stored(self.goal, "client_rating"), "0")

	def test_b19_summary_and_participation_are_kept(self) -> None:
		self.hold(summary="We look further out.", participation="Fully")
		meeting = self.reload(self.meeting)
		self.assertEqual((meeting.summary, meeting.participation), ("We look further out.", "Fully"))

	def test_b18_a_review_moves_the_plans_next_review(self) -> None:
		plan = make_active_plan(self.case, "Save money")
		frappe.db.set_value("Support Plan", plan.name, "review_due", add_days(today(), 1))
		self.meeting = make_meeting(self.case, kind="Review")
		self.hold(participation="Fully")
		self.assertEqual(self.stored(plan, "review_due"), getdate(add_days(today(), 90)))

	def test_b18_another_meeting_does_not(self) -> None:
		plan = make_active_plan(self.case, "Save money")
		due = self.stored(plan, "review_due")
		self.meeting = self.reload(self.meeting)
		self.hold(held_on=add_days(today(), -1))
		self.assertEqual(self.stored(plan, "review_due"), due)


class TestBadHold(MeetingTestCase):
	def test_what_it_does_not_know_is_refused_and_nothing_stored(self) -> None:
		other = make_active_goal(make_support_case(make_client("Somebody Else")))
		goal = self.goal.name
		wrong = {
			"an unknown goal": {"goals": [{"goal": "GOAL-NONE", "client_rating": 5}]},
			"no goal": {"goals": [{"client_rating": 5}]},
			"another client's goal": {"goals": [{"goal": other.name, "client_rating": 5}]},
			"a goal twice": {"goals": [{"goal": goal}, {"goal": goal}]},
			"a rating off the scale": {"goals": [{"goal": goal, "client_rating": 11}]},
			"a level off the scale": {"goals": [{"goal": goal, "level": 3}]},
			"an unknown outcome": {"goals": [{"goal": goal, "outcome": "Failed"}]},
			"an unknown impediment": {"goals": [{"goal": goal, "impediment": "Laziness"}]},
			"an unknown field": {"goals": [{"goal": goal, "parent": "x"}]},
			"no rows": {"goals": "garbage"},
			"no object": {"goals": [7]},
			"an unknown strategy": {"strategies": [{"goal": goal, "strategy": "Wait"}]},
			"an empty strategy": {"strategies": [{}]},
			"a step without words": {"next_steps": [{"goal": goal}]},
			"a step of another client's goal": {"next_steps": [{"goal": other.name, "step": "x"}]},
			"a step due on no date": {"next_steps": [{"goal": goal, "step": "x", "due_on": "soon"}]},
			"a step due before the goal began": {
				"next_steps": [{"goal": goal, "step": "x", "due_on": add_days(today(), -9)}]
			},
			"somebody uninvited": {"attendees": [{"kind": "Advocate", "person_name": "Kim"}]},
			"nobody": {"attendees": [{}]},
			"an empty step": {"next_steps": [{}]},
			"an empty decision": {"decisions": [{}]},
			"a decision by nobody": {"decisions": [{"decision": "x", "decided_by": "Nobody"}]},
			"a day to come": {"held_on": add_days(today(), 1)},
			"a day before the case": {"held_on": add_days(today(), -31)},
			"no day": {"held_on": "Tuesday"},
			"no time": {"next_meeting_on": "whenever"},
			"an unknown participation": {"participation": "Somehow"},
		}
		for what, values in wrong.items():
			with self.subTest(what=what), self.refused():
				self.hold(**values)
			self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")
			self.assertEqual(len(self.reload(self.goal).steps), 1)
			self.assertFalse(self.stored(self.goal, "client_rating"))

	def test_an_argument_it_does_not_take_is_refused(self) -> None:
		with self.refused(self.meeting.name, "hold"):
			self.hold(party=1)

	def test_somebody_elses_worker_holds_nothing(self) -> None:
		with self.as_user(make_worker("other")), self.refused(exception=frappe.PermissionError):
			self.meeting.hold()
		self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")

	def test_a_goal_the_outcome_does_not_fit_is_named(self) -> None:
		self.goal.stop(reason="Not now")
		with self.refused(self.goal.name, "Stopped", "Achieved"):
			self.hold(goals=[{"goal": self.goal.name, "outcome": "Achieved"}])


class TestNotHeld(MeetingTestCase):
	def test_c21_a_missed_meeting_has_a_coded_reason(self) -> None:
		for reason in (None, "Forgot", "Impediment-health"):
			with self.subTest(reason=reason), self.refused_to(WORKER, "Missed Meeting Reason"):
				self.meeting.miss(reason=reason)

	def test_c21_after_a_missed_one_there_is_a_next(self) -> None:
		with self.as_user(WORKER):
			answer = self.meeting.miss(reason=FORGOT)
			self.assertEqual(self.meeting.miss(reason=FORGOT), answer)
		following = frappe.get_doc("Case Meeting", answer["next_meeting"])
		self.assertEqual(following.scheduled_on, get_datetime(add_days(self.meeting.scheduled_on, 14)))
		self.assertEqual(self.stored(self.meeting, "missed_on"), getdate())
		self.assertEqual(self.count(status="Scheduled"), 1)

	def test_a_missed_meeting_changes_no_goal(self) -> None:
		self.meeting.goals[0].client_rating = 9
		self.meeting.save()
		with self.as_user(WORKER):
			self.meeting.miss(reason=FORGOT)
		self.assertFalse(self.stored(self.goal, "client_rating"))

	def test_a_cancelled_meeting_has_a_reason_and_a_next(self) -> None:
		with self.refused_to(WORKER, self.meeting.name, "reason"):
			self.meeting.cancel()
		with self.as_user(WORKER):
			answer = self.meeting.cancel(reason="Public holiday")
		self.assertEqual(answer["status"], "Cancelled")
		self.assertEqual(self.count(status="Scheduled"), 1)

	def test_the_workflows_own_button_asks_for_the_reason_too(self) -> None:
		with self.refused_to(WORKER, "Missed Meeting Reason"):
			frappe.model.workflow.apply_workflow(self.reload(self.meeting), "Record as Missed")

	def test_a_reason_typed_into_the_form_is_enough_for_the_button(self) -> None:
		with self.as_user(WORKER):
			meeting = self.reload(self.meeting)
			meeting.missed_reason = FORGOT
			meeting.save()
			frappe.model.workflow.apply_workflow(self.reload(meeting), "Record as Missed")
		self.assertEqual(self.stored(self.meeting, "status"), "Missed")

	def test_a_missed_meeting_is_not_held_afterwards(self) -> None:
		with self.as_user(WORKER):
			self.meeting.miss(reason=FORGOT)
		with self.refused(self.meeting.name, "Missed", "Held"):
			self.hold()


class TestKept(MeetingTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.hold()
		self.held = self.reload(self.meeting)

	def change(self, **values) -> None:
		with self.as_user(WORKER):
			self.held.update(values)
			self.held.save()

	def test_a_held_meeting_is_not_changed(self) -> None:
		wrong = {
			"scheduled_on": add_days(now_datetime(), 3),
			"held_on": add_days(today(), -1),
			"mode": "Phone",
		}
		for field, value in wrong.items():
			with self.subTest(field=field), self.refused(self.held.name, "Held"):
				self.held = self.reload(self.meeting)
				self.change(**{field: value})

	def test_its_rows_are_not_changed_either(self) -> None:
		with self.refused(self.held.name, "Goals"):
			self.held.goals[0].client_rating = 9
			self.change()

	def test_summary_and_notes_are_added_afterwards(self) -> None:
		self.change(summary="In plain words", summary_given_on=today(), notes="<p>Long talk</p>")
		self.assertEqual(self.stored(self.held, "summary"), "In plain words")

	def test_notes_are_added_for_the_days_of_settings_only(self) -> None:
		frappe.db.set_value("Case Meeting", self.held.name, "held_on", add_days(today(), -8))
		self.held = self.reload(self.meeting)
		with self.refused(self.held.name, "Notes"):
			self.change(notes="<p>Long talk</p>")
		self.held = self.reload(self.meeting)
		self.change(summary="In plain words")
		self.assertEqual(self.stored(self.held, "summary"), "In plain words")
