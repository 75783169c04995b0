"""What is due, by kind: when it is said, to whom, and when its ToDo closes."""

import frappe
from frappe.utils import add_days, add_to_date, get_first_day, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.tests.factories import (
	make_agency,
	make_case,
	make_client,
	make_intake,
	make_policy,
	make_referral,
)
from case_management.tests.plan_factories import (
	get_next_meeting,
	make_active_plan,
	make_child_case,
	make_consent,
	make_meeting,
	make_note,
	make_support_program,
	set_setting,
)
from case_management.tests.reminder_base import NAME, ReminderTestCase


class TestEntryReminders(ReminderTestCase):
	def make_intake(self, worker: str | None = "intake@staff.example.org") -> frappe.model.document.Document:
		intake = make_intake(NAME, make_support_program(), intake_worker=worker)
		intake.db_set("response_due", add_to_date(now_datetime(), hours=1))
		return intake

	def test_b1_an_overdue_response_is_its_workers(self) -> None:
		intake = self.make_intake()
		self.check(
			"remind_response_overdue",
			intake,
			lambda: intake.db_set(
				"response_due", add_to_date(now_datetime(), minutes=-1), update_modified=False
			),
			lambda: frappe.get_doc("Client Intake", intake.name).respond(),
			intake.intake_worker,
		)

	def test_b1_one_that_nobody_took_is_told_to_every_intake_worker_and_is_the_leads_to_assign(self) -> None:
		intake = self.make_intake(None)
		intake.db_set("response_due", add_to_date(now_datetime(), minutes=-1))
		self.send("remind_response_overdue")
		told = ["intake@staff.example.org", self.lead, "other-intake@staff.example.org"]
		self.assertLessEqual(set(told), set(self.get_told(intake)))
		self.assertNotIn(self.worker, self.get_told(intake))
		self.assertEqual(self.get_tasks(intake), [self.lead])

	def test_b1_a_response_overdue_for_long_is_the_leads(self) -> None:
		set_setting("response_escalation_hours", 4)
		intake = self.make_intake()
		self.check(
			"remind_response_long_overdue",
			intake,
			lambda: intake.db_set(
				"response_due", add_to_date(now_datetime(), hours=-5), update_modified=False
			),
			lambda: frappe.get_doc("Client Intake", intake.name).respond(),
			self.lead,
		)

	def test_b1_it_is_not_the_leads_before_the_hours_in_settings(self) -> None:
		set_setting("response_escalation_hours", 4)
		intake = self.make_intake()
		intake.db_set("response_due", add_to_date(now_datetime(), hours=-3))
		self.send("remind_response_long_overdue")
		self.assertEqual(self.get_told(intake), [])

	def test_b4_a_rights_statement_that_nobody_went_through(self) -> None:
		case = make_case(make_client(NAME), opened_on=today())
		self.check(
			"remind_rights_statement",
			case,
			lambda: case.db_set("opened_on", add_days(today(), -7), update_modified=False),
			lambda: case.db_set("rights_acknowledged_on", today()),
		)

	def test_c20_a_compulsory_case_without_a_case_manager_is_the_leads(self) -> None:
		self.check(
			"remind_no_case_manager",
			self.case,
			lambda: self.case.db_set("case_manager", None, update_modified=False),
			lambda: self.case.db_set("case_manager", self.worker),
			self.lead,
		)

	def test_c20_a_manager_in_conflict_or_disabled_manages_nothing_and_a_childs_may_be_the_heads(
		self,
	) -> None:
		child = make_child_case(self.case)
		child.db_set("case_manager", None)
		self.case.db_set("manager_in_conflict", 1)
		self.send("remind_no_case_manager")
		self.assertEqual(self.get_told(self.case), [self.lead])
		self.assertEqual(self.get_told(child), [])
		frappe.db.set_value("User", self.worker, "enabled", 0)
		self.send("remind_no_case_manager")
		self.assertEqual(self.get_told(child), [self.lead])

	def test_c20_a_voluntary_case_may_go_without_one(self) -> None:
		voluntary = make_support_program("Test Voluntary", participation="Voluntary")
		case = make_case(make_client(), voluntary, case_manager=None)
		self.send("remind_no_case_manager")
		self.assertEqual(self.get_told(case), [])


class TestMeetingReminders(ReminderTestCase):
	def test_c21_a_meeting_tomorrow_and_that_the_client_is_reminded_safely(self) -> None:
		meeting = get_next_meeting(self.case)
		self.check(
			"remind_meeting_tomorrow",
			meeting,
			lambda: meeting.db_set("scheduled_on", f"{add_days(today(), 1)} 10:00:00", update_modified=False),
			lambda: meeting.db_set("status", "Cancelled"),
		)
		task = frappe.get_value("ToDo", {"reference_name": meeting.name}, "description")
		self.assertIn("Remind the client the safe way", task)

	def test_c21_a_meeting_moved_to_another_day_is_announced_again(self) -> None:
		meeting = get_next_meeting(self.case)
		for time in ("09:00:00", "16:00:00"):
			meeting.db_set("scheduled_on", f"{add_days(today(), 1)} {time}")
			self.send("remind_meeting_tomorrow")
		self.assertEqual(self.get_told(meeting), [self.worker] * 2)
		self.assertEqual(self.get_tasks(meeting), [self.worker], "one open ToDo for a record and reminder")

	def test_c21_a_meeting_that_nobody_recorded(self) -> None:
		meeting = get_next_meeting(self.case)
		self.check(
			"remind_meeting_to_record",
			meeting,
			lambda: meeting.db_set(
				"scheduled_on", f"{add_days(today(), -1)} 10:00:00", update_modified=False
			),
			lambda: meeting.db_set("status", "Missed"),
		)

	def test_c21_meetings_missed_twice_in_a_row(self) -> None:
		first, second = (
			make_meeting(self.case, scheduled_on=add_days(now_datetime(), -day)) for day in (9, 2)
		)
		first.db_set("status", "Missed")
		self.check(
			"remind_meetings_missed",
			self.case,
			lambda: second.db_set("status", "Missed"),
			lambda: make_meeting(self.case, scheduled_on=now_datetime()).db_set("status", "Held"),
		)

	def test_c21_two_missed_with_one_held_between_are_not_in_a_row(self) -> None:
		for day, status in ((12, "Missed"), (8, "Held"), (2, "Missed")):
			make_meeting(self.case, scheduled_on=add_days(now_datetime(), -day)).db_set("status", status)
		self.send("remind_meetings_missed")
		self.assertEqual(self.get_told(self.case), [])


class TestReviewAndConsentReminders(ReminderTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.plan = make_active_plan(cls.case)
		frappe.db.savepoint("shared")

	def set_due(self, doc: frappe.model.document.Document, field: str, days: int) -> None:
		doc.db_set(field, add_days(today(), days), update_modified=False)

	def test_b19_a_review_is_announced_days_before(self) -> None:
		self.set_due(self.plan, "review_due", 8)
		self.check(
			"remind_review_due",
			self.plan,
			lambda: self.set_due(self.plan, "review_due", 7),
			lambda: self.set_due(self.plan, "review_due", 90),
		)

	def test_b19_an_overdue_review_takes_the_place_of_the_announced_one(self) -> None:
		self.set_due(self.plan, "review_due", 0)
		self.send("remind_review_due")
		self.set_due(self.plan, "review_due", -1)
		self.tidy("remind_review_due")
		self.send("remind_review_overdue")
		self.assertEqual(self.get_told(self.plan), [self.worker] * 2)
		self.assertEqual(self.get_tasks(self.plan), [self.worker])
		self.plan.db_set("status", "Superseded")
		self.tidy("remind_review_overdue")
		self.assertEqual(self.get_tasks(self.plan), [])

	def test_b18_a_reassessment_is_announced_days_before(self) -> None:
		self.check(
			"remind_reassessment_due",
			self.case,
			lambda: self.set_due(self.case, "reassessment_due", 3),
			lambda: self.set_due(self.case, "reassessment_due", 180),
		)

	def test_b18_a_reassessment_that_is_overdue(self) -> None:
		self.set_due(self.case, "reassessment_due", 0)
		self.check(
			"remind_reassessment_overdue",
			self.case,
			lambda: self.set_due(self.case, "reassessment_due", -1),
			lambda: self.set_due(self.case, "reassessment_due", 180),
		)


class TestServiceReminders(ReminderTestCase):
	def test_c43_a_referral_without_an_answer(self) -> None:
		referral = make_referral(self.case)
		referral.db_set({"status": "Sent", "sent_on": add_days(today(), -13)})
		self.check(
			"remind_referral_unanswered",
			referral,
			lambda: referral.db_set("sent_on", add_days(today(), -14), update_modified=False),
			lambda: referral.db_set("status", "Accepted"),
		)

	def test_c43_information_about_an_agency_waits_for_no_answer(self) -> None:
		referral = make_referral(self.case, help_kind="Information")
		referral.db_set({"status": "Sent", "sent_on": add_days(today(), -60)})
		self.send("remind_referral_unanswered")
		self.assertEqual(self.get_told(referral), [])

	def set_opened(self, days: int) -> None:
		"""Let the case have been opened, and nothing recorded since, so many days ago."""
		self.case.db_set("opened_on", add_days(today(), -days), update_modified=False)

	def test_no_contact_is_the_workers_then_the_leads(self) -> None:
		self.set_opened(20)
		self.check(
			"remind_no_contact",
			self.case,
			lambda: self.set_opened(21),
			lambda: make_note(self.case),
		)

	def test_no_contact_for_longer_is_the_leads(self) -> None:
		self.set_opened(34)
		self.check(
			"remind_no_contact_lead",
			self.case,
			lambda: self.set_opened(35),
			lambda: make_note(self.case),
			self.lead,
		)

	def test_an_attempt_is_no_contact(self) -> None:
		self.set_opened(25)
		note = make_note(self.case, kind="Attempted Contact")
		self.send("remind_no_contact")
		self.assertEqual(self.get_told(self.case), [self.worker])
		note.db_set("kind", "Contact")
		self.tidy("remind_no_contact")
		self.assertEqual(self.get_tasks(self.case), [])

	def test_of_a_household_it_is_said_once(self) -> None:
		child = make_child_case(self.case)
		child.db_set("opened_on", add_days(today(), -25))
		self.send("remind_no_contact")
		self.assertEqual((self.get_told(self.case), self.get_told(child)), ([self.worker], []))

	def test_contact_with_the_head_is_contact_with_the_household(self) -> None:
		child = make_child_case(self.case)
		child.db_set("opened_on", add_days(today(), -25))
		self.set_opened(10)
		self.send("remind_no_contact")
		self.assertEqual(self.get_told(child), [self.worker])
		make_note(self.case)
		self.tidy("remind_no_contact")
		self.assertEqual(self.get_tasks(child), [])

	def test_a_calendar_month_without_service_and_no_meeting_booked(self) -> None:
		"""The rule of a support period: SHS, item 3334 of metadata.nsw.gov.au."""
		last_month = get_first_day(today(), d_months=-1)
		meeting = get_next_meeting(self.case)
		self.case.db_set("opened_on", add_days(last_month, -1))
		self.check(
			"remind_no_service",
			self.case,
			lambda: meeting.db_set("status", "Cancelled"),
			lambda: meeting.db_set("status", "Scheduled"),
		)
		meeting.db_set("status", "Cancelled")
		self.send("remind_no_service")
		self.assertEqual(self.get_tasks(self.case), [self.worker], "what closed by itself opens again")

	def test_a_service_on_the_first_of_last_month_is_one_in_that_month(self) -> None:
		last_month = get_first_day(today(), d_months=-1)
		self.case.db_set("opened_on", last_month)
		get_next_meeting(self.case).db_set("status", "Cancelled")
		self.send("remind_no_service")
		self.assertEqual(self.get_told(self.case), [])


class TestConsentReminders(ReminderTestCase):
	def setUp(self) -> None:
		super().setUp()
		agency = make_agency().name
		self.consent = make_consent(self.case, agency, "referral", expires_on=add_days(today(), 15))

	def end_in(self, days: int) -> None:
		self.consent.db_set("expires_on", add_days(today(), days), update_modified=False)

	def test_a_consent_about_to_end(self) -> None:
		self.check("remind_consent_ending", self.consent, lambda: self.end_in(14), lambda: self.end_in(100))

	def test_a_consent_that_ended_until_the_client_gives_it_again(self) -> None:
		self.end_in(0)
		self.check(
			"remind_consent_ended",
			self.consent,
			lambda: self.end_in(-1),
			lambda: make_consent(self.case, None, "referral"),
		)

	def test_one_that_was_withdrawn_does_not_end(self) -> None:
		self.end_in(-1)
		self.consent.db_set("withdrawn_on", today())
		self.send("remind_consent_ended")
		self.assertEqual(self.get_told(self.consent), [])

	def test_a_consent_without_a_case_is_of_whoever_manages_the_clients_open_case(self) -> None:
		self.consent.db_set({"client_case": None, "expires_on": add_days(today(), 1)})
		self.send("remind_consent_ending")
		self.assertEqual(self.get_told(self.consent), [self.worker])


class TestFollowUpReminders(ReminderTestCase):
	def setUp(self) -> None:
		super().setUp()
		values = {"client": self.case.client, "client_case": self.case.name, "worker": self.worker}
		due_on = add_days(today(), 1)
		self.follow_up = store(frappe.get_doc({"doctype": "Case Follow Up", "due_on": due_on, **values}))

	def test_b23_a_follow_up_is_due(self) -> None:
		self.check(
			"remind_follow_up_due",
			self.follow_up,
			lambda: self.follow_up.db_set("due_on", today(), update_modified=False),
			lambda: self.follow_up.db_set("status", "Done"),
		)

	def test_b23_an_overdue_follow_up_is_the_leads_once_the_team_sees_the_client_no_longer(self) -> None:
		self.case.db_set({"status": "Closed", "team_access_until": add_days(today(), -1)})
		self.check(
			"remind_follow_up_overdue",
			self.follow_up,
			lambda: self.follow_up.db_set("due_on", add_days(today(), -1), update_modified=False),
			lambda: self.follow_up.db_set("status", "Not Reached"),
			self.lead,
		)


class TestDutyReminders(ReminderTestCase):
	def make_request(self, **values) -> frappe.model.document.Document:
		request = {
			"doctype": "Record Request",
			"client": self.case.client,
			"what_is_asked": "My record",
			**values,
		}
		return store(frappe.get_doc(request))

	def test_b26_a_record_request_is_the_leads_to_answer_in_time(self) -> None:
		request = self.make_request()
		self.check(
			"remind_record_request",
			request,
			lambda: request.db_set("due_on", add_days(today(), 7), update_modified=False),
			lambda: request.db_set("status", "Decided"),
			self.lead,
		)

	def test_b26_a_complaint_about_the_lead_is_not_theirs(self) -> None:
		frappe.db.set_value(
			"Support Program", self.case.program, "deputy_lead", "other-lead@staff.example.org"
		)
		request = self.make_request(kind="Complaint", complaint_about=self.lead)
		request.db_set("due_on", add_days(today(), -1))
		self.send("remind_record_request")
		self.assertEqual(self.get_told(request), ["other-lead@staff.example.org"])

	def test_b25_the_review_of_a_policy_is_its_owners(self) -> None:
		policy = make_policy("reminded", policy_owner="colleague@staff.example.org")
		self.check(
			"remind_policy_review",
			policy,
			lambda: policy.db_set("review_due", add_days(today(), 7), update_modified=False),
			lambda: policy.db_set("is_current", 0),
			"colleague@staff.example.org",
		)

	def test_b25_a_policy_without_an_owner_is_an_administrators(self) -> None:
		policy = make_policy("reminded")
		policy.db_set("review_due", add_days(today(), -1))
		self.send("remind_policy_review")
		[told] = self.get_told(policy)
		self.assertIn("Case Management Admin", frappe.get_roles(told))
