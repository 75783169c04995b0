"""A worker has left: the leader is told the same day, the report names them, and nothing more is given to them (C20)."""

import frappe
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.case_management.report.what_is_missing.what_is_missing import execute
from case_management.tests.factories import make_case, make_client
from case_management.tests.plan_factories import make_support_program
from case_management.tests.reminder_base import ReminderTestCase

COLLEAGUE = "colleague@staff.example.org"


class TestLeaving(ReminderTestCase):
	def disable(self, user: str | None = None) -> None:
		"""Disable a user as an administrator does, on the user's form."""
		doc = frappe.get_doc("User", user or self.worker)
		doc.enabled = 0
		doc.save(ignore_permissions=True)
		self.addCleanup(frappe.clear_cache, user=doc.name)

	def make_voluntary_case(self) -> object:
		program = make_support_program("Test Voluntary", participation="Voluntary")
		return make_case(make_client("Two"), program)

	def test_life_l9_the_leader_is_told_the_same_day_also_of_voluntary_cases(self) -> None:
		cases = [self.case, self.make_voluntary_case()]
		self.disable()
		for case in cases:
			self.assertEqual((self.get_told(case), self.get_tasks(case)), ([self.lead], [self.lead]))
		self.send("remind_no_case_manager")
		self.assertEqual(self.get_told(self.case), [self.lead], "once")

	def test_life_l9_the_job_finds_who_was_disabled_past_the_form(self) -> None:
		case = self.make_voluntary_case()
		frappe.db.set_value("User", self.worker, "enabled", 0)
		self.send("remind_no_case_manager")
		self.assertEqual(self.get_told(case), [self.lead])

	def test_life_l9_what_is_missing_names_who_has_left(self) -> None:
		self.disable()
		with self.as_user(self.lead):
			rows = execute({"missing": "Case Manager"})[1]
		about = {row["record"]: row["about"] for row in rows}
		self.assertIn(self.worker, about[self.case.name])

	def test_life_l9_a_new_meeting_has_nobody_instead_of_who_has_left(self) -> None:
		self.disable()
		with self.as_user(self.lead):
			case = frappe.get_doc("Client Case", self.case.name)
			name = case.schedule_meeting(add_days(now_datetime(), 3), "Review")["meeting"]
		meeting = frappe.get_doc("Case Meeting", name)
		self.assertEqual((meeting.worker, [row.kind for row in meeting.attendees]), (None, ["Client"]))

	def test_life_l9_nobody_disabled_is_chosen(self) -> None:
		self.disable(COLLEAGUE)
		case = frappe.get_doc("Client Case", self.case.name)
		meeting = frappe.get_doc("Case Meeting", {"client_case": case.name})
		values = {"client": case.client, "client_case": case.name, "worker": COLLEAGUE}
		follow_up = frappe.get_doc({"doctype": "Case Follow Up", **values, "due_on": add_days(today(), 9)})
		steps = [{"step": "Call", "responsible": "Worker", "responsible_user": COLLEAGUE}]
		goal = {"doctype": "Support Goal", "client": case.client, "client_case": case.name}
		goal = frappe.get_doc({**goal, "goal": "I have a flat", "steps": steps})
		task = {"doctype": "ToDo", "reference_type": "Client Case", "reference_name": case.name}
		task = frappe.get_doc({**task, "allocated_to": COLLEAGUE, "description": "Look"})
		for give in (
			lambda: store(follow_up),
			lambda: store(goal),
			lambda: store(meeting.update({"worker": COLLEAGUE})),
			lambda: task.insert(),
		):
			with self.refused(COLLEAGUE, "disabled", "Choose"):
				give()

	def test_life_l9_a_record_that_names_who_has_left_is_still_saved(self) -> None:
		meeting = frappe.get_doc("Case Meeting", {"client_case": self.case.name})
		self.disable()
		with self.as_user(self.lead):
			meeting = frappe.get_doc("Case Meeting", meeting.name)
			meeting.minutes = 45
			meeting.save()
		self.assertEqual(self.stored(meeting, "worker"), self.worker)
