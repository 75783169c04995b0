"""Who has a step is told of it, and what is due and overdue is in one list across cases (C12, C14)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.report.steps_due.steps_due import execute
from case_management.tests.factories import make_client, make_lead, make_user, make_worker
from case_management.tests.plan_factories import make_active_goal, make_support_case
from case_management.tests.reminder_base import ReminderTestCase

OTHER, GIVEN, OVERDUE = "other@staff.example.org", "remind_step_given", "remind_step_overdue"


class StepsTestCase(ReminderTestCase):
	def setUp(self) -> None:
		super().setUp()
		make_worker("other")
		self.goal = make_active_goal(self.case, steps=[], start_on=add_days(today(), -9))

	def join(self) -> None:
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=OTHER, team_role="Co-worker")

	def add(self, step: str, goal: Document | None = None, **values) -> str:
		with self.as_user(self.worker):
			goal = frappe.get_doc("Support Goal", (goal or self.goal).name)
			return goal.add_step(step=step, **values)["step_row"]


class TestOwners(StepsTestCase):
	def test_life_c12_who_is_given_a_step_is_told_at_once_by_codes_only(self) -> None:
		self.join()
		self.add("Ring the office", responsible="Worker", responsible_user=OTHER, due_on=today())
		self.assertEqual(self.get_tasks(self.goal), [OTHER])
		(message,) = [log for log in self.get_messages(self.goal) if log.for_user == OTHER]
		self.assertNotIn("office", message.subject + message.email_content)

	def test_life_c12_the_task_closes_with_the_step(self) -> None:
		self.join()
		row = self.add("Ring the office", responsible="Worker", responsible_user=OTHER)
		with self.as_user(OTHER):
			frappe.get_doc("Support Goal", self.goal.name).complete_step(step_row=row)
		self.send(GIVEN)
		self.assertEqual(self.get_tasks(self.goal), [])

	def test_life_c12_who_does_not_see_the_client_is_not_told(self) -> None:
		self.add("Ring the office", responsible="Worker", responsible_user=OTHER)
		self.assertEqual(self.get_tasks(self.goal), [])

	def test_life_c12_an_overdue_step_is_said_to_who_has_it(self) -> None:
		self.join()
		rows = [self.add("Ring", responsible="Worker", responsible_user=OTHER), self.add("Write")]
		rows.append(self.add("Walk", responsible="Client"))
		for row in rows:
			frappe.db.set_value("Goal Step", row, "due_on", add_days(today(), -1))
		self.send(OVERDUE)
		self.assertEqual(sorted(self.get_tasks(self.goal)), sorted([OTHER, OTHER, self.worker]))


class TestReport(StepsTestCase):
	def run_report(self, user: str | None = None, **filters: object) -> list[str]:
		with self.as_user(user or self.worker):
			filters = {"program": self.case.program, **filters}
			return [row["step"] for row in execute(filters)[1]]

	def setUp(self) -> None:
		super().setUp()
		second = make_support_case(make_client("Somebody Else"))
		self.second = make_active_goal(second, steps=[], start_on=add_days(today(), -9))
		late = self.add("Late", responsible="Client", due_on=today())
		frappe.db.set_value("Goal Step", late, "due_on", add_days(today(), -3))
		self.add("Today", self.second, due_on=today())
		self.add("Next week", due_on=add_days(today(), 7))
		self.add("Some day", self.second)
		done = self.add("Done", due_on=today())
		with self.as_user(self.worker):
			frappe.get_doc("Support Goal", self.goal.name).complete_step(step_row=done)

	def test_life_c14_steps_of_all_cases_stand_in_one_list(self) -> None:
		self.assertEqual(self.run_report(), ["Late", "Today", "Next week", "Some day"])
		self.assertEqual(self.run_report(until=today()), ["Late", "Today"])
		self.assertEqual(self.run_report(only_overdue=1), ["Late"])
		self.assertEqual(self.run_report(responsible="Not Said"), ["Today", "Next week", "Some day"])

	def test_life_c14_days_overdue_are_empty_where_there_are_none(self) -> None:
		with self.as_user(self.worker):
			rows = {row["step"]: row for row in execute({})[1]}
		self.assertEqual((rows["Late"]["days_overdue"], rows["Late"]["who"]), (3, "Client"))
		self.assertEqual((rows["Today"]["days_overdue"], rows["Today"]["who"]), (None, "Not Said"))
		self.assertEqual(rows["Today"]["due_on"], getdate())

	def test_life_c14_the_steps_of_one_worker(self) -> None:
		self.join()
		self.add("Ring", responsible="Worker", responsible_user=OTHER)
		self.assertEqual(self.run_report(user=OTHER), ["Late", "Next week", "Ring"])
		with self.as_user(OTHER):
			self.assertEqual([row["step"] for row in execute({"user": OTHER})[1]], ["Ring"])

	def test_life_c14_nobody_sees_a_step_of_a_client_whom_they_do_not_see(self) -> None:
		self.assertEqual(self.run_report(make_user("Case Worker", name="colleague")), [])

	def test_life_c14_a_closed_cases_steps_are_over(self) -> None:
		frappe.db.set_value("Client Case", self.case.name, "status", "Closed")
		self.assertEqual(self.run_report(), ["Today", "Some day"])
