"""Somebody else takes over a case: all that is open goes with it, on the day that was said, and the history keeps it."""

import frappe
from frappe.desk.form.assign_to import add as assign
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.case_management.reminders.hand_overs import carry_out_hand_overs
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_lead, make_referral
from case_management.tests.plan_factories import make_child_case, make_support_case

WORKER, COLLEAGUE, OTHER = (f"{name}@staff.example.org" for name in ("worker", "colleague", "other"))


class HandOverTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_support_case()

	def get_case(self) -> Document:
		return frappe.get_doc("Client Case", self.case.name)

	def hand_over(self, user: str = COLLEAGUE, on: str | None = None, case: str | None = None) -> dict:
		with self.as_user(make_lead()):
			return frappe.get_doc("Client Case", case or self.case.name).change_case_manager(user=user, on=on)

	def sees(self, user: str) -> bool:
		return self.sees_record(user, "Client Case", self.case.name)

	def move_days(self, days: int) -> None:
		"""Let days pass: every day of the case's team lies so much further back."""
		for row in self.get_case().team:
			moved = {"from_date": add_days(row.from_date, -days)}
			moved["to_date"] = row.to_date and add_days(row.to_date, -days)
			frappe.db.set_value("Case Team Member", row.name, moved)


class TestWhatMoves(HandOverTestCase):
	def test_life_l8_meetings_ahead_have_the_new_case_manager_as_worker_and_attendee(self) -> None:
		with self.as_user(WORKER):
			self.get_case().schedule_meeting(add_days(now_datetime(), 3), "Review")
		self.hand_over()
		for name in frappe.get_all("Case Meeting", {"client_case": self.case.name}, pluck="name"):
			meeting = frappe.get_doc("Case Meeting", name)
			attending = [row.user for row in meeting.attendees if row.kind == "Case Manager"]
			self.assertEqual((meeting.worker, attending), (COLLEAGUE, [COLLEAGUE]))

	def test_life_l8_a_meeting_that_was_held_stays_who_held_it(self) -> None:
		meeting = frappe.get_doc("Case Meeting", {"client_case": self.case.name})
		meeting.db_set("status", "Held")
		self.hand_over()
		meeting.reload()
		self.assertEqual((meeting.worker, meeting.attendees[1].user), (WORKER, WORKER))

	def make_follow_up(self, status: str) -> Document:
		values = {"client": self.case.client, "client_case": self.case.name, "worker": WORKER}
		doc = store(frappe.get_doc({"doctype": "Case Follow Up", **values, "due_on": add_days(today(), 9)}))
		doc.db_set("status", status)
		return doc

	def test_life_l8_follow_ups_that_are_due_move_and_done_ones_stay(self) -> None:
		due, done = self.make_follow_up("Due"), self.make_follow_up("Done")
		self.hand_over()
		self.assertEqual([self.stored(doc, "worker") for doc in (due, done)], [COLLEAGUE, WORKER])

	def test_life_l8_open_steps_of_the_worker_move_and_done_ones_stay(self) -> None:
		steps = [{"step": "Call", "responsible": "Worker", "responsible_user": WORKER}]
		steps += [{**steps[0], "status": "Done", "done_on": today()}, {**steps[0], "responsible_user": OTHER}]
		goal = {"doctype": "Support Goal", "client": self.case.client, "client_case": self.case.name}
		goal = store(frappe.get_doc({**goal, "goal": "I have a flat", "steps": steps}))
		self.hand_over()
		goal.reload()
		self.assertEqual([row.responsible_user for row in goal.steps], [COLLEAGUE, WORKER, OTHER])

	def give_task(self, doctype: str, name: str, user: str = WORKER) -> str:
		with self.as_user(make_lead()):
			assign({"assign_to": [user], "doctype": doctype, "name": name, "description": "Look at it"})
		about = {"reference_type": doctype, "reference_name": name, "allocated_to": user}
		return frappe.db.get_value("ToDo", about, "name")

	def test_life_l8_open_tasks_about_the_case_and_its_records_move(self) -> None:
		with self.as_user(WORKER):
			referral = make_referral(self.case)
		about = [
			("Client Case", self.case.name),
			("Case Referral", referral.name),
			("Client", self.case.client),
		]
		tasks = [self.give_task(*record) for record in about]
		self.hand_over()
		for task in tasks:
			self.assertEqual(frappe.db.get_value("ToDo", task, "allocated_to"), COLLEAGUE)
		self.assertIn(COLLEAGUE, frappe.db.get_value("Case Referral", referral.name, "_assign"))
		self.assertNotIn(WORKER, frappe.db.get_value("Case Referral", referral.name, "_assign"))

	def test_life_l8_closed_tasks_and_those_of_others_stay(self) -> None:
		done = self.give_task("Client Case", self.case.name)
		frappe.db.set_value("ToDo", done, "status", "Closed")
		lead = make_lead()
		others = self.give_task("Client Case", self.case.name, lead)
		self.hand_over()
		for task, user in ((done, WORKER), (others, lead)):
			self.assertEqual(frappe.db.get_value("ToDo", task, "allocated_to"), user)

	def test_life_l8_the_client_stays_a_task_of_who_manages_another_case_of_theirs(self) -> None:
		second = make_support_case(frappe.get_doc("Client", self.case.client))
		task = self.give_task("Client", self.case.client)
		self.hand_over(case=second.name)
		self.assertEqual(frappe.db.get_value("ToDo", task, "allocated_to"), WORKER)

	def test_life_l8_what_is_open_of_members_cases_moves_with_the_heads(self) -> None:
		child = make_child_case(self.case)
		task = self.give_task("Client Case", child.name)
		self.hand_over()
		self.assertEqual(self.stored(child, "case_manager"), COLLEAGUE)
		self.assertEqual(frappe.db.get_value("ToDo", task, "allocated_to"), COLLEAGUE)

	def test_life_l8_two_hand_overs_on_one_day_leave_a_trace(self) -> None:
		self.hand_over(COLLEAGUE)
		self.hand_over(OTHER)
		rows = [row for row in self.get_case().events if row.event == "Handed Over"]
		self.assertEqual(
			[(row.from_user, row.to_user, row.on_date, row.by_user) for row in rows],
			[
				(WORKER, COLLEAGUE, getdate(), make_lead()),
				(COLLEAGUE, OTHER, getdate(), make_lead()),
			],
		)


class TestDatesAhead(HandOverTestCase):
	def plan(self, user: str = COLLEAGUE, days: int = 7) -> dict:
		return self.hand_over(user, add_days(today(), days))

	def test_life_l7_until_the_day_the_case_manager_stays_and_the_new_one_sees_nothing(self) -> None:
		self.assertEqual(self.plan(), {"case_manager": WORKER, "team": [WORKER]})
		self.assertEqual((self.sees(WORKER), self.sees(COLLEAGUE)), (True, False))
		self.assertEqual(
			frappe.db.get_value("Case Meeting", {"client_case": self.case.name}, "worker"), WORKER
		)

	def test_life_l7_on_the_day_the_new_one_sees_it_before_any_job_has_run(self) -> None:
		self.plan()
		self.move_days(7)
		self.assertEqual((self.sees(WORKER), self.sees(COLLEAGUE)), (False, True))

	def test_life_l7_the_daily_job_carries_it_out_with_all_that_is_open(self) -> None:
		self.plan()
		carry_out_hand_overs()
		self.assertEqual(self.get_case().case_manager, WORKER)
		self.move_days(7)
		carry_out_hand_overs()
		self.assertEqual(self.get_case().case_manager, COLLEAGUE)
		self.assertEqual(
			frappe.db.get_value("Case Meeting", {"client_case": self.case.name}, "worker"), COLLEAGUE
		)
		events = [row.event for row in self.get_case().events if row.to_user == COLLEAGUE]
		self.assertEqual(events, ["Hand-over Planned", "Handed Over"])

	def test_life_l7_a_save_on_the_day_does_not_bring_the_one_before_back(self) -> None:
		self.plan()
		self.move_days(9)
		with self.as_user(COLLEAGUE):
			self.get_case().save()
		self.assertEqual(self.get_case().case_manager, COLLEAGUE)
		self.assertFalse(self.sees(WORKER))

	def test_life_l7_a_planned_hand_over_is_taken_back_before_its_day(self) -> None:
		self.plan()
		with self.as_user(make_lead()):
			self.get_case().take_back_hand_over()
			self.get_case().take_back_hand_over()
		self.move_days(7)
		carry_out_hand_overs()
		self.assertEqual(self.get_case().case_manager, WORKER)
		self.assertEqual((self.sees(WORKER), self.sees(COLLEAGUE)), (True, False))
		self.assertEqual([row.event for row in self.get_case().events][-1], "Hand-over Taken Back")

	def test_life_l7_a_worker_takes_no_hand_over_back(self) -> None:
		self.plan()
		denied = self.refused(self.case.name, "team leader", exception=frappe.PermissionError)
		with self.as_user(WORKER), denied:
			self.get_case().take_back_hand_over()

	def test_life_l7_planned_twice_is_planned_once_and_another_plan_replaces_it(self) -> None:
		for user, days in ((COLLEAGUE, 7), (COLLEAGUE, 7), (OTHER, 3)):
			self.plan(user, days)
		rows = [(row.user, row.from_date) for row in self.get_case().team if row.user != WORKER]
		self.assertEqual(rows, [(OTHER, getdate(add_days(today(), 3)))])
		self.move_days(3)
		self.assertEqual([self.sees(user) for user in (WORKER, COLLEAGUE, OTHER)], [False, False, True])

	def test_life_l7_a_hand_over_now_goes_before_a_planned_one(self) -> None:
		self.plan(COLLEAGUE)
		self.hand_over(OTHER)
		self.move_days(7)
		carry_out_hand_overs()
		self.assertEqual(self.get_case().case_manager, OTHER)
		self.assertFalse(self.sees(COLLEAGUE))

	def test_life_l7_who_is_to_take_over_is_not_just_taken_off(self) -> None:
		self.plan()
		with self.as_user(make_lead()), self.refused(self.case.name, COLLEAGUE, "Take Back Hand-over"):
			self.get_case().end_team_member(user=COLLEAGUE)

	def test_life_l7_a_member_added_for_a_day_ahead_is_added_once_and_may_be_taken_off_before(self) -> None:
		with self.as_user(make_lead()):
			for _time in range(2):
				self.get_case().add_team_member(user=COLLEAGUE, from_date=add_days(today(), 7))
			self.assertEqual([row.user for row in self.get_case().team], [WORKER, COLLEAGUE])
			self.get_case().end_team_member(user=COLLEAGUE)
		self.assertEqual([row.user for row in self.get_case().team], [WORKER])

	def test_life_l7_a_member_whose_last_day_lies_ahead_sees_it_until_then(self) -> None:
		with self.as_user(make_lead()):
			self.get_case().add_team_member(user=COLLEAGUE)
			self.get_case().end_team_member(user=COLLEAGUE, on=add_days(today(), 3))
		self.assertTrue(self.sees(COLLEAGUE))
		self.move_days(4)
		self.assertFalse(self.sees(COLLEAGUE))

	def test_life_l7_a_childs_case_stays_with_the_heads_team_until_its_own_begins(self) -> None:
		child = make_child_case(self.case)
		self.hand_over(OTHER, add_days(today(), 7), child.name)
		self.assertTrue(self.sees_record(WORKER, "Client Case", child.name))
		row = {"parent": child.name, "user": OTHER}
		frappe.db.set_value("Case Team Member", row, "from_date", today())
		carry_out_hand_overs()
		values = frappe.db.get_value("Client Case", child.name, ["case_manager", "has_own_team"])
		self.assertEqual(values, (OTHER, 1))
		self.assertEqual(
			[self.sees_record(user, "Client Case", child.name) for user in (WORKER, OTHER)], [False, True]
		)
