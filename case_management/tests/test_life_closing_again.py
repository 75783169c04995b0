"""A case that closes a second time, in the order of its days, by a death, and leaves nothing behind (L10, L11, L12, L26)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.reminders.contact import get_without_contact
from case_management.case_management.voice.feedback import get_cases_to_ask
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_lead, make_program, make_worker
from case_management.tests.plan_factories import get_words, make_child_case, make_meeting, make_note

FOLLOW_UP, CASE = "Case Follow Up", "Client Case"


class ClosingTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()

	def act(self, method: str, user: str | None = None, **values) -> dict:
		with self.as_user(user or make_worker()):
			return getattr(frappe.get_doc(CASE, self.case.name), method)(**values)

	def close(self, **values) -> dict:
		given = {"end_reason": "Support Period End Reason-1", "destination": "Exit Destination-410"}
		return self.act("close", **{**given, "cancel_meetings": 1, **values})

	def agree_exit_plan(self, due_on: str) -> Document:
		name = self.act("plan_exit")["exit_plan"]
		with self.as_user(make_worker()):
			plan = frappe.get_doc("Exit Plan", name)
			plan.update({"follow_up_assessed": "Together", "follow_up_needed": 1, "follow_up_consent": 1})
			plan.set("follow_ups", [{"due_on": due_on, "way": "Phone"}])
			plan.save()
			plan.agree(how="Spoken", participation="Fully")
		self.act("offer_evaluation", answer="Declined")
		return plan

	def get_follow_ups(self, status: str) -> list[str]:
		filters = {"client_case": self.case.name, "status": status}
		return [str(day) for day in frappe.get_all(FOLLOW_UP, filters, pluck="due_on")]


class TestSecondClosure(ClosingTestCase):
	def test_life_l10_the_new_exit_plans_follow_ups_are_made(self) -> None:
		first, second = add_days(today(), 20), add_days(today(), 40)
		self.agree_exit_plan(first)
		self.close()
		self.assertEqual(self.get_follow_ups("Due"), [first])
		self.act("reopen", user=make_lead(), reason="Lost the flat")
		self.assertEqual(self.get_follow_ups("Due"), [])
		self.agree_exit_plan(second)
		self.close()
		self.assertEqual(self.get_follow_ups("Due"), [second])

	def test_life_l26_a_closed_case_has_no_next_meeting(self) -> None:
		self.assertTrue(self.stored(self.case, "next_meeting_on"))
		self.agree_exit_plan(add_days(today(), 20))
		self.close()
		self.assertIsNone(self.stored(self.case, "next_meeting_on"))


class TestOrderOfDays(ClosingTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case.db_set("opened_on", add_days(today(), -90))
		self.agree_exit_plan(add_days(today(), 20))

	def test_life_l12_a_case_does_not_close_before_its_last_note(self) -> None:
		note = make_note(self.case)
		with self.refused(self.case.name, "dated after the closure", note.name, "later day of closure"):
			self.close(closed_on=add_days(today(), -40))
		self.assertEqual(self.stored(self.case, "status"), "Exit Planning")

	def test_life_l12_everything_of_later_days_is_named_at_once(self) -> None:
		note, meeting = make_note(self.case), make_meeting(self.case)
		with self.as_user(make_worker()):
			frappe.get_doc("Case Meeting", meeting.name).hold(**get_words(self.case))
		with self.refused(note.name, meeting.name):
			self.close(closed_on=add_days(today(), -40))

	def test_life_l12_a_closure_recorded_late_takes_nobodys_access_away_at_once(self) -> None:
		frappe.db.delete("Case Meeting", {"client_case": self.case.name})
		answer = self.close(closed_on=add_days(today(), -60))
		self.assertGreaterEqual(getdate(answer["team_access_until"]), getdate())
		self.assertTrue(self.sees_record(make_worker(), CASE, self.case.name))


class TestDeath(ClosingTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.agree_exit_plan(add_days(today(), 3))

	def die(self, **values) -> dict:
		return self.close(
			**{"end_reason": get_died("Support Period End Reason"), "destination": None, **values}
		)

	def test_life_l11_nothing_is_planned_for_who_died(self) -> None:
		self.assertEqual(self.die()["follow_ups"], [])
		self.assertEqual(self.get_follow_ups("Due"), [])
		self.assertEqual(str(frappe.db.get_value("Client", self.case.client, "died_on")), today())

	def test_life_l11_the_destination_follows_and_agrees(self) -> None:
		with self.refused(self.case.name, "do not agree on whether the client died"):
			self.die(destination="Exit Destination-410")
		self.die()
		self.assertEqual(self.stored(self.case, "destination"), get_died("Exit Destination"))

	def test_life_l11_nobody_goes_to_the_dead_and_moves_on(self) -> None:
		with self.refused("do not agree"):
			self.close(destination=get_died("Exit Destination"))

	def test_life_l11_an_exception_says_the_reason_too(self) -> None:
		self.close(end_reason=None, destination=None, exception=get_died("Closure Without Exit Plan"))
		self.assertEqual(self.stored(self.case, "end_reason"), get_died("Support Period End Reason"))

	def test_life_l11_other_cases_of_theirs_ask_nothing_more(self) -> None:
		client = frappe.get_doc("Client", self.case.client)
		other = make_active_case(client=client, program=make_program("Test Other Program"))
		other.db_set("opened_on", add_days(today(), -200))
		self.assertIn(other.name, [due.name for due in get_without_contact()])
		self.die()
		meetings = frappe.get_all("Case Meeting", {"client_case": other.name, "status": "Scheduled"})
		self.assertEqual(meetings, [])
		self.assertNotIn(other.name, [due.name for due in get_without_contact()])
		asked = get_cases_to_ask(other.program, 1, 100)
		self.assertNotIn(other.name, [row.name for row in asked])

	def test_life_l11_the_household_is_met_with_care(self) -> None:
		child = make_child_case(self.case)
		self.die()
		alerts = frappe.get_doc("Client", child.client).alerts
		self.assertIn(self.case.client, alerts[0].alert)
		self.assertIn("with care", alerts[0].alert)

	def test_life_l11_a_mistake_is_taken_back_by_reopening(self) -> None:
		self.die()
		self.act("reopen", user=make_lead(), reason="It was somebody else")
		self.assertIsNone(frappe.db.get_value("Client", self.case.client, "died_on"))
		self.assertTrue(
			frappe.get_all("Case Meeting", {"client_case": self.case.name, "status": "Scheduled"})
		)


def get_died(code_list: str) -> str:
	return frappe.db.get_value("Case Code", {"code_list": code_list, "meaning": "Died"})
