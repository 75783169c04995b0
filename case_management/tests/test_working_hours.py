"""The response clock (B1): around the clock or in working hours, over nights in which clocks change and leap days."""

from datetime import date, datetime
from unittest.mock import patch

import frappe
from frappe.model.document import Document

from case_management.case_management.entry import working_hours
from case_management.case_management.entry.response_targets import get_due
from case_management.case_management.entry.working_hours import Calendar, add_clock_hours, add_working_hours
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_intake, make_intake_worker, make_program, make_user

SETTINGS = "Case Management Settings"
WEEK = {day: [("09:00", "12:00"), ("13:00", "17:00")] for day in range(5)}
OFFICE = Calendar(WEEK, frozenset())
HOURS = [
	{"weekday": day, "from_time": "9:00", "to_time": "17:00"}
	for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
]


def at(text: str) -> datetime:
	return datetime.fromisoformat(text)


class TestClock(CaseTestCase):
	"""In Sydney, clocks go from 2:00 to 3:00 on 4 October 2026, and from 3:00 to 2:00 on 5 April 2026."""

	def setUp(self) -> None:
		super().setUp()
		zone = patch.object(working_hours, "get_system_timezone", return_value="Australia/Sydney")
		zone.start()
		self.addCleanup(zone.stop)

	def assert_due(self, first: str, hours: float, due: str, calendar: Calendar | None = None) -> None:
		got = add_working_hours(at(first), hours, calendar) if calendar else add_clock_hours(at(first), hours)
		self.assertEqual(got, at(due))

	def test_b1_clock_hours_are_hours_that_pass(self) -> None:
		self.assert_due("2026-03-10 23:30", 4, "2026-03-11 03:30")

	def test_b1_a_night_that_loses_an_hour_is_no_shorter_wait(self) -> None:
		self.assert_due("2026-10-03 23:00", 4, "2026-10-04 04:00")
		self.assert_due("2026-10-04 01:30", 1, "2026-10-04 03:30")

	def test_b1_a_night_that_gains_an_hour_is_no_longer_wait(self) -> None:
		self.assert_due("2026-04-04 23:00", 6, "2026-04-05 04:00")

	def test_b1_a_time_that_no_clock_showed_is_read_as_before_the_change(self) -> None:
		self.assert_due("2026-10-04 02:30", 1, "2026-10-04 04:30")

	def test_b1_working_hours_stand_still_at_night_at_noon_and_at_the_weekend(self) -> None:
		self.assert_due("2026-03-10 10:00", 4, "2026-03-10 15:00", OFFICE)
		self.assert_due("2026-03-13 16:00", 4, "2026-03-16 12:00", OFFICE)
		self.assert_due("2026-03-13 16:00", 4.5, "2026-03-16 13:30", OFFICE)

	def test_b1_who_calls_outside_working_hours_waits_from_the_next_opening(self) -> None:
		for first in ("2026-03-13 18:00", "2026-03-14 11:00", "2026-03-16 07:59"):
			self.assert_due(first, 2, "2026-03-16 11:00", OFFICE)

	def test_b1_closed_days_do_not_count(self) -> None:
		closed = Calendar(WEEK, frozenset((date(2026, 12, 25), date(2026, 12, 28))))
		self.assert_due("2026-12-24 16:00", 3, "2026-12-29 11:00", closed)

	def test_b1_29_february_is_a_working_day_of_a_leap_year(self) -> None:
		self.assert_due("2024-02-28 16:00", 8, "2024-02-29 17:00", OFFICE)
		self.assert_due("2024-02-29 16:00", 2, "2024-03-01 10:00", OFFICE)
		self.assert_due("2026-02-27 16:00", 2, "2026-03-02 10:00", OFFICE)

	def test_b1_a_weekend_in_which_clocks_change_does_not_move_monday(self) -> None:
		self.assert_due("2026-10-02 16:30", 1, "2026-10-06 09:30", Calendar(WEEK, {date(2026, 10, 5)}))

	def test_b1_a_night_shift_over_the_change_has_an_hour_less(self) -> None:
		night = Calendar({5: [("22:00", "24:00")], 6: [("00:00", "06:00")]}, frozenset())
		self.assert_due("2026-10-03 22:00", 7, "2026-10-04 06:00", night)
		self.assert_due("2026-09-26 22:00", 7, "2026-09-27 05:00", night)

	def test_b1_a_search_that_finds_no_working_time_ends(self) -> None:
		never = Calendar({0: [("09:00", "09:01")]}, frozenset())
		self.assert_due("2026-03-10 10:00", 24, "2026-03-11 10:00", never)


class TestResponseClock(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")
		self.set(response_clock="Working Hours", service_hours=HOURS)
		targets = [{"urgency": "Emergency", "hours": 1}, {"urgency": "Soon", "hours": 8}]
		self.program = make_program("Test Clock", response_targets=targets)

	def set(self, **values) -> Document:
		settings = frappe.get_single(SETTINGS)
		with self.as_user(self.admin):
			return settings.update(values).save()

	def get_due(self, urgency: str = "Soon", first: str = "2026-03-13 16:00") -> datetime | None:
		return get_due(frappe.get_doc("Support Program", self.program.name), urgency, at(first))

	def test_b1_an_intake_is_due_in_working_hours(self) -> None:
		with self.as_user(make_intake_worker()):
			intake = make_intake(
				program=self.program,
				urgency="Soon",
				first_contact_on="2026-03-13 16:00:00",
				process_informed_on=None,
			)
		self.assertEqual(self.stored(intake, "response_due"), at("2026-03-16 16:00"))

	def test_b1_an_emergency_is_due_around_the_clock(self) -> None:
		self.assertEqual(self.get_due("Emergency", "2026-03-14 23:30"), at("2026-03-15 00:30"))
		self.assertTrue(self.program.response_targets[0].around_the_clock)

	def test_b1_another_target_counts_around_the_clock_where_it_says_so(self) -> None:
		self.program.response_targets[1].around_the_clock = 1
		self.program.save()
		self.assertEqual(self.get_due(), at("2026-03-14 00:00"))

	def test_b1_a_program_has_its_own_clock(self) -> None:
		self.program.update({"response_clock": "Around the Clock"}).save()
		self.assertEqual(self.get_due(), at("2026-03-14 00:00"))

	def test_b1_a_program_counts_working_hours_where_the_site_does_not(self) -> None:
		self.set(response_clock="Around the Clock")
		self.assertEqual(self.get_due(), at("2026-03-14 00:00"))
		self.program.update({"response_clock": "Working Hours"}).save()
		self.assertEqual(self.get_due(), at("2026-03-16 16:00"))

	def test_b1_without_a_target_nothing_is_due(self) -> None:
		self.set(response_targets=[])
		self.assertIsNone(self.get_due("Routine"))

	def test_b1_working_hours_need_service_hours(self) -> None:
		with self.refused("there are none", "Enter the service hours"):
			self.set(service_hours=[])
		self.set(service_hours=[], response_clock="Around the Clock")
		with self.as_user(self.admin), self.refused("Test Clock", "Enter the service hours"):
			self.program.update({"response_clock": "Working Hours"}).save()

	def test_service_hours_are_written_on_the_24_hour_clock(self) -> None:
		settings = self.set(service_hours=[{"weekday": "Monday", "from_time": "9:30", "to_time": "24:00"}])
		self.assertEqual(settings.service_hours[0].from_time, "09:30")
		for text in ("half past nine", "25:00", "", "9"):
			with self.subTest(text=text), self.refused("no time of day", "14:30"):
				self.set(service_hours=[{"weekday": "Monday", "from_time": text, "to_time": "17:00"}])

	def test_service_hours_end_after_they_begin_and_do_not_overlap(self) -> None:
		with self.refused("22:00 is not before 06:00", "row of each day"):
			self.set(service_hours=[{"weekday": "Monday", "from_time": "22:00", "to_time": "06:00"}])
		with self.refused("rows 1 and 2 overlap"):
			self.set(service_hours=[HOURS[0], {**HOURS[0], "from_time": "16:00", "to_time": "18:00"}])
		evening = {**HOURS[0], "from_time": "17:00", "to_time": "20:00"}
		self.assertEqual(len(self.set(service_hours=[HOURS[0], evening]).service_hours), 2)

	def test_a_day_is_closed_once_and_is_a_date(self) -> None:
		with self.refused("closed twice"):
			self.set(closed_days=[{"closed_on": "2026-12-25"}, {"closed_on": "2026-12-25"}])
		with self.refused("2026-13-45"):
			self.set(closed_days=[{"closed_on": "2026-13-45"}])

	def test_b1_a_target_of_more_than_a_year_is_refused(self) -> None:
		with self.refused("Soon", "8760"):
			self.set(response_targets=[{"urgency": "Soon", "hours": 10**9}])
