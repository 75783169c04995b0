"""Life: a mother whose address is secret has left; the child is in both households (L16)."""

import frappe
from frappe.model.document import Document

from case_management.case_management.households.household import make_member
from case_management.case_management.households.household_changes import part
from case_management.case_management.keeping.bundle_records import LeftOut, get_record
from case_management.tests.base import CaseTestCase
from case_management.tests.entry_factories import make_stay
from case_management.tests.factories import make_case, make_client, make_program, make_worker

PLACE = {"locality": "Quiet Street", "agency": None}
TOGETHER = {"relationship": "Relationship to Head of Household-2", "in_household": 1}


class TestSecretPlaces(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.fathers, self.mothers = make_worker("of-father"), make_worker("of-mother")
		father, self.mother = make_client("Father"), make_client("Mother", address_is_secret=1)
		self.with_father = make_case(father, case_manager=self.fathers)
		# Another program, of the same leader or not: the teams differ.
		program = make_program("Test Refuge", participation="Voluntary")
		self.with_mother = make_case(self.mother, program, case_manager=self.mothers)
		self.child = make_client("Child", birth_date="2019-03-01")
		for head in (self.with_father, self.with_mother):
			make_member(head, {"client": self.child.name, "opened_on": head.opened_on, **TOGETHER})
		self.stay = make_stay(self.with_mother, -1, locality="Quiet Street")

	def record_for_household(self) -> str:
		with self.as_user(self.mothers):
			stays = frappe.get_doc("Accommodation Stay", self.stay.name).record_for_household()["stays"]
		return stays[0]["stay"]

	def make_request(self, asked_by: str) -> Document:
		case = frappe.db.get_value(
			"Client Case", {"client": self.child.name, "head_case": self.with_father.name}
		)
		request = {"doctype": "Record Request", "client": self.child.name, "client_case": case}
		return frappe.get_doc({**request, "kind": "Access", "asked_by": asked_by})

	def test_life_l16_the_childs_place_with_her_is_her_teams_only(self) -> None:
		stay = self.record_for_household()
		self.assertEqual(
			frappe.db.get_value("Accommodation Stay", stay, ("locality", "place_is_secret")),
			("Quiet Street", 1),
		)
		for user, sees in ((self.mothers, True), (self.fathers, False)):
			self.assertTrue(self.sees_record(user, "Client", self.child.name))
			self.assertEqual(self.sees_record(user, "Accommodation Stay", stay), sees)
			with self.as_user(user):
				listed = frappe.get_list("Accommodation Stay", {"client": self.child.name}, pluck="name")
			self.assertEqual(listed, [stay] if sees else [])

	def test_life_l16_a_place_becomes_secret_with_the_address_and_open_again(self) -> None:
		frappe.get_doc("Client", self.mother.name).update({"address_is_secret": 0}).save()
		stay = self.record_for_household()
		self.assertTrue(self.sees_record(self.fathers, "Accommodation Stay", stay))
		for secret in (1, 0):
			frappe.get_doc("Client", self.mother.name).update({"address_is_secret": secret}).save()
			self.assertEqual(self.sees_record(self.fathers, "Accommodation Stay", stay), not secret)

	def test_life_l16_a_place_stays_secret_when_they_live_apart_and_the_stay_is_saved_again(self) -> None:
		stay = self.record_for_household()
		part(self.child.name, {self.mother.name})
		with self.as_user(self.mothers):
			frappe.get_doc("Accommodation Stay", stay).move_out()
		self.assertEqual(frappe.db.get_value("Accommodation Stay", stay, "place_is_secret"), 1)
		self.assertFalse(self.sees_record(self.fathers, "Accommodation Stay", stay))

	def test_life_l16_another_persons_request_of_the_childs_record_is_not_told_of_it(self) -> None:
		stay = self.record_for_household()
		left_out = LeftOut(self.make_request("Parent or Guardian"))
		self.assertTrue(left_out.has_record("Accommodation Stay", stay))
		self.assertFalse(LeftOut(self.make_request("Client")).has_record("Accommodation Stay", stay))

	def test_life_l16_nor_of_a_secret_address(self) -> None:
		frappe.get_doc("Client", self.child.name).update(
			{"address": "1 Quiet Street", "address_is_secret": 1}
		).save()
		for asked_by, told in (("Parent or Guardian", False), ("Client", True)):
			left_out = LeftOut(self.make_request(asked_by))
			record = get_record(frappe.get_doc("Client", self.child.name), left_out, {})
			self.assertEqual("1 Quiet Street" in frappe.as_json(record), told)
			self.assertEqual("The place is secret" in [row["why"] for row in left_out.rows], not told)
