"""A child of a household comes of age: the daily job begins their own meetings and plan, and the worker is told."""

import frappe
from frappe.utils import add_days, add_years, today

from case_management.case_management.reminders.coming_of_age import begin_own_support
from case_management.tests.plan_factories import make_agreed_assessment, make_child_case
from case_management.tests.reminder_base import ReminderTestCase


class TestComingOfAge(ReminderTestCase):
	def make_child(self, days: int) -> object:
		"""Return the case of a child who comes of age in so many days."""
		return make_child_case(self.case, add_days(add_years(today(), -18), days))

	def come_of_age(self, case: object) -> None:
		"""Let the birthday be today, past every save."""
		frappe.db.set_value("Client", case.client, "birth_date", add_years(today(), -18))

	def get_meetings(self, case: object) -> list[str]:
		return frappe.get_all("Case Meeting", {"client_case": case.name, "status": "Scheduled"}, pluck="name")

	def test_life_l14_the_meeting_cycle_begins_on_the_birthday(self) -> None:
		case = self.make_child(1)
		begin_own_support()
		self.assertEqual(self.get_meetings(case), [])
		self.come_of_age(case)
		for _time in range(2):
			begin_own_support()
			self.assertEqual(len(self.get_meetings(case)), 1)

	def test_life_l14_the_worker_is_told_once(self) -> None:
		case = self.make_child(1)
		self.send("remind_came_of_age")
		self.assertEqual(self.get_told(case), [])
		self.come_of_age(case)
		for _time in range(2):
			self.send("remind_came_of_age")
		self.assertEqual((self.get_told(case), self.get_tasks(case)), ([self.worker], [self.worker]))

	def test_life_l14_who_was_grown_when_the_case_opened_comes_not_of_age(self) -> None:
		case = self.make_child(-400)
		self.assertNotIn(case.name, begin_own_support())

	def test_life_l14_a_plan_begins_where_an_assessment_was_agreed(self) -> None:
		case = self.make_child(1)
		make_agreed_assessment(case)
		self.come_of_age(case)
		for _time in range(2):
			begin_own_support()
			plans = frappe.get_all("Support Plan", {"client_case": case.name}, pluck="status")
			self.assertEqual(plans, ["Draft"])
