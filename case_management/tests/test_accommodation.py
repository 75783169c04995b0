"""Where clients live (C30): stays follow one another, one place of a program at a time, and end with the case."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.households.household import make_member
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.entry_factories import make_stay
from case_management.tests.factories import make_active_case, make_case, make_client, make_lead, make_worker

PLACE = {"provided_by_program": 1}
LOST = "Closure Without Exit Plan-lost-contact"


def day(days: int) -> str:
	return add_days(today(), days)


class TestStay(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_case()

	def make(self, days: int = -10, **values) -> Document:
		with self.as_user(make_worker()):
			return make_stay(self.case, days, **values)

	def act(self, stay: Document, method: str, **values) -> dict:
		with self.as_user(make_worker()):
			return getattr(frappe.get_doc("Accommodation Stay", stay.name), method)(**values)

	def get_end(self, stay: Document) -> object:
		return self.stored(stay, "to_date")

	def test_c30_where_the_client_came_from_lies_before_the_case(self) -> None:
		stay = self.make(-400, accommodation_type="Accommodation Type-rough", to_date=day(-30))
		self.assertEqual(self.get_end(stay), getdate(day(-30)))

	def test_c30_a_new_stay_ends_the_one_before_it(self) -> None:
		rough, place = self.make(-400), self.make(-20, **PLACE)
		self.assertEqual(self.get_end(rough), getdate(day(-20)))
		home = self.make(-2, is_independent=1)
		self.assertEqual([self.get_end(place), self.get_end(home)], [getdate(day(-2)), None])

	def test_a_stay_that_ended_before_is_left_as_it_was(self) -> None:
		past = self.make(-90, to_date=day(-60))
		self.make(-20)
		self.assertEqual(self.get_end(past), getdate(day(-60)))

	def test_a_stay_does_not_end_before_it_begins(self) -> None:
		with self.refused("New Accommodation Stay", "before the stay began"):
			self.make(-10, to_date=day(-11))
		self.assertTrue(self.make(-10, to_date=day(-10)).name)

	def test_a_stay_lies_not_in_the_future(self) -> None:
		for values in ({"days": 1}, {"days": -3, "to_date": day(1)}):
			with self.subTest(values=values), self.refused("lies in the future"):
				self.make(**values)

	def test_a_date_or_code_that_is_none_is_refused(self) -> None:
		with self.refused("no date"):
			self.make(from_date="soon")
		with self.refused("begins on a day"):
			self.make(from_date=None, to_date=day(-1))
		with self.refused("Accommodation Type"):
			self.make(accommodation_type="Tenure Type-renting")

	def test_c30_two_places_of_a_program_in_one_night_are_refused(self) -> None:
		first = self.make(-20, to_date=day(-10), **PLACE)
		for values in ({"to_date": day(-15)}, {"to_date": day(-5)}, {}):
			with self.subTest(values=values), self.refused(first.name, "another place", "Correct the days"):
				self.make(-18, **values, **PLACE)
		self.assertTrue(self.make(-10, **PLACE).name)

	def test_c30_a_place_on_another_case_counts_too(self) -> None:
		first = self.make(-20, to_date=day(-10), **PLACE)
		self.case = make_case(frappe.get_doc("Client", self.case.client))
		with self.refused(first.name, "another place"):
			self.make(-15, to_date=day(-12), **PLACE)

	def test_c30_a_place_moved_over_another_is_refused(self) -> None:
		first, second = self.make(-20, to_date=day(-10), **PLACE), self.make(-10, **PLACE)
		with self.as_user(make_worker()), self.refused(second.name, first.name):
			second.update({"from_date": day(-11)}).save()

	def test_a_stay_from_earlier_without_an_end_is_refused(self) -> None:
		later = self.make(-20)
		with self.refused(later.name, "has lived elsewhere since", "Enter the day"):
			self.make(-50)

	def test_two_stays_from_the_same_day_on_are_refused(self) -> None:
		first = self.make(-20)
		with self.refused(first.name, "has lived elsewhere since"):
			self.make(-20, accommodation_type="Accommodation Type-own-home")
		self.act(first, "move_out", on=day(-20))
		self.assertTrue(self.make(-20).name)

	def test_a_home_kept_besides_a_place_is_no_second_place(self) -> None:
		self.make(-20, to_date=day(-10), **PLACE)
		self.assertTrue(self.make(-18, to_date=day(-12)).name)

	def test_a_place_of_the_program_is_not_the_clients_own_home(self) -> None:
		with self.refused("own home", "Stable and Independent"):
			self.make(is_independent=1, **PLACE)

	def test_a_place_of_the_program_is_not_taken_before_the_case_opened(self) -> None:
		with self.refused("before the case opened"):
			self.make(-31, **PLACE)

	def test_c30_moving_out_is_recorded_once(self) -> None:
		stay = self.make(-10, **PLACE)
		answer = self.act(stay, "move_out", on=day(-1), reason_left="A flat of her own")
		self.assertEqual(answer, {"to_date": getdate(day(-1)), "household": []})
		self.assertEqual(self.act(stay, "move_out", on=today())["to_date"], getdate(day(-1)))
		self.assertEqual(self.stored(stay, "reason_left"), "A flat of her own")

	def test_nobody_moves_out_before_they_moved_in_or_tomorrow(self) -> None:
		stay = self.make(-10)
		for wrong, why in ((day(-11), "before the stay"), (day(1), "future"), ("soon", "no date")):
			with self.subTest(day=wrong), self.refused(stay.name, why):
				self.act(stay, "move_out", on=wrong)
		self.assertIsNone(self.get_end(stay))

	def test_a_worker_of_another_team_neither_sees_nor_ends_it(self) -> None:
		stay = self.make()
		with self.as_user(make_worker("other")):
			self.assertEqual(frappe.get_list("Accommodation Stay"), [])
			with self.assertRaises(UNSEEN):
				frappe.get_doc("Accommodation Stay", stay.name).move_out()


class TestHousehold(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_case()
		self.member = make_member(self.case, {"client": make_client("Child").name, "opened_on": day(-30)})
		self.stay = make_stay(self.case, -10, **PLACE)

	def act(self, method: str, stay: Document | None = None, **values) -> dict:
		with self.as_user(make_worker()):
			return getattr(frappe.get_doc("Accommodation Stay", (stay or self.stay).name), method)(**values)

	def test_the_households_members_get_the_same_stay_once(self) -> None:
		answer = self.act("record_for_household")
		self.assertEqual([row["client"] for row in answer["stays"]], [self.member.client])
		copy = frappe.get_doc("Accommodation Stay", answer["stays"][0]["stay"])
		self.assertEqual((copy.client_case, copy.provided_by_program), (self.member.name, 1))
		self.assertEqual(self.act("record_for_household"), answer)

	def test_they_leave_with_the_head_where_that_is_said(self) -> None:
		copy = self.act("record_for_household")["stays"][0]["stay"]
		answer = self.act("move_out", on=day(-1), household=True)
		self.assertEqual(answer["household"], [copy])
		self.assertEqual(frappe.db.get_value("Accommodation Stay", copy, "to_date"), getdate(day(-1)))

	def test_otherwise_they_stay(self) -> None:
		copy = self.act("record_for_household")["stays"][0]["stay"]
		self.act("move_out")
		self.assertIsNone(frappe.db.get_value("Accommodation Stay", copy, "to_date"))

	def test_a_members_stay_is_not_the_households(self) -> None:
		with self.refused("of a member", "head's stay"):
			self.act("record_for_household", make_stay(self.member, -10, **PLACE))


class TestClosure(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()
		self.place = make_stay(self.case, -10, **PLACE)
		self.close()

	def close(self) -> None:
		with self.as_user(make_worker()):
			frappe.get_doc("Client Case", self.case.name).close(
				end_reason="Support Period End Reason-8", exception=LOST, cancel_meetings=1, closed_on=day(-1)
			)

	def test_c30_the_place_ends_with_the_case(self) -> None:
		self.assertEqual(self.stored(self.place, "to_date"), getdate(day(-1)))

	def test_c30_where_the_client_lives_afterwards_is_still_recorded(self) -> None:
		with self.as_user(make_worker()):
			self.assertTrue(make_stay(self.case, 0, is_independent=1).name)

	def test_a_place_of_the_program_is_not_taken_after_closure(self) -> None:
		with self.as_user(make_lead()), self.refused("is closed", "Reopen"):
			make_stay(self.case, 0, **PLACE)
