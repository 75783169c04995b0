"""The meeting cycle and the calendar: closed days and weekends, and two meetings at one time (C21)."""

from datetime import date, datetime, timedelta

import frappe
from frappe.utils import get_datetime, getdate

from case_management.case_management.meeting.meetings import get_next_time
from case_management.case_management.meeting.open_days import move_to_open_day
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client
from case_management.tests.plan_factories import make_support_case, make_support_program

WORKER, COLLEAGUE = (f"{name}@staff.example.org" for name in ("worker", "colleague"))
EARLIEST = datetime(2030, 1, 1)
# A Friday, and the days after it.
FRIDAY = datetime(2030, 3, 1, 10)
SATURDAY, MONDAY, TUESDAY = (FRIDAY + timedelta(days=days) for days in (1, 3, 4))


class CalendarTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(frappe.clear_document_cache, "Case Management Settings", "Case Management Settings")

	def set_calendar(self, closed: tuple[date, ...] = (), weekdays: tuple[str, ...] = ()) -> None:
		settings = frappe.get_doc("Case Management Settings")
		settings.set("closed_days", [{"closed_on": day} for day in closed])
		hours = {"from_time": "09:00", "to_time": "17:00"}
		settings.set("service_hours", [{"weekday": day, **hours} for day in weekdays])
		settings.save(ignore_permissions=True)
		frappe.clear_document_cache("Case Management Settings", "Case Management Settings")


class TestOpenDays(CalendarTestCase):
	def test_life_l20_a_meeting_at_a_weekend_moves_by_the_programs_rule(self) -> None:
		self.set_calendar()
		for rule, day in (("Next Open Day", MONDAY), ("Day Before", FRIDAY), ("Stay", SATURDAY)):
			with self.subTest(rule=rule):
				self.assertEqual(move_to_open_day(SATURDAY, rule, EARLIEST), day)

	def test_life_l20_a_closed_day_after_a_weekend_moves_it_on(self) -> None:
		self.set_calendar(closed=(MONDAY.date(),))
		self.assertEqual(move_to_open_day(SATURDAY, "Next Open Day", EARLIEST), TUESDAY)
		self.assertEqual(move_to_open_day(MONDAY, "Day Before", EARLIEST), FRIDAY)

	def test_life_l20_service_hours_say_which_weekdays_are_open(self) -> None:
		self.set_calendar(weekdays=("Saturday", "Tuesday"))
		self.assertEqual(move_to_open_day(SATURDAY, "Next Open Day", EARLIEST), SATURDAY)
		self.assertEqual(move_to_open_day(MONDAY, "Next Open Day", EARLIEST), TUESDAY)

	def test_life_l20_a_day_before_that_has_passed_is_the_next_one_after_all(self) -> None:
		self.set_calendar()
		self.assertEqual(move_to_open_day(SATURDAY, "Day Before", FRIDAY + timedelta(hours=1)), MONDAY)

	def test_life_l20_the_cycle_follows_the_rule_of_its_program(self) -> None:
		self.set_calendar(closed=(TUESDAY.date(),))
		program = make_support_program("Test Open Days", meeting_on_closed_days="Next Open Day")
		case = make_support_case(make_client("Two"), program=program)
		when = get_next_time(case, getdate(TUESDAY - timedelta(days=14)))
		self.assertEqual(when, TUESDAY + timedelta(days=1))


class TestOverlaps(CalendarTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case, self.other = (make_support_case(make_client(name)) for name in ("One", "Two"))
		frappe.clear_messages()

	def schedule(self, case: object, when: datetime, user: str = WORKER) -> list[str]:
		"""Schedule a meeting and return what the user was told."""
		frappe.clear_messages()
		with self.as_user(user):
			frappe.get_doc("Client Case", case.name).schedule_meeting(str(when), "Review")
		return [str(message.get("message")) for message in frappe.get_message_log()]

	def test_life_l20_a_worker_with_two_meetings_at_once_is_told_and_may_go_on(self) -> None:
		self.assertEqual(self.schedule(self.case, FRIDAY), [])
		first = frappe.get_doc("Case Meeting", {"client_case": self.case.name, "scheduled_on": FRIDAY})
		said = self.schedule(self.other, FRIDAY + timedelta(minutes=15))
		self.assertTrue(any(first.name in text and WORKER in text for text in said), said)
		self.assertTrue(frappe.db.exists("Case Meeting", {"client_case": self.other.name, "kind": "Review"}))

	def test_life_l20_the_client_with_two_meetings_at_once_is_told_of(self) -> None:
		self.schedule(self.case, FRIDAY)
		said = self.schedule(self.case, FRIDAY + timedelta(minutes=15))
		self.assertTrue(any("The client has the meeting" in text for text in said), said)

	def test_life_l20_one_after_the_other_is_no_overlap(self) -> None:
		self.schedule(self.case, FRIDAY)
		self.assertEqual(self.schedule(self.other, FRIDAY + timedelta(hours=3)), [])

	def test_life_l20_a_meeting_that_is_not_seen_is_told_by_its_time_alone(self) -> None:
		self.schedule(self.case, FRIDAY)
		hidden = frappe.get_doc("Case Meeting", {"client_case": self.case.name, "scheduled_on": FRIDAY})
		hidden.db_set("worker", COLLEAGUE)
		case = make_support_case(make_client("Three"), case_manager=COLLEAGUE)
		said = self.schedule(case, get_datetime(FRIDAY), COLLEAGUE)
		self.assertTrue(said)
		self.assertNotIn(hidden.name, " ".join(said))
