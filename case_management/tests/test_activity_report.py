"""The activity report: counts by program, for who may count them."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.case_management.report.case_management_activity import case_management_activity as report
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_case,
	make_client,
	make_lead,
	make_program,
	make_user,
	make_worker,
)


def make_need(program: str, **values) -> Document:
	need = {"doctype": "Unmet Need", "description": "A place to sleep", "program": program, **values}
	return store(frappe.get_doc(need))


def make_intake(program: str, **values) -> Document:
	intake = {
		"doctype": "Client Intake",
		"person_name": "Test Caller",
		"program": program,
		"first_contact_on": now_datetime(),
		**values,
	}
	return store(frappe.get_doc(intake))


class TestActivityReport(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Report Program", lead=make_lead())
		self.other = make_program("Other Report Program", lead=make_lead("other-lead"))
		self.lead = make_lead()
		self.admin = make_user("Case Management Admin")
		self.auditor = make_user("Case Auditor")

	def run_report(self, user: str, **filters) -> dict[str, dict]:
		with self.as_user(user):
			self.columns, rows, _message, self.chart = report.execute(filters)
		return {row["program"]: row for row in rows}

	def count(self, user: str, measure: str, **filters) -> int | str:
		return self.run_report(user, **filters)[self.program.name][measure]

	def test_a_lead_counts_only_the_programs_they_lead(self) -> None:
		self.assertEqual(set(self.run_report(self.lead)), {self.program.name})

	def test_a_lead_who_asks_for_another_program_gets_nothing(self) -> None:
		self.assertEqual(self.run_report(self.lead, program=self.other.name), {})

	def test_a_deputy_counts_the_program_too(self) -> None:
		deputy = make_lead("report-deputy")
		self.program.db_set("deputy_lead", deputy)
		self.assertEqual(set(self.run_report(deputy)), {self.program.name})

	def test_an_administrator_and_an_auditor_count_every_program(self) -> None:
		for user in (self.admin, self.auditor):
			with self.subTest(user=user):
				self.assertLessEqual({self.program.name, self.other.name}, set(self.run_report(user)))

	def test_one_program_is_counted_where_one_is_asked_for(self) -> None:
		self.assertEqual(set(self.run_report(self.admin, program=self.other.name)), {self.other.name})

	def test_a_worker_without_these_roles_counts_nothing(self) -> None:
		self.assertEqual(self.run_report(make_worker()), {})

	def test_a_worker_may_not_run_it_on_the_desk(self) -> None:
		from frappe.desk.query_report import run

		with self.as_user(make_worker()), self.assertRaises(frappe.PermissionError):
			run("Case Management Activity", filters={})

	def test_cases_opened_in_the_period_are_counted(self) -> None:
		make_case(program=self.program, opened_on=today())
		make_case(program=self.program, opened_on=add_days(today(), -40))
		period = {"from_date": add_days(today(), -7), "to_date": today()}
		self.assertEqual(self.count(self.lead, "opened", **period), 1)

	def test_the_last_day_of_the_period_counts_to_its_end(self) -> None:
		make_intake(self.program.name)
		period = {"from_date": today(), "to_date": today()}
		self.assertEqual(self.count(self.lead, "intakes", **period), 1)

	def test_cases_open_at_the_end_leave_out_pending_and_closed_ones(self) -> None:
		make_case(program=self.program)
		make_active_case(make_client("Open Person"), self.program)
		closed = make_active_case(make_client("Closed Person"), self.program)
		closed.db_set({"status": "Closed", "closed_on": add_days(today(), -1)})
		self.assertEqual(self.count(self.lead, "active"), 1)

	def test_a_case_that_closed_later_was_open_at_the_end(self) -> None:
		case = make_active_case(program=self.program)
		case.db_set({"status": "Closed", "closed_on": today()})
		period = {"from_date": add_days(today(), -20), "to_date": add_days(today(), -5)}
		self.assertEqual(self.count(self.lead, "active", **period), 1)

	def test_closed_cases_are_counted_by_the_day_they_closed(self) -> None:
		case = make_active_case(program=self.program)
		case.db_set({"status": "Closed", "closed_on": add_days(today(), -2)})
		period = {"from_date": add_days(today(), -3), "to_date": today()}
		self.assertEqual(self.count(self.lead, "closed", **period), 1)
		self.assertEqual(self.count(self.lead, "closed", from_date=today(), to_date=today()), 0)

	def test_b1_an_intake_answered_after_it_was_due_is_not_answered_in_time(self) -> None:
		due = now_datetime()
		for hours in (-1, 1):
			intake = make_intake(self.program.name)
			responded = frappe.utils.add_to_date(due, hours=hours)
			intake.db_set({"response_due": due, "responded_on": responded})
		row = self.run_report(self.lead)[self.program.name]
		self.assertEqual((row["intakes"], row["answered_in_time"]), (2, 1))

	def test_an_intake_that_nobody_answered_is_not_answered_in_time(self) -> None:
		make_intake(self.program.name)
		self.assertEqual(self.count(self.lead, "answered_in_time"), 0)

	def test_b3_accepted_and_turned_away_are_counted_by_the_day_of_the_decision(self) -> None:
		for status in ("Accepted", "Not Accepted", "Not Accepted"):
			make_intake(self.program.name).db_set({"status": status, "decided_on": now_datetime()})
		row = self.run_report(self.lead)[self.program.name]
		self.assertEqual((row["accepted"], row["turned_away"]), (1, 2))

	def test_c21_meetings_are_counted_in_the_program_of_their_case(self) -> None:
		case = make_active_case(program=self.program)
		meeting = frappe.get_last_doc("Case Meeting", {"client_case": case.name})
		meeting.db_set({"status": "Held", "held_on": today()})
		self.assertEqual(self.run_report(self.lead)[self.program.name]["held"], 1)
		self.assertEqual(self.run_report(self.admin)[self.other.name]["held"], 0)

	def test_c16_unmet_needs_are_counted(self) -> None:
		make_need(self.program.name)
		self.assertEqual(self.count(self.lead, "unmet_needs"), 1)

	def test_an_auditor_and_an_administrator_do_not_see_counts_below_five(self) -> None:
		make_need(self.program.name)
		for user in (self.auditor, self.admin):
			self.assertEqual(self.count(user, "unmet_needs"), "<5")
		self.assertEqual(self.count(self.auditor, "referrals"), 0)

	def test_an_auditor_sees_counts_from_five_on(self) -> None:
		for _number in range(5):
			make_need(self.program.name)
		self.assertEqual(self.count(self.auditor, "unmet_needs"), 5)

	def test_an_auditor_gets_no_chart_since_it_would_show_the_counts(self) -> None:
		make_need(self.program.name)
		self.run_report(self.auditor)
		self.assertIsNone(self.chart)
		self.run_report(self.lead)
		self.assertEqual(self.chart["type"], "bar")

	def test_no_column_holds_a_name(self) -> None:
		self.run_report(self.admin)
		links = {column["options"] for column in self.columns if column.get("options")}
		self.assertEqual(links, {"Support Program"})

	def test_no_row_says_more_than_the_columns(self) -> None:
		make_active_case(program=self.program)
		rows = self.run_report(self.admin)
		names = {column["fieldname"] for column in self.columns}
		self.assertEqual({name for row in rows.values() for name in row}, names)

	def test_a_period_that_ends_before_it_begins_is_refused(self) -> None:
		with self.as_user(self.lead), self.refused("ends before it begins"):
			report.execute({"from_date": today(), "to_date": add_days(today(), -1)})

	def test_without_a_period_it_is_this_month(self) -> None:
		make_case(program=self.program, opened_on=add_days(frappe.utils.get_first_day(today()), -1))
		self.assertEqual(self.count(self.lead, "opened"), 0)
