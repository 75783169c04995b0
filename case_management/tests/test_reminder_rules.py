"""Rules of all reminders: who is told, in whose words, and that nothing is said twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import frappe
from frappe.core.doctype.communication.communication import Communication
from frappe.utils import add_days, today
from freezegun import freeze_time

from case_management.case_management.record.actions import store
from case_management.case_management.reminders import jobs, sending
from case_management.case_management.reminders.notice import Notice
from case_management.setup.defaults import make_missing, read
from case_management.tests.factories import make_client, make_user
from case_management.tests.plan_factories import get_next_meeting, make_support_case
from case_management.tests.reminder_base import KINDS, NAME, ReminderTestCase

MODULE = "Case Management"
METHOD = "remind_reassessment_due"
NOTIFICATION = "Reassessment Due"


class RuleTestCase(ReminderTestCase):
	"""The shared case is due for reassessment."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.case.db_set({"reassessment_due": today(), "opened_on": today()})
		frappe.db.savepoint("shared")

	def edit(self, **values) -> None:
		"""Change the Notification as an administrator does, through its form."""
		notification = frappe.get_doc("Notification", NOTIFICATION)
		notification.update(values)
		with self.as_user(make_user("System Manager")):
			notification.save()

	def add(self, **values) -> None:
		"""Make a Notification of the same method, as an administrator does by duplicating one."""
		with self.as_user(make_user("System Manager")):
			notification = frappe.copy_doc(frappe.get_doc("Notification", NOTIFICATION))
			notification.update({"name": "Ours", **values}).insert()


class TestWhoIsTold(RuleTestCase):
	def leave_team(self) -> None:
		rows = {"parent": self.case.name, "user": self.worker}
		frappe.db.set_value("Case Team Member", rows, "to_date", add_days(today(), -1))

	def declare_conflict(self, user: str) -> None:
		values = {"client": self.case.client, "user": user, "declared_by": "Client"}
		store(frappe.get_doc({"doctype": "Conflict Declaration", **values}))

	def test_c12_who_left_the_team_is_not_told_and_the_lead_is(self) -> None:
		self.leave_team()
		self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [self.lead])
		self.assertEqual(self.get_tasks(self.case), [self.lead])

	def test_who_stands_in_a_conflict_is_not_told_and_the_lead_is(self) -> None:
		self.declare_conflict(self.worker)
		self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [self.lead])

	def test_nobody_is_told_where_nobody_responsible_sees_the_client(self) -> None:
		for user in (self.worker, self.lead):
			self.declare_conflict(user)
		self.send(METHOD)
		self.assertEqual((self.get_told(self.case), self.get_tasks(self.case)), ([], []))

	def test_a_disabled_user_and_one_without_the_role_are_not_told(self) -> None:
		frappe.db.set_value("User", self.worker, "enabled", 0)
		self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [self.lead])
		frappe.db.set_value("User", self.worker, "enabled", 1)
		self.case.db_set("reassessment_due", add_days(today(), 1))
		with patch.object(frappe, "has_permission", lambda *_, user=None, **__: user != self.worker):
			self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [self.lead] * 2)

	def test_todays_case_manager_is_told_and_the_one_before_has_nothing_to_do(self) -> None:
		self.send(METHOD)
		self.case.reload()
		self.case.change_case_manager("colleague@staff.example.org", today())
		self.send(METHOD)
		self.assertEqual(self.get_tasks(self.case), ["colleague@staff.example.org"])
		self.assertEqual(self.get_told(self.case), ["colleague@staff.example.org", self.worker])

	def test_recipients_an_administrator_adds_are_told_only_if_they_see_the_client(self) -> None:
		recipients = [{"receiver_by_role": "Case Manager Lead"}, {"cc": "somebody@outside.example.org"}]
		self.edit(recipients=recipients)
		self.send(METHOD)
		self.assertEqual(
			self.get_told(self.case), [self.lead, self.worker], "the other programs' lead is not"
		)

	def test_an_assignee_of_another_task_on_the_record_is_not_told(self) -> None:
		about = {"reference_type": "Client Case", "reference_name": self.case.name}
		todo = {"doctype": "ToDo", "description": "Look", "allocated_to": self.lead, **about}
		frappe.get_doc(todo).insert()
		self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [self.worker])

	def test_by_email_too_only_codes_go_to_who_sees_the_client(self) -> None:
		self.add(channel="Email", recipients=[{"receiver_by_role": "Case Manager Lead"}])
		# Frappe 16 asks for the site's e-mail account first, and this site has none.
		with patch("frappe.sendmail") as sendmail, patch.object(Communication, "get_outgoing_email_account"):
			self.send(METHOD)
		mail = sendmail.call_args.kwargs
		self.assertEqual(mail["recipients"], [self.lead, self.worker])
		self.assertIn(self.case.name, mail["message"])
		self.assertNotIn(NAME.split()[0], mail["subject"] + mail["message"])
		self.assertEqual(self.get_tasks(self.case), [self.worker])


class TestTheAdministratorsWords(RuleTestCase):
	def test_b25_the_words_are_the_administrators_in_the_message_and_the_task(self) -> None:
		self.edit(subject="Ask {{ doc.name }}", message="Ask {{ doc.client }} in our way.")
		self.send(METHOD)
		message = self.get_messages(self.case)[0]
		words = f"Ask {self.case.client} in our way."
		self.assertEqual((message.subject, message.email_content), (f"Ask {self.case.name}", words))
		self.assertEqual(frappe.get_value("ToDo", {"reference_name": self.case.name}, "description"), words)

	def test_a_disabled_notification_says_nothing_and_asks_nothing(self) -> None:
		self.edit(enabled=0)
		self.send(METHOD)
		self.assertEqual((self.get_told(self.case), self.get_tasks(self.case)), ([], []))

	def test_a_condition_of_the_administrators_holds(self) -> None:
		self.edit(condition=f"doc.name != '{self.case.name}'")
		other = make_support_case(make_client())
		other.db_set("reassessment_due", today())
		self.send(METHOD)
		self.assertEqual((self.get_told(self.case), self.get_tasks(self.case)), ([], []))
		self.assertEqual(self.get_told(other), [self.worker])

	def test_a_second_notification_of_the_same_method_is_sent_too(self) -> None:
		self.add(subject="Ours: {{ doc.name }}")
		self.send(METHOD)
		subjects = {log.subject for log in self.get_messages(self.case)}
		self.assertIn(f"Ours: {self.case.name}", subjects)
		self.assertEqual(len(subjects), 2)
		self.assertEqual(self.get_tasks(self.case), [self.worker])

	def test_installing_again_keeps_an_edited_one_and_makes_a_missing_one(self) -> None:
		self.edit(subject="Ask {{ doc.name }}")
		frappe.delete_doc("Notification", "Reassessment Overdue")
		make_missing(read("notification"), "name")
		self.assertEqual(frappe.db.get_value("Notification", NOTIFICATION, "subject"), "Ask {{ doc.name }}")
		self.assertTrue(frappe.db.exists("Notification", "Reassessment Overdue"))

	def test_each_reminder_has_one_notification_that_can_be_edited(self) -> None:
		for reminder in KINDS.values():
			with self.subTest(reminder=reminder.method):
				filters = {"method": reminder.method, "event": "Method", "module": MODULE}
				found = frappe.get_all("Notification", filters, ["document_type", "is_standard", "enabled"])
				self.assertEqual(found, [{"document_type": reminder.doctype, "is_standard": 0, "enabled": 1}])


class TestOnceAndByJobs(RuleTestCase):
	def test_a_run_that_breaks_off_leaves_both_message_and_task_or_neither(self) -> None:
		with patch.object(Notice, "send", side_effect=RuntimeError("power cut")):
			self.send(METHOD)
		self.assertEqual((self.get_told(self.case), self.get_tasks(self.case)), ([], []))
		self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [self.worker])
		self.assertEqual(self.get_tasks(self.case), [self.worker])

	def test_one_that_fails_does_not_stop_the_rest_and_the_error_says_its_code_only(self) -> None:
		other = make_support_case(make_client("Zed"))
		other.db_set("reassessment_due", today())
		self.edit(message="{% if doc.name == '" + self.case.name + "' %}{{ doc.no.such }}{% endif %}Ask.")
		self.send(METHOD)
		self.assertEqual(self.get_told(self.case), [])
		self.assertEqual(self.get_told(other), [self.worker])
		error = frappe.get_last_doc("Error Log")
		self.assertIn(self.case.name, error.method + error.error)
		self.assertNotIn(NAME, error.error)

	def test_who_ticked_it_off_is_not_asked_again(self) -> None:
		self.send(METHOD)
		with self.as_user(self.worker):
			task = frappe.get_doc("ToDo", {"reference_name": self.case.name})
			task.update({"status": "Closed"}).save()
		self.send(METHOD)
		self.assertEqual((self.get_told(self.case), self.get_tasks(self.case)), ([self.worker], []))

	def test_switched_off_what_is_done_still_closes(self) -> None:
		self.send(METHOD)
		self.edit(enabled=0)
		self.send(METHOD)
		self.assertEqual(self.get_tasks(self.case), [self.worker])
		self.case.db_set("reassessment_due", None)
		self.send(METHOD)
		self.assertEqual(self.get_tasks(self.case), [])

	def test_as_many_queries_for_many_records_as_for_few(self) -> None:
		def count() -> int:
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				self.send(METHOD)
			return sql.call_count

		self.send(METHOD)
		few = count()
		make_support_case(make_client()).db_set("reassessment_due", today())
		self.send(METHOD)
		self.assertEqual(count(), few)

	def test_batches_are_sent_to_the_end(self) -> None:
		other = make_support_case(make_client())
		other.db_set("reassessment_due", today())
		with patch.object(sending, "BATCH", 1):
			self.send(METHOD)
		self.assertEqual(self.get_told(self.case) + self.get_told(other), [self.worker] * 2)

	@contextmanager
	def committing(self) -> Iterator[list]:
		"""Let a job count its commits, so that the test can still be rolled back."""
		commits = []
		with patch.object(frappe.db, "commit", lambda: commits.append(1)):
			yield commits

	def test_daily_the_reminders_go_out_and_hourly_their_tasks_close(self) -> None:
		with self.committing() as commits:
			jobs.send_daily_case_reminders()
		self.assertTrue(commits)
		self.assertEqual(self.get_told(self.case), [self.worker])
		self.case.db_set("reassessment_due", None)
		with self.committing():
			jobs.send_hourly_case_reminders()
		self.assertEqual(self.get_tasks(self.case), [])

	def test_hourly_no_daily_reminder_is_sent(self) -> None:
		with self.committing():
			jobs.send_hourly_case_reminders()
		self.assertEqual(self.get_told(self.case), [])

	def test_a_kind_that_fails_does_not_stop_the_others(self) -> None:
		broken = KINDS["remind_meeting_tomorrow"]._replace(find=lambda: 1 / 0)
		with self.committing(), patch.object(frappe.db, "rollback"):
			jobs.run((broken, KINDS[METHOD]), jobs.remind)
		self.assertEqual(self.get_told(self.case), [self.worker])

	def test_the_scheduler_knows_them(self) -> None:
		events = frappe.get_hooks("scheduler_events", app_name="case_management")
		for methods in events.values():
			for method in methods:
				self.assertTrue(callable(frappe.get_attr(method)), method)
		self.assertIn(f"{jobs.__name__}.send_hourly_case_reminders", events["hourly_long"])
		self.assertIn(f"{jobs.__name__}.send_daily_case_reminders", events["daily_long"])


class TestTheSitesClockAndNames(ReminderTestCase):
	@contextmanager
	def at(self, zone: str, utc: str) -> Iterator[None]:
		"""Be at a moment, on a site in a time zone."""
		with patch("frappe.utils.data.get_system_timezone", return_value=zone), freeze_time(utc):
			yield

	def test_tomorrow_is_the_sites_tomorrow(self) -> None:
		meeting = get_next_meeting(self.case)
		meeting.db_set("scheduled_on", "2035-12-03 09:00:00")
		with self.at("Pacific/Honolulu", "2035-12-02 01:00:00"):  # the 1st there
			self.send("remind_meeting_tomorrow")
			self.assertEqual(self.get_told(meeting), [])
		with self.at("Pacific/Auckland", "2035-12-01 12:00:00"):  # the 2nd there
			self.send("remind_meeting_tomorrow")
			self.assertEqual(self.get_told(meeting), [self.worker])

	def test_the_night_the_clocks_change_is_a_day_like_any_other(self) -> None:
		meeting = get_next_meeting(self.case)
		for utc, day in (("2035-10-06 13:30:00", "2035-10-07"), ("2035-03-31 12:30:00", "2035-04-01")):
			with self.at("Australia/Sydney", utc):
				meeting.db_set("scheduled_on", f"{day} 23:30:00")
				frappe.db.delete("Notification Log", {"document_name": meeting.name})
				self.send("remind_meeting_tomorrow")
				self.assertEqual(self.get_told(meeting), [self.worker], day)

	def test_an_overdue_day_begins_at_the_sites_midnight(self) -> None:
		self.case.db_set("reassessment_due", "2035-12-01")
		with self.at("Australia/Sydney", "2035-12-01 12:59:00"):  # a minute before midnight there
			self.send("remind_reassessment_overdue")
			self.assertEqual(self.get_told(self.case), [])
		with self.at("Australia/Sydney", "2035-12-01 13:01:00"):
			self.send("remind_reassessment_overdue")
			self.assertEqual(self.get_told(self.case), [self.worker])

	def test_no_notification_of_the_app_names_anybody_and_each_can_be_edited(self) -> None:
		"""Frappe lets nobody edit a standard one."""
		for name in frappe.get_all("Notification", {"module": MODULE}, pluck="name"):
			notification = frappe.get_doc("Notification", name)
			text = f"{notification.subject} {notification.message}"
			with self.subTest(notification=name):
				self.assertFalse(notification.is_standard)
				self.assertTrue(notification.send_to_all_assignees or notification.recipients)
				for field in ("client_name", "preferred_name", "person_name", "first_name", "full_name"):
					self.assertNotIn(field, text)
				self.assertIn("doc.name", text)
