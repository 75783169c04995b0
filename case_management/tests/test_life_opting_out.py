"""Leaving case management, or its meetings, in a voluntary program (C19): for this case, with no effect on the service."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.report.what_is_missing.what_is_missing import execute as find_missing
from case_management.case_management.standards.check import get_evidence, get_scope
from case_management.case_management.standards.planning import check_part_in_planning
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_program, make_worker

CASE = "Client Case"


class OptingOutTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Test Voluntary", participation="Voluntary")
		self.case = make_active_case(program=self.program)

	def act(self, method: str, case: Document | None = None, **values) -> dict:
		with self.as_user(make_worker()):
			return getattr(frappe.get_doc(CASE, (case or self.case).name), method)(**values)

	def get_meetings(self, status: str) -> list[str]:
		filters = {"client_case": self.case.name, "status": status}
		return frappe.get_all("Case Meeting", filters=filters, pluck="name")

	def count_expected_plans(self) -> int:
		period = (getdate(add_days(today(), -60)), getdate())
		return get_evidence(check_part_in_planning(get_scope(period, [self.program.name]))).expected

	def get_missing(self) -> set[str]:
		return {row["kind"] for row in find_missing({"program": self.program.name})[1]}


class TestOptingOut(OptingOutTestCase):
	def test_life_c19_an_agreement_is_withdrawn_and_support_goes_on(self) -> None:
		(ahead,) = self.get_meetings("Scheduled")
		answer = self.act("withdraw_agreement", reason="I manage on my own.")
		self.assertEqual((answer["status"], answer["cancelled"]), ("Active", [ahead]))
		self.assertEqual(str(self.stored(self.case, "agreement_withdrawn_on")), today())
		self.assertEqual(self.stored(self.case, "agreement_withdrawn_reason"), "I manage on my own.")
		self.assertFalse(self.stored(self.case, "next_meeting_on"))

	def test_life_c19_no_meeting_follows_by_itself_any_more(self) -> None:
		self.act("withdraw_agreement")
		meeting = self.act("schedule_meeting", scheduled_on=f"{add_days(today(), 3)} 10:00:00")["meeting"]
		with self.as_user(make_worker()):
			answer = frappe.get_doc("Case Meeting", meeting).cancel("Not needed")
		self.assertIsNone(answer["next_meeting"])
		self.assertEqual(self.get_meetings("Scheduled"), [])

	def test_life_c19_nothing_counts_as_missing_that_the_client_left(self) -> None:
		self.assertEqual(self.count_expected_plans(), 1)
		self.assertEqual(self.get_missing(), {"Assessment", "Plan"})
		self.act("withdraw_agreement")
		self.assertEqual(self.count_expected_plans(), 0)
		self.assertEqual(self.get_missing(), set())

	def test_life_c19_notes_and_referrals_go_on(self) -> None:
		self.act("withdraw_agreement")
		note = {"doctype": "Case Note", "client": self.case.client, "client_case": self.case.name}
		with self.as_user(make_worker()):
			self.assertTrue(frappe.get_doc({**note, "note": "Food parcel given."}).insert().name)

	def test_life_c19_who_agrees_again_takes_part_again(self) -> None:
		self.act("withdraw_agreement")
		answer = self.act("record_agreement", how="Spoken")
		self.assertEqual(answer["status"], "Active")
		self.assertFalse(self.stored(self.case, "agreement_withdrawn_on"))
		self.assertEqual(len(self.get_meetings("Scheduled")), 1)

	def test_life_c19_meetings_are_declined_and_taken_up_again(self) -> None:
		self.act("decline_meetings", reason="Too many appointments.")
		self.assertEqual(self.get_meetings("Scheduled"), [])
		self.assertEqual(self.count_expected_plans(), 1, "the plan is still offered")
		self.assertTrue(self.act("resume_meetings")["next_meeting"])
		self.assertFalse(self.stored(self.case, "meetings_declined_on"))

	def test_life_c19_a_review_that_was_agreed_on_stays(self) -> None:
		self.act("schedule_meeting", scheduled_on=f"{add_days(today(), 9)} 10:00:00", kind="Review")
		self.assertEqual(len(self.act("decline_meetings")["cancelled"]), 1)
		self.assertEqual(len(self.get_meetings("Scheduled")), 1)

	def test_life_c19_pressed_twice_the_first_day_stays(self) -> None:
		first = add_days(today(), -2)
		self.act("decline_meetings", on=first)
		self.assertEqual(self.act("decline_meetings")["cancelled"], [])
		self.assertEqual(str(self.stored(self.case, "meetings_declined_on")), first)

	def test_life_c19_a_compulsory_program_has_no_opting_out(self) -> None:
		case = make_active_case()
		for method in ("withdraw_agreement", "decline_meetings"):
			with self.subTest(method), self.refused(case.name, "is compulsory"):
				self.act(method, case)

	def test_life_c19_what_was_never_agreed_is_not_withdrawn(self) -> None:
		self.case.db_set("agreement_on", None)
		with self.refused(self.case.name, "none to withdraw", "Decline Meetings"):
			self.act("withdraw_agreement")

	def test_life_c19_the_day_is_not_before_the_agreement(self) -> None:
		self.case.db_set("agreement_on", add_days(today(), -5))
		with self.refused(self.case.name, "before the client agreed"):
			self.act("withdraw_agreement", on=add_days(today(), -6))

	def test_life_c19_opting_out_cannot_be_typed_in(self) -> None:
		with self.as_user(make_worker()):
			case = frappe.get_doc(CASE, self.case.name)
			case.update({"meetings_declined_on": today(), "agreement_withdrawn_on": today()}).save()
		self.assertFalse(self.stored(self.case, "meetings_declined_on"))
		self.assertFalse(self.stored(self.case, "agreement_withdrawn_on"))
