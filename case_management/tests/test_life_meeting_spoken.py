"""A held meeting is spoken: each goal has words or a reason, what is in the way is carried on (C16, C39, C41, C42)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.plan.progress import get_history
from case_management.case_management.report.impediments.impediments import execute as count_impediments
from case_management.case_management.report.meeting_attendance.meeting_attendance import (
	execute as count_meetings,
)
from case_management.case_management.report.personal_responsibility.personal_responsibility import (
	execute as count_responsibility,
)
from case_management.tests.factories import make_lead
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import NO_TIME, get_next_meeting, make_active_goal, make_meeting

NO_SERVICE, HEALTH = "Impediment-no-service", "Impediment-health"
THERE = [{"kind": "Client", "attended": 1}]


class SpokenTestCase(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.goal = make_active_goal(self.case)
		self.meeting = get_next_meeting(self.case)

	def hold(self, meeting: Document | None = None, **values) -> dict:
		with self.as_user(WORKER):
			return self.reload(meeting or self.meeting).hold(**{"attendees": THERE, **values})

	def say(self, **values) -> dict:
		return {"goal": self.goal.name, **values}

	def count(self, execute: object, **filters: object) -> list[dict]:
		with self.as_user(make_lead()):
			return execute({"from_date": add_days(today(), -60), "program": self.case.program, **filters})[1]


class TestEachGoal(SpokenTestCase):
	def test_life_l24_a_meeting_without_words_names_all_goals_that_lack_them(self) -> None:
		other = make_active_goal(self.case, "Save money")
		with self.refused(self.meeting.name, self.goal.name, other.name, "Save money", "not discussed"):
			self.hold()
		self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")

	def test_life_l24_nobody_present_is_asked_for_in_the_same_message(self) -> None:
		with self.refused(self.goal.name, "Nobody is marked as present", "who was there"):
			self.hold(attendees=[])

	def test_life_l24_where_the_client_rated_or_took_part_they_were_there(self) -> None:
		self.hold(attendees=[], goals=[self.say(client_rating=5)])
		self.assertEqual(
			[row.kind for row in self.reload(self.meeting).attendees if row.attended], ["Client"]
		)

	def test_life_l24_a_word_a_rating_or_a_reason_is_enough(self) -> None:
		for said in (
			{"progress": "Two rooms seen"},
			{"client_words": "I am tired of looking"},
			{"client_rating": "0"},
			{"worker_rating": 3},
			{"level": "-1"},
			{"not_discussed_reason": NO_TIME},
		):
			with self.subTest(said=said):
				meeting = make_meeting(self.case)
				self.assertEqual(self.hold(meeting, goals=[self.say(**said)])["status"], "Held")

	def test_life_l24_words_and_a_reason_for_none_do_not_go_together(self) -> None:
		with self.refused(self.goal.name, "Keep one"):
			self.hold(goals=[self.say(progress="Two rooms seen", not_discussed_reason=NO_TIME)])

	def test_life_l24_a_note_on_a_reason_is_no_reason(self) -> None:
		with self.refused(self.goal.name, "Nothing is recorded"):
			self.hold(goals=[self.say(not_discussed_note="We ran late")])

	def test_life_l24_a_code_of_another_list_is_no_reason(self) -> None:
		with self.refused("Reason a Goal Was Not Discussed"):
			self.hold(goals=[self.say(not_discussed_reason=HEALTH)])

	def test_life_l24_a_goal_that_was_not_discussed_counts_as_such_nowhere(self) -> None:
		self.hold(goals=[self.say(not_discussed_reason=NO_TIME)])
		goal = self.reload(self.goal)
		self.assertIsNone(goal.last_discussed_on)
		self.assertIsNone(goal.strategies[0].last_discussed_on)
		self.assertEqual(get_history([goal.name]), {})
		self.assertEqual(self.count(count_responsibility), [])
		frappe.db.set_value("Case Meeting", self.meeting.name, "scheduled_on", add_days(today(), -1))
		(row,) = self.count(count_meetings)
		self.assertEqual((row["goals"], row["discussed"], row["goals_share"]), (1, 0, 0))

	def test_life_l24_a_blank_row_of_an_older_meeting_is_not_counted_either(self) -> None:
		self.hold(goals=[self.say(not_discussed_reason=NO_TIME)])
		frappe.db.set_value("Meeting Goal", {"parent": self.meeting.name}, "not_discussed_reason", None)
		self.assertEqual(self.count(count_responsibility), [])

	def test_life_c39_goals_talked_about_are_counted(self) -> None:
		make_active_goal(self.case, "Save money")
		goals = [row.goal for row in self.reload(self.meeting).goals]
		first, second = ({"goal": goal} for goal in goals)
		self.hold(goals=[{**first, "client_rating": 4}, {**second, "not_discussed_reason": NO_TIME}])
		frappe.db.set_value("Case Meeting", self.meeting.name, "scheduled_on", add_days(today(), -1))
		(row,) = self.count(count_meetings)
		self.assertEqual((row["goals"], row["discussed"]), (2, 1))


class TestImpediment(SpokenTestCase):
	def test_life_c41_what_is_in_the_way_is_carried_to_the_goal_and_shown_next_time(self) -> None:
		said = self.say(impediment=HEALTH, impediment_note="The knee")
		following = self.hold(held_on=add_days(today(), -1), goals=[said])["next_meeting"]
		goal = self.reload(self.goal)
		self.assertEqual((goal.impediment, goal.impediment_note), (HEALTH, "The knee"))
		self.assertEqual(str(goal.impediment_since), add_days(today(), -1))
		shown = frappe.get_doc("Case Meeting", following).goals[0].impediment_before
		self.assertIn("Health", shown)
		self.assertIn("The knee", shown)

	def test_life_c41_it_stays_until_it_is_said_to_be_overcome(self) -> None:
		following = self.hold(goals=[self.say(impediment=HEALTH)])["next_meeting"]
		meeting = frappe.get_doc("Case Meeting", following)
		following = self.hold(meeting, goals=[self.say(client_rating=3)])["next_meeting"]
		self.assertEqual(self.stored(self.goal, "impediment"), HEALTH)
		meeting = frappe.get_doc("Case Meeting", following)
		following = self.hold(meeting, goals=[self.say(impediment_overcome=1)])["next_meeting"]
		self.assertIsNone(self.stored(self.goal, "impediment"))
		self.assertFalse(frappe.get_doc("Case Meeting", following).goals[0].impediment_before)

	def test_life_c16_want_of_a_service_is_an_unmet_need_once(self) -> None:
		said = self.say(impediment=NO_SERVICE, impediment_note="No dentist in town")
		following = self.hold(held_on=add_days(today(), -1), goals=[said])["next_meeting"]
		self.hold(frappe.get_doc("Case Meeting", following), goals=[said])
		fields = ["description", "client_case", "needed_on"]
		(need,) = frappe.get_all("Unmet Need", {"goal": self.goal.name}, fields)
		self.assertEqual((need.description, need.client_case), ("No dentist in town", self.case.name))
		self.assertEqual(str(need.needed_on), add_days(today(), -1))

	def test_life_c41_another_impediment_is_no_unmet_need(self) -> None:
		self.hold(goals=[self.say(impediment=HEALTH)])
		self.assertFalse(frappe.db.exists("Unmet Need", {"goal": self.goal.name}))

	def test_life_c41_impediments_are_counted(self) -> None:
		said = [self.say(impediment=NO_SERVICE, progress="Rang three")]
		following = self.hold(held_on=add_days(today(), -1), goals=said)["next_meeting"]
		self.hold(frappe.get_doc("Case Meeting", following), goals=[self.say(impediment=NO_SERVICE)])
		make_meeting(self.case)  # not held
		(row,) = self.count(count_impediments)
		self.assertEqual(row["impediment"], "No service available")
		self.assertEqual((row["times"], row["goals"], row["cases"]), (2, 1, 1))

	def test_life_c41_one_written_into_the_goal_itself_is_shown_too(self) -> None:
		with self.as_user(WORKER):
			goal = self.reload(self.goal)
			goal.update({"impediment": NO_SERVICE, "impediment_note": "No dentist"})
			goal.save()
		self.assertEqual(self.stored(self.goal, "impediment_since"), getdate())
		self.assertIn("No dentist", self.reload(self.meeting).goals[0].impediment_before)
		self.assertTrue(frappe.db.exists("Unmet Need", {"goal": self.goal.name}))


class TestStrategyOnOtherAgendas(SpokenTestCase):
	def change(self) -> None:
		row = self.reload(self.meeting).strategies[0].strategy_row
		said = {"strategy_row": row, "decision": "Change", "change_to": "Ask friends"}
		self.hold(goals=[self.say(progress="Slow")], strategies=[said])

	def get_in_use(self) -> list[str]:
		return [row.strategy for row in self.reload(self.goal).strategies if row.status == "In Use"]

	def test_life_l24_a_changed_strategy_is_changed_on_every_scheduled_agenda(self) -> None:
		other = make_meeting(self.case, scheduled_on=f"{add_days(today(), 20)} 09:00:00")
		self.change()
		self.assertEqual([row.strategy for row in self.reload(other).strategies], ["Ask friends"])
		self.hold(other, goals=[self.say(progress="Better")])
		self.assertEqual(self.get_in_use(), ["Ask friends"])

	def test_life_l24_what_was_typed_before_does_not_put_the_old_one_back(self) -> None:
		other = make_meeting(self.case, scheduled_on=f"{add_days(today(), 20)} 09:00:00")
		other.strategies[0].update({"tried": 1, "decision": "Keep"})
		other.save()
		self.change()
		self.hold(other, goals=[self.say(progress="Better")])
		self.assertEqual(self.get_in_use(), ["Ask friends"])

	def test_life_l24_a_strategy_stopped_on_the_goal_leaves_the_agenda(self) -> None:
		with self.as_user(WORKER):
			goal = self.reload(self.goal)
			goal.strategies[0].status = "Stopped"
			goal.save()
		self.assertEqual(self.reload(self.meeting).strategies, [])
