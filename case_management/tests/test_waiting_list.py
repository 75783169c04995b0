"""Places of a program and its waiting list: who is next, how many places are free, and who is told."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.entry.waiting_list import get_places, get_waiting
from case_management.case_management.households.household import make_member
from case_management.case_management.report.waiting_list import waiting_list as report
from case_management.tests.base import CaseTestCase
from case_management.tests.entry_factories import make_stay, make_waiting
from case_management.tests.factories import (
	make_active_case,
	make_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_program,
	make_screened_intake,
	make_user,
	make_worker,
)

LOST = "Closure Without Exit Plan-lost-contact"
PLACE = {"provided_by_program": 1}


class WaitingTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Test Places", capacity=2)

	def wait(self, days: int = 0, priority: str = "", **values) -> Document:
		with self.as_user(make_intake_worker()):
			return make_waiting(self.program, days, waitlist_priority=priority, **values)


class TestPlaces(WaitingTestCase):
	def get(self, what: str = "taken") -> int | None:
		return get_places(self.program.name)[what]

	def test_each_open_case_takes_a_place(self) -> None:
		self.assertEqual(get_places(self.program.name), {"capacity": 2, "taken": 0, "free": 2, "waiting": 0})
		make_case(program=self.program)
		make_case(program=self.program).db_set("status", "Closed")
		self.assertEqual((self.get(), self.get("free")), (1, 1))

	def test_c30_who_has_moved_out_takes_no_place_while_still_supported(self) -> None:
		stay = make_stay(make_case(program=self.program), **PLACE)
		self.assertEqual(self.get(), 1)
		stay.move_out()
		self.assertEqual(self.get(), 0)

	def test_a_client_who_came_back_takes_a_place_again(self) -> None:
		case = make_case(program=self.program)
		make_stay(case, -10, **PLACE).move_out(on=add_days(today(), -5))
		make_stay(case, -2, **PLACE)
		self.assertEqual(self.get(), 1)

	def test_where_the_client_came_from_says_nothing_about_places(self) -> None:
		make_stay(make_case(program=self.program), -60, to_date=add_days(today(), -30))
		self.assertEqual(self.get(), 1)

	def test_a_child_without_a_stay_lives_where_the_head_does(self) -> None:
		case = make_case(program=self.program)
		make_member(case, {"client": make_client("Child").name})
		self.assertEqual(self.get(), 2)
		make_stay(case, **PLACE).move_out()
		self.assertEqual(self.get(), 0)

	def test_more_than_the_capacity_leaves_none_free(self) -> None:
		for _number in range(3):
			make_case(program=self.program)
		self.assertEqual((self.get(), self.get("free")), (3, 0))

	def test_without_a_capacity_there_is_no_limit(self) -> None:
		self.program.db_set("capacity", 0)
		self.assertIsNone(self.get("free"))

	def test_the_form_says_how_full_it_is_to_who_gives_places(self) -> None:
		make_case(program=self.program)
		for user, seen in (
			(make_intake_worker(), True),
			(make_lead(), True),
			(make_user("Case Auditor"), False),
		):
			with self.subTest(user=user), self.as_user(user):
				program = frappe.get_doc("Support Program", self.program.name)
				program.run_method("onload")
				self.assertEqual(bool(program.get_onload() and program.get_onload().get("places")), seen)


class TestFullProgram(WaitingTestCase):
	def accept(self) -> dict:
		with self.as_user(make_intake_worker()):
			intake = make_screened_intake(program=self.program)
			frappe.clear_messages()
			return intake.accept(new_person=1, case_manager=make_worker(), informed_how="By phone")

	def get_messages(self) -> str:
		return str(frappe.get_message_log())

	def test_who_accepts_into_a_full_program_is_told_and_not_stopped(self) -> None:
		for _number in range(2):
			make_case(program=self.program)
		self.assertTrue(self.accept()["client_case"])
		self.assertIn("2 of 2 places are taken", self.get_messages())

	def test_the_last_place_is_given_without_a_word(self) -> None:
		make_case(program=self.program)
		self.accept()
		self.assertNotIn("places are taken", self.get_messages())

	def test_without_a_limit_nothing_is_said(self) -> None:
		self.program.db_set("capacity", 0)
		self.accept()
		self.assertNotIn("places are taken", self.get_messages())


class TestWaiting(WaitingTestCase):
	def keep(self, intake: Document, **values) -> dict:
		with self.as_user(make_intake_worker()):
			return frappe.get_doc("Client Intake", intake.name).keep_on_waiting_list(**values)

	def test_they_are_in_order_of_priority_then_of_time(self) -> None:
		low, late = self.wait(9, "3 Low"), self.wait(1, "1 High")
		none, early = self.wait(30), self.wait(5, "1 High")
		expected = [early.name, late.name, low.name, none.name]
		self.assertEqual(get_waiting(self.program.name), expected)

	def test_that_they_still_want_to_wait_is_noted(self) -> None:
		intake = self.wait(9)
		answer = self.keep(intake, note="Still with her sister")
		self.assertEqual(answer["status"], "Waitlisted")
		self.assertEqual(self.stored(intake, "waitlist_checked_note"), "Still with her sister")
		self.assertEqual(get_waiting(self.program.name), [intake.name])

	def test_that_note_is_not_dated_ahead_or_before_they_waited(self) -> None:
		intake = self.wait(9)
		for on in (add_days(now_datetime(), 1), add_days(now_datetime(), -10), "soon"):
			with self.subTest(on=on), self.refused(intake.name, "In Touch on"):
				self.keep(intake, on=on)
		self.assertFalse(self.stored(intake, "waitlist_checked_on"))

	def test_who_does_not_wait_is_not_kept_waiting(self) -> None:
		with self.as_user(make_intake_worker()):
			intake = make_screened_intake(program=self.program)
		with self.refused(intake.name, "not on the waiting list"):
			self.keep(intake)


class TestPlaceFree(WaitingTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case(program=self.program)
		self.other = make_case(program=self.program)

	def get_told(self) -> list:
		about = {"document_type": "Support Program", "document_name": self.program.name}
		return frappe.get_all("Notification Log", about, ["for_user", "subject", "email_content"])

	def close(self) -> None:
		with self.as_user(make_worker()):
			frappe.get_doc("Client Case", self.case.name).close(
				end_reason="Support Period End Reason-8", exception=LOST, cancel_meetings=1
			)

	def test_the_lead_is_told_by_code_who_is_first_when_a_case_closes(self) -> None:
		self.wait(3, "2 Medium")
		first = self.wait(1, "1 High", person_name="Nobody Else's Business")
		make_stay(self.case, **PLACE)
		self.close()
		told = self.get_told()
		self.assertEqual([row.for_user for row in told], [make_lead()])
		self.assertIn(first.name, told[0].email_content)
		self.assertNotIn("Nobody Else", f"{told[0].subject} {told[0].email_content}")

	def test_the_lead_is_told_when_somebody_moves_out(self) -> None:
		self.wait()
		stay = make_stay(self.case, **PLACE)
		with self.as_user(make_worker()):
			stay.move_out()
		self.assertEqual(len(self.get_told()), 1)

	def test_nobody_is_told_when_nobody_waits(self) -> None:
		self.close()
		self.assertEqual(self.get_told(), [])

	def test_nobody_is_told_while_the_program_is_still_full(self) -> None:
		self.wait()
		make_case(program=self.program)
		make_case(program=self.program)
		self.close()
		self.assertEqual(self.get_told(), [])

	def test_nobody_is_told_when_a_client_changes_their_room(self) -> None:
		self.wait()
		self.other.db_set("status", "Closed")
		make_stay(self.case, -10, **PLACE)
		with self.as_user(make_worker()):
			make_stay(self.case, -1, **PLACE)
		self.assertEqual(self.get_told(), [])


class TestWaitingListReport(WaitingTestCase):
	def run_report(self, user: str, **filters) -> list[dict]:
		with self.as_user(user):
			self.columns, rows, _message, _chart, self.summary = report.execute({**filters})
		return rows

	def test_it_shows_who_waits_in_their_order_with_their_place_in_the_queue(self) -> None:
		late, early = self.wait(2, "1 High"), self.wait(12, "1 High")
		self.wait(40, "3 Low", companions=[{"person_name": "Child", "needs_support": 1}])
		rows = self.run_report(make_lead(), program=self.program.name)
		self.assertEqual([row["name"] for row in rows[:2]], [early.name, late.name])
		self.assertEqual([row["days"] for row in rows], [12, 2, 40])
		self.assertEqual([row["position"] for row in rows], [1, 2, 3])
		self.assertEqual([row["people"] for row in rows], [1, 1, 2])

	def test_the_summary_says_how_many_places_are_free(self) -> None:
		self.wait()
		make_case(program=self.program)
		self.run_report(make_lead(), program=self.program.name)
		self.assertEqual([card["value"] for card in self.summary], ["1 / 2"])

	def test_each_sees_the_people_they_may_see_and_their_true_place_in_the_queue(self) -> None:
		self.wait(20, "1 High")
		with self.as_user(make_intake_worker("other-intake")):
			mine = make_waiting(self.program, 1, waitlist_priority="2 Medium")
		rows = self.run_report(make_intake_worker("other-intake"), program=self.program.name)
		self.assertEqual([(row["name"], row["position"]) for row in rows], [(mine.name, 2)])
		self.assertEqual(self.run_report(make_lead("other-lead"), program=self.program.name), [])

	def test_who_was_decided_on_no_longer_waits(self) -> None:
		intake = self.wait()
		with self.as_user(make_intake_worker()):
			intake.accept(new_person=1, case_manager=make_worker(), informed_how="By phone")
		self.assertEqual(self.run_report(make_lead(), program=self.program.name), [])
