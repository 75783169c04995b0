"""Two people work on one record: the second hears of the first, and nobody's words are dropped (L19, L25)."""

import frappe
from frappe.utils import add_days, today

from case_management.tests.factories import make_lead, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import get_next_meeting, make_active_goal, make_note

OTHER = "other@staff.example.org"
FORGOT, UNWELL = "Missed Meeting Reason-forgot", "Missed Meeting Reason-unwell"


class TwoTestCase(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		make_worker("other")
		self.goal = make_active_goal(self.case)
		with self.as_user(make_lead()):
			self.reload(self.case).add_team_member(user=OTHER, team_role="Co-worker")
		self.meeting = get_next_meeting(self.case)
		frappe.local.response.pop("unsaved_words", None)

	def act(self, user: str, method: str, **values) -> dict:
		with self.as_user(user):
			return getattr(self.reload(self.meeting), method)(**values)

	def hold(self, user: str, progress: str, **values) -> dict:
		goals = [{"goal": self.goal.name, "progress": progress, "client_rating": 6}]
		return self.act(user, "hold", goals=goals, **values)

	def get_unsaved(self) -> dict:
		return frappe.local.response.get("unsaved_words")


class TestSecondRecord(TwoTestCase):
	def test_life_l19_the_second_hears_who_recorded_it_and_gets_their_words_back(self) -> None:
		self.hold(WORKER, "Two rooms seen", summary="We looked at rooms.")
		with self.refused(self.meeting.name, "worker", "Held", "They found a flat", "Add them"):
			self.hold(OTHER, "They found a flat", summary="A flat.", decisions=["Move in May"])
		unsaved = self.get_unsaved()
		self.assertEqual(unsaved["goals"][0]["progress"], "They found a flat")
		self.assertEqual(
			(unsaved["summary"], unsaved["decisions"]), ("A flat.", [{"decision": "Move in May"}])
		)
		self.assertEqual(self.reload(self.meeting).goals[0].progress, "Two rooms seen")

	def test_life_l19_the_same_words_again_are_the_same_answer(self) -> None:
		said = {
			"held_on": today(),
			"summary": "We looked at rooms.",
			"participation": "Fully",
			"next_steps": [{"goal": self.goal.name, "step": "Ring", "due_on": add_days(today(), 3)}],
			"decisions": ["Look again"],
			"strategies": [{"goal": self.goal.name, "strategy": "Look at notices every Monday", "tried": 1}],
			"attendees": [{"kind": "Client", "attended": True}],
			"steps_done": [self.goal.steps[0].name],
			"next_meeting_on": f"{add_days(today(), 9)} 10:00:00",
			"feedback_asked": 1,
		}
		first = self.hold(WORKER, "Two rooms seen", **said)
		self.assertEqual(self.hold(WORKER, "Two rooms seen", **said), first)
		self.assertEqual(self.act(OTHER, "hold"), first)
		self.assertIsNone(self.get_unsaved())

	def test_life_l19_each_kind_of_words_that_is_not_in_it_comes_back(self) -> None:
		self.hold(WORKER, "Two rooms seen")
		for name, value in {
			"summary": "A flat.",
			"next_steps": [{"goal": self.goal.name, "step": "Ring"}],
			"attendees": [{"kind": "Interpreter", "attended": 1}],
			"steps_done": [self.goal.steps[0].name],
			"next_meeting_on": f"{add_days(today(), 9)} 10:00:00",
			"held_on": add_days(today(), -1),
		}.items():
			with self.subTest(name=name), self.refused(self.meeting.name):
				self.act(OTHER, "hold", **{name: value})
			self.assertEqual(list(self.get_unsaved()), [name])

	def test_life_l19_another_reason_for_a_missed_meeting_comes_back(self) -> None:
		self.act(WORKER, "miss", reason=FORGOT)
		self.act(OTHER, "miss", reason=FORGOT)
		with self.refused(self.meeting.name, "Missed", UNWELL):
			self.act(OTHER, "miss", reason=UNWELL)
		self.assertEqual(self.get_unsaved(), {"missed_reason": UNWELL})

	def test_life_l19_another_reason_for_a_cancelled_meeting_comes_back(self) -> None:
		self.act(WORKER, "cancel", reason="Public holiday")
		with self.refused(self.meeting.name, "Cancelled", "The client moved it"):
			self.act(OTHER, "cancel", reason="The client moved it")
		self.assertEqual(self.stored(self.meeting, "cancel_reason"), "Public holiday")


class TestWhatWasSeen(TwoTestCase):
	def test_life_l25_an_action_on_what_somebody_changed_meanwhile_gives_the_words_back(self) -> None:
		seen = str(self.stored(self.meeting, "modified"))
		with self.as_user(OTHER):
			meeting = self.reload(self.meeting)
			meeting.mode = "Phone"
			meeting.save()
		with self.refused(
			self.meeting.name, "other", "after you opened it", exception=frappe.TimestampMismatchError
		):
			self.hold(WORKER, "Two rooms seen", as_of=seen)
		self.assertEqual(self.get_unsaved()["goals"][0]["progress"], "Two rooms seen")
		self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")
		self.hold(WORKER, "Two rooms seen", as_of=str(self.stored(self.meeting, "modified")))
		self.assertEqual(self.stored(self.meeting, "status"), "Held")

	def test_life_l25_ones_own_change_is_no_surprise(self) -> None:
		seen = str(self.stored(self.meeting, "modified"))
		with self.as_user(WORKER):
			self.reload(self.meeting).prepare()
			meeting = self.reload(self.meeting)
			meeting.mode = "Phone"
			meeting.save()
		self.hold(WORKER, "Two rooms seen", as_of=seen)

	def test_life_l25_every_action_takes_what_was_seen(self) -> None:
		goal_seen, note = str(self.stored(self.goal, "modified")), make_note(self.case)
		with self.as_user(OTHER):
			goal = self.reload(self.goal)
			goal.need = "A roof"
			goal.save()
		with self.as_user(WORKER), self.refused(self.goal.name, exception=frappe.TimestampMismatchError):
			self.reload(self.goal).stop(reason="They moved", as_of=goal_seen)
		self.assertEqual(self.get_unsaved(), {"reason": "They moved"})
		self.assertIn("as_of", frappe.get_newargs(note.add_addendum, {"as_of": "x"}))

	def test_life_l25_a_time_that_is_none_is_refused_in_words(self) -> None:
		for wrong in ("yesterday", ["x"], 7):
			with self.subTest(wrong=wrong), self.refused(self.meeting.name, "as_of"):
				self.hold(WORKER, "Two rooms seen", as_of=wrong)
