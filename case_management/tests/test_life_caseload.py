"""A whole caseload goes to somebody else in one step, for good or during leave, and what moves is shown first (C12, C20)."""

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from case_management.case_management.access.caseload import hand_over_caseload, preview_caseload
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client, make_lead, make_program, make_referral
from case_management.tests.plan_factories import make_child_case, make_support_case

WORKER, COLLEAGUE = (f"{name}@staff.example.org" for name in ("worker", "colleague"))


class TestCaseload(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.first, self.second = (make_support_case(make_client(name)) for name in ("One", "Two"))
		self.child = make_child_case(self.first)
		self.names = [self.first.name, self.second.name]

	def hand_over(self, **values) -> list[str]:
		with self.as_user(make_lead()):
			return hand_over_caseload(worker=WORKER, to_user=COLLEAGUE, **values)["cases"]

	def test_life_l8_what_moves_is_shown_first_and_nothing_moves_by_it(self) -> None:
		with self.as_user(WORKER):
			make_referral(self.first)
		with self.as_user(make_lead()):
			shown = {row["name"]: row for row in preview_caseload(WORKER, self.names)}
		self.assertEqual(sorted(shown), sorted(self.names))
		kinds = ("meetings", "referrals", "members", "follow_ups", "tasks", "steps")
		self.assertEqual([shown[self.first.name][kind] for kind in kinds], [1, 1, 1, 0, 0, 0])
		self.assertEqual(self.stored(self.first, "case_manager"), WORKER)

	def test_life_l8_all_cases_move_with_members_and_meetings_and_leave_a_trace(self) -> None:
		moved = self.hand_over()
		self.assertEqual([name for name in moved if name in [*self.names, self.child.name]], self.names)
		for case in (self.first, self.second, self.child):
			self.assertEqual(self.stored(case, "case_manager"), COLLEAGUE)
			last = frappe.get_doc("Client Case", case.name).events[-1]
			self.assertEqual((last.event, last.from_user, last.to_user), ("Handed Over", WORKER, COLLEAGUE))
		filters = {"client_case": ("in", self.names), "worker": WORKER}
		self.assertFalse(frappe.get_all("Case Meeting", filters))

	def test_life_l8_only_the_chosen_cases_move(self) -> None:
		self.assertEqual(self.hand_over(cases=[self.second.name]), [self.second.name])
		self.assertEqual(self.stored(self.first, "case_manager"), WORKER)

	def test_life_l8_a_case_of_somebody_else_is_refused_and_none_moves(self) -> None:
		other = make_support_case(make_client("Three"), case_manager=COLLEAGUE)
		with self.refused(other.name, "does not manage"):
			self.hand_over(cases=[self.first.name, other.name])
		self.assertEqual(self.stored(self.first, "case_manager"), WORKER)

	def test_life_l8_a_lead_of_another_program_hands_nothing_over(self) -> None:
		make_program("Other Program", lead=make_lead("other-lead"))
		with self.as_user(make_lead("other-lead")):
			self.assertEqual(hand_over_caseload(worker=WORKER, to_user=COLLEAGUE)["cases"], [])

	def test_life_l8_a_worker_hands_no_caseload_over(self) -> None:
		denied = self.refused("team leader", exception=frappe.PermissionError)
		with self.as_user(WORKER), denied:
			hand_over_caseload(worker=WORKER, to_user=COLLEAGUE, cases=self.names)

	def test_life_l7_a_caseload_is_handed_over_on_a_day_ahead(self) -> None:
		self.hand_over(on=add_days(today(), 7), cases=self.names)
		for case in (self.first, self.second):
			self.assertEqual(self.stored(case, "case_manager"), WORKER)
			row = frappe.get_doc("Client Case", case.name).team[-1]
			self.assertEqual((row.user, row.from_date), (COLLEAGUE, getdate(add_days(today(), 7))))

	def test_life_l8_during_leave_the_other_sees_the_client_and_holds_the_meetings_of_these_days(
		self,
	) -> None:
		with self.as_user(WORKER):
			case = frappe.get_doc("Client Case", self.first.name)
			within = case.schedule_meeting(add_days(now_datetime(), 2), "Review")["meeting"]
			after = case.schedule_meeting(add_days(now_datetime(), 20), "Review")["meeting"]
		for _time in range(2):
			self.hand_over(until=add_days(today(), 5), cases=[self.first.name])
		workers = [frappe.db.get_value("Case Meeting", name, "worker") for name in (within, after)]
		self.assertEqual(workers, [COLLEAGUE, WORKER])
		case.reload()
		self.assertEqual((case.case_manager, len(case.team)), (WORKER, 2))
		self.assertEqual([row.event for row in case.events].count("Covered"), 1)
		for user in (WORKER, COLLEAGUE):
			self.assertTrue(self.sees_record(user, "Client Case", case.name))

	def test_life_l8_a_cover_ends(self) -> None:
		with self.refused("last day"), self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.first.name).cover_case_manager(user=COLLEAGUE)
		with self.refused("before joining"):
			self.hand_over(until=add_days(today(), -5), cases=[self.first.name])
