"""Life: who manages a case changes, ahead of time, twice in a day, or because somebody has left."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.meeting.meetings import get_case_manager
from case_management.case_management.reminders.cases import get_without_manager
from case_management.case_management.report.what_is_missing.what_is_missing import execute
from case_management.case_management.support.handover import hand_over_due
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_lead, make_program, make_worker
from case_management.tests.plan_base import SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	make_active_goal,
	make_child_case,
	make_support_case,
)


class HandoverTestCase(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_support_case()
		self.worker, self.next = self.case.case_manager, make_worker("next")

	def hand_over(self, user: str, on: object = None, case: Document | None = None) -> dict:
		with self.as_user(make_lead()):
			return frappe.get_doc("Client Case", (case or self.case).name).change_case_manager(
				user=user, on=on and str(on)
			)

	def get_manager(self) -> str:
		return self.stored(self.case, "case_manager")

	def get_handovers(self) -> list[tuple]:
		case = frappe.get_doc("Client Case", self.case.name)
		return [(row.from_user, row.to_user) for row in case.events if row.event == "Handed Over"]

	def let_days_pass(self, days: int) -> None:
		"""Let the team's dates lie so many days earlier."""
		for row in frappe.get_all(
			"Case Team Member", {"parent": self.case.name}, ["name", "from_date", "to_date"]
		):
			dates = {field: add_days(row[field], -days) for field in ("from_date", "to_date") if row[field]}
			frappe.db.set_value("Case Team Member", row.name, dates)


class TestDatesAhead(HandoverTestCase):
	def test_life_l7_until_the_day_the_one_before_sees_the_record_and_from_it_the_next(self) -> None:
		self.hand_over(self.next, add_days(today(), 7))
		for user, sees in ((self.worker, True), (self.next, False)):
			self.assertEqual(self.sees_record(user, "Client", self.case.client), sees)
		self.assertEqual((self.get_manager(), self.get_handovers()), (self.worker, []))
		self.let_days_pass(7)
		for user, sees in ((self.worker, False), (self.next, True)):
			self.assertEqual(self.sees_record(user, "Client", self.case.client), sees)

	def test_life_l7_on_the_day_the_job_makes_the_next_one_case_manager(self) -> None:
		self.hand_over(self.next, add_days(today(), 7))
		hand_over_due()
		self.assertEqual(self.get_manager(), self.worker)
		self.let_days_pass(7)
		hand_over_due()
		self.assertEqual((self.get_manager(), self.get_handovers()), (self.next, [(self.worker, self.next)]))
		self.assertEqual(get_next_meeting(self.case).worker, self.next)

	def test_life_l7_a_save_on_the_day_does_what_the_job_would(self) -> None:
		self.hand_over(self.next, add_days(today(), 7))
		self.let_days_pass(8)
		frappe.get_doc("Client Case", self.case.name).save()
		self.assertEqual(self.get_manager(), self.next)
		self.assertEqual(
			[
				row.from_date
				for row in frappe.get_doc("Client Case", self.case.name).team
				if row.user == self.next
			],
			[getdate(add_days(today(), -1))],
		)

	def test_life_l7_the_later_word_counts_and_it_can_be_taken_back(self) -> None:
		other = make_worker("other")
		self.hand_over(self.next, add_days(today(), 7))
		self.hand_over(other, add_days(today(), 3))
		self.let_days_pass(3)
		hand_over_due()
		self.assertEqual(self.get_manager(), other)
		self.hand_over(self.next, add_days(today(), 7))
		self.hand_over(other)
		self.let_days_pass(8)
		hand_over_due()
		self.assertEqual(self.get_manager(), other)
		self.assertTrue(self.sees_record(other, "Client", self.case.client))
		self.assertFalse(self.sees_record(self.next, "Client", self.case.client))

	def test_life_l7_a_second_case_manager_is_no_team_member(self) -> None:
		with self.as_user(make_lead()), self.refused(self.case.name, "one case manager"):
			frappe.get_doc("Client Case", self.case.name).add_team_member(
				user=self.next, team_role="Case Manager"
			)


class TestWorkAhead(HandoverTestCase):
	def make_todo(self, doctype: str, name: str) -> str:
		about = {"reference_type": doctype, "reference_name": name, "allocated_to": self.worker}
		return frappe.get_doc({"doctype": "ToDo", "description": "Ring her", **about}).insert().name

	def test_life_l8_everything_that_lies_ahead_moves(self) -> None:
		goal = make_active_goal(self.case)
		goal.append(
			"steps",
			{"step": "Write to the landlord", "responsible": "Worker", "responsible_user": self.worker},
		)
		goal.save()
		follow_up = {"doctype": "Case Follow Up", "client": self.case.client, "client_case": self.case.name}
		follow_up = frappe.get_doc(
			{**follow_up, "due_on": add_days(today(), 9), "worker": self.worker}
		).insert()
		todos = [
			self.make_todo(doctype, name)
			for doctype, name in (
				("Client Case", self.case.name),
				("Support Goal", goal.name),
				("Client", self.case.client),
			)
		]
		self.hand_over(self.next)
		meeting = get_next_meeting(self.case)
		self.assertEqual(meeting.worker, self.next)
		self.assertEqual([row.user for row in meeting.attendees if row.kind == "Case Manager"], [self.next])
		self.assertEqual(self.stored(follow_up, "worker"), self.next)
		self.assertEqual(frappe.get_doc("Support Goal", goal.name).steps[-1].responsible_user, self.next)
		for todo in todos:
			self.assertEqual(frappe.db.get_value("ToDo", todo, "allocated_to"), self.next)
		self.assertIn(self.next, self.stored(self.case, "_assign"))
		self.assertNotIn(self.worker, self.stored(self.case, "_assign"))

	def test_life_l8_what_belongs_to_another_case_of_theirs_stays(self) -> None:
		other = make_support_case()
		theirs = self.make_todo("Client Case", other.name)
		self.hand_over(self.next)
		self.assertEqual(frappe.db.get_value("ToDo", theirs, "allocated_to"), self.worker)

	def test_life_l8_what_was_done_stays_whose_it_was(self) -> None:
		done = self.make_todo("Client Case", self.case.name)
		frappe.db.set_value("ToDo", done, "status", "Closed")
		self.hand_over(self.next)
		self.assertEqual(frappe.db.get_value("ToDo", done, "allocated_to"), self.worker)

	def test_life_l8_two_handovers_on_one_day_leave_their_trace(self) -> None:
		other = make_worker("other")
		self.hand_over(self.next)
		self.hand_over(other)
		self.assertEqual(self.get_handovers(), [(self.worker, self.next), (self.next, other)])

	def test_life_l8_the_cases_of_the_household_follow_with_their_work(self) -> None:
		child = make_child_case(self.case, birth_date=add_days(today(), -7000))
		todo = self.make_todo("Client Case", child.name)
		self.hand_over(self.next)
		self.assertEqual(self.stored(child, "case_manager"), self.next)
		self.assertEqual(frappe.db.get_value("ToDo", todo, "allocated_to"), self.next)


class TestWhoHasLeft(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.gone = make_worker("gone")
		self.case = make_active_case(
			program=make_program("Test Voluntary", participation="Voluntary"), case_manager=self.gone
		)
		self.addCleanup(frappe.clear_document_cache, "User", self.gone)
		frappe.db.set_value("User", self.gone, "enabled", 0)

	def test_life_l9_the_leader_is_told_in_a_voluntary_program_too(self) -> None:
		self.assertIn(self.case.name, [due.name for due in get_without_manager()])

	def test_life_l9_what_is_missing_names_them(self) -> None:
		with self.as_user(make_lead()):
			rows = execute({"missing": "Case Manager"})[1]
		self.assertIn((self.case.name, self.gone), [(row["record"], row["case_manager"]) for row in rows])

	def test_life_l9_nothing_new_is_given_to_them(self) -> None:
		self.assertIsNone(get_case_manager(frappe.get_doc("Client Case", self.case.name)))
		follow_up = {"doctype": "Case Follow Up", "client": self.case.client, "client_case": self.case.name}
		with self.refused(self.gone, "No longer in use"):
			frappe.get_doc({**follow_up, "due_on": add_days(today(), 9), "worker": self.gone}).insert()
		with self.refused(self.gone, "No longer in use"):
			meeting = {"doctype": "Case Meeting", "client": self.case.client, "client_case": self.case.name}
			frappe.get_doc(
				{**meeting, "scheduled_on": add_days(today(), 9), "kind": "Review", "worker": self.gone}
			).insert()

	def test_life_l9_what_names_them_already_is_still_saved(self) -> None:
		frappe.get_doc("Client Case", self.case.name).save()
