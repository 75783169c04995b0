"""Life: one person's name is written in many ways, and two people's names are alike (L1–L4)."""

from datetime import date

import frappe

from case_management.case_management.entry.matching import find_matches, get_mistyped
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client, make_program, make_screened_intake, make_worker

SAME = (
	("Łukasz", "Lukasz"),
	("Søren", "Soren"),
	("Ægir", "Aegir"),
	("Đorđe", "Dorde"),
	("Þóra", "Thora"),
	("Straße", "Strasse"),
	("Anne-Marie Weiss", "Annemarie Weiss"),
	("Anne Marie Weiss", "Annemarie Weiss"),
	("Annemarie Weiss", "Anne Marie Weiss"),
	("Annemarie", "Anne Marie"),
	("Nguyen Van An", "An Nguyen Van"),
	("Kovács Éva", "Eva Kovacs"),
	("Maria Lopez", "Maria Elena Lopez"),
	("Анна Петрова", "Anna Petrova"),
	("Γιώργος", "Giorgos"),
	("O’Brien Siobhán", "OBrien Siobhan"),
)


class TestNames(CaseTestCase):
	def find(self, name: str, birth_date: str | None = None) -> list[str]:
		return [match["client"] for match in find_matches(name, birth_date)]

	def test_life_l1_l2_however_it_is_written_the_person_is_offered(self) -> None:
		for stored, asked in SAME:
			client = make_client(stored)
			with self.subTest(stored=stored, asked=asked):
				self.assertIn(client.name, self.find(asked))

	def test_life_l2_a_name_of_one_word_with_one_wrong_digit_is_offered(self) -> None:
		client = make_client("Suharto", birth_date="1988-04-17")
		for born in ("1988-04-11", "1989-04-17", "1988-05-17"):
			self.assertIn(client.name, self.find("Suharto", born))
		self.assertNotIn(client.name, self.find("Suharto", "1971-11-02"))

	def test_life_l2_dates_with_one_other_digit_are_dates(self) -> None:
		found = get_mistyped(date(2000, 2, 29))
		self.assertIn(date(2004, 2, 29), found)
		self.assertNotIn(date(2000, 2, 29), found)

	def test_life_l3_somebody_is_found_by_a_former_name(self) -> None:
		client = make_client("Wilhelmina Ottersby")
		client.preferred_name = "Kit Ottersby"
		client.save()
		self.assertIn(client.name, self.find("Wilhelmina Ottersby"))
		self.assertIn(client.name, self.find("Kit Ottersby"))

	def test_life_l4_twins_are_two_clients_with_two_cases(self) -> None:
		intake = make_screened_intake("Their Mother", program=make_program())
		for name in ("Mia Quill", "Maya Quill"):
			intake.append("companions", {"person_name": name, "birth_date": "2019-05-05", "needs_support": 1})
		intake.save()
		intake = frappe.get_doc("Client Intake", intake.name)
		answer = intake.accept(new_person=1, case_manager=make_worker(), informed_how="On the phone")
		self.assertEqual(len({row["client"] for row in answer["members"]}), 2)
		self.assertEqual(len({row["client_case"] for row in answer["members"]}), 2)
