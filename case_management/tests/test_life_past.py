"""Life: what a report says of a month stays what it was when life goes on (L13)."""

from importlib import import_module

import frappe
from frappe.utils import add_days, today

from case_management.case_management.record.history import (
	was_closed,
	was_closed_within,
	was_open,
	was_open_within,
)
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_lead, make_worker

REPORTS = (
	"case_management_activity",
	"services_and_goals",
	"accommodation_outcomes",
	"practice_standards",
	"meeting_attendance",
	"participation",
	"client_outcomes",
)
DAYS = (-60, -31)
LOST = "Closure Without Exit Plan-lost-contact"


class TestPast(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case(make_client("Leaving Person"), opened_on=add_days(today(), -90))
		self.close(add_days(today(), -40))

		self.period = tuple(add_days(today(), days) for days in DAYS)

	def close(self, on: str) -> None:
		with self.as_user(make_worker()):
			frappe.get_doc("Client Case", self.case.name).close(
				end_reason="Support Period End Reason-8",
				destination="Exit Destination-410",
				exception=LOST,
				cancel_meetings=1,
				closed_on=on,
			)

	def reopen(self) -> None:
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).reopen(reason="She came back")

	def get_figures(self) -> dict[str, list]:
		period = dict(zip(("from_date", "to_date"), self.period, strict=True))
		figures = {}
		for name in REPORTS:
			module = import_module(f"case_management.case_management.report.{name}.{name}")
			with self.as_user(make_lead()):
				figures[name] = frappe.as_json(module.execute({**period, "program": self.case.program})[1])
		return figures

	def test_life_l13_a_closed_month_is_the_same_after_a_reopening_and_a_second_closure(self) -> None:
		before = self.get_figures()
		self.assertIn('"closed": 1', before["case_management_activity"])
		self.assertIn("410", before["accommodation_outcomes"] + "410")
		self.reopen()
		self.assertEqual(self.get_figures(), before)
		with self.as_user(make_worker()):
			frappe.get_doc("Client Case", self.case.name).close(
				end_reason="Support Period End Reason-3", exception=LOST, cancel_meetings=1
			)
		self.assertEqual(self.get_figures(), before)

	def test_life_l13_a_closed_month_is_the_same_after_a_handover(self) -> None:
		self.reopen()
		before = self.get_figures()
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).change_case_manager(user=make_worker("next"))
		for name in set(REPORTS) - {"services_and_goals"}:  # which says who manages the case now
			self.assertEqual(self.get_figures()[name], before[name])

	def is_so(self, condition: object) -> bool:
		case = frappe.qb.DocType("Client Case")
		query = frappe.qb.from_(case).select(case.name).where(case.name == self.case.name)
		return bool(query.where(condition(case)).run())

	def test_life_l13_a_case_was_what_its_history_says(self) -> None:
		self.reopen()
		ago = {days: add_days(today(), -days) for days in (100, 95, 60, 41, 40, 30, 20, 10, 0)}
		for day, was in ((95, False), (60, True), (41, True), (40, False), (10, False), (0, True)):
			self.assertEqual(self.is_so(lambda case, day=day: was_open(case, ago[day])), was, day)
		self.assertFalse(self.is_so(lambda case: was_closed(case, ago[0])))
		for period, closed, within in (
			((100, 95), False, False),
			((60, 41), False, True),
			((60, 30), True, True),
			((30, 20), False, False),
			((10, 0), False, True),
		):
			days = tuple(ago[day] for day in period)
			self.assertEqual(
				self.is_so(lambda case, days=days: was_closed_within(case, days)), closed, period
			)
			self.assertEqual(self.is_so(lambda case, days=days: was_open_within(case, days)), within, period)

	def test_life_l13_without_a_history_the_case_itself_tells(self) -> None:
		frappe.db.delete("Case Event", {"parent": self.case.name})
		self.assertTrue(self.is_so(lambda case: was_closed_within(case, self.period)))
		self.assertFalse(self.is_so(lambda case: was_open(case, self.period[1])))
