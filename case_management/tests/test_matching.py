"""Likely matches: names by their sound, birth dates as they are told, and nothing shown that may not be seen."""

import frappe
from frappe.utils import getdate

from case_management.case_management.entry.matching import find_matches, get_sound
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import make_client, make_intake, make_intake_worker, make_lead


class TestNameSound(CaseTestCase):
	def test_spellings_that_sound_alike_have_one_key(self) -> None:
		for one, other in (
			("Stephen", "Steven"),
			("Robyn", "Robin"),
			("Chris", "Kris"),
			("Catherine", "Kathryn"),
			("Caitlin", "Katelyn"),
			("Geoffrey", "Jeffrey"),
			("Zoë", "zoe"),
			("O'Brien", "OBrien"),
			("Leigh", "Lee"),
			("Wright", "Rite"),
		):
			self.assertEqual(get_sound(one), get_sound(other), f"{one} and {other}")

	def test_different_names_have_different_keys(self) -> None:
		for one, other in (("Robin", "Ruben Lee"), ("Alex", "Alice"), ("Maria", "Mark"), ("Sam", "Tim")):
			self.assertNotEqual(get_sound(one), get_sound(other), f"{one} and {other}")

	def test_each_word_has_a_part(self) -> None:
		self.assertEqual(get_sound("Stephen Leigh"), "STFN L")
		self.assertEqual(get_sound("Jean Luc"), "JN LK")

	def test_another_script_is_what_it_is_transliterated_to(self) -> None:
		self.assertEqual(get_sound("Анна Петрова"), get_sound("Anna Petrova"))

	def test_no_name_has_no_key(self) -> None:
		for nothing in (None, "", " - ", "123"):
			self.assertEqual(get_sound(nothing), "")

	def test_the_key_is_stored_with_the_name_and_follows_it(self) -> None:
		client = make_client("Stephen")
		self.assertEqual(self.stored(client, "name_sound"), "STFN")
		client.preferred_name = "Robyn"
		client.save()
		self.assertEqual(self.stored(client, "name_sound"), "RBN")


class TestFindMatches(CaseTestCase):
	def find(self, *person) -> dict[str, dict]:
		return {match["client"]: match for match in find_matches(*person)}

	def test_a_name_that_sounds_alike_with_the_same_birth_date_comes_first(self) -> None:
		weaker = make_client("Steven Quamby")
		client = make_client("Stephen Quambie", birth_date="1991-03-04")
		matches = find_matches("Steven Quamby", "1991-03-04")
		self.assertEqual(matches[0]["client"], client.name)
		self.assertEqual(matches[0]["score"], 100)
		self.assertIn(weaker.name, [match["client"] for match in matches])

	def test_the_reasons_say_what_agrees(self) -> None:
		client = make_client("Robyn Quamby", birth_date="1991-03-04")
		match = self.find("Robin Anders", "1991-03-04")[client.name]
		self.assertEqual(match["reasons"], ["The first name sounds alike", "Same date of birth"])

	def test_day_and_month_exchanged_agree(self) -> None:
		client = make_client("Wendeline", birth_date="1991-03-04")
		match = self.find("Wendelyn", "1991-04-03")[client.name]
		self.assertIn("Same date of birth with day and month exchanged", match["reasons"])

	def test_a_day_after_the_twelfth_cannot_be_exchanged(self) -> None:
		make_client("Wendeline", birth_date="1991-12-25")
		self.assertEqual(self.find("Wendelyn", "1982-11-25"), {})

	def test_a_year_before_or_after_agrees_where_the_date_is_estimated(self) -> None:
		client = make_client("Wendeline", birth_date="1990-07-01", birth_date_estimated=1)
		self.assertIn(client.name, self.find("Wendelyn", "1991-03-04"))
		known = make_client("Wendelina", birth_date="1990-07-01")
		self.assertNotIn(known.name, self.find("Wendelyn", "1991-03-04"))
		self.assertIn(known.name, self.find("Wendelyn", "1991-03-04", True))

	def test_a_first_name_with_another_birth_date_is_not_likely(self) -> None:
		make_client("Wendeline", birth_date="1970-01-01")
		self.assertEqual(self.find("Wendelyn", "1991-03-04"), {})

	def test_a_whole_name_with_another_birth_date_is_still_offered(self) -> None:
		client = make_client("Wendeline Kwamby", birth_date="1970-01-01")
		self.assertIn(client.name, self.find("Wendelyn Quamby", "1991-03-04"))

	def test_the_same_birth_date_alone_is_offered_since_names_change(self) -> None:
		client = make_client("Wendeline", birth_date="1933-02-01")
		self.assertIn(client.name, self.find("Somebody", "1933-02-01"))

	def test_without_name_and_birth_date_there_is_no_match(self) -> None:
		make_client("Wendeline")
		self.assertEqual(find_matches("", None), [])

	def test_a_former_name_is_found(self) -> None:
		client = self.with_former_name()
		self.assertIn(
			"Another recorded name sounds alike", self.find("Hildegard", None)[client.name]["reasons"]
		)

	def test_a_legal_name_is_found(self) -> None:
		client = make_client("Wendeline")
		identity = {"doctype": "Client Identity", "client": client.name, "legal_given_name": "Hildegard"}
		frappe.get_doc({**identity, "legal_family_name": "Kwamby"}).insert()
		self.assertIn(client.name, self.find("Hyldegard", None))

	def test_settings_limit_the_matches(self) -> None:
		frappe.db.set_single_value("Case Management Settings", "match_limit", 2)
		for _number in range(4):
			make_client("Wendeline")
		self.assertEqual(len(find_matches("Wendelyn", None)), 2)

	def test_two_queries_find_them_however_many_clients_there_are(self) -> None:
		for _number in range(5):
			make_client("Wendeline")
		find_matches("Wendelyn", "1991-03-04")
		with self.assertQueryCount(3):
			find_matches("Wendelyn", "1991-03-04")

	def with_former_name(self) -> frappe.model.document.Document:
		client = make_client("Wendeline")
		names = [{"name_used": "Hildegard", "kind": "Former", "do_not_use": 1}]
		frappe.get_doc({"doctype": "Client Identity", "client": client.name, "names_used": names}).insert()
		return client


class TestMatchesAndVisibility(CaseTestCase):
	"""An intake worker searches among people most of whom they may not see."""

	def setUp(self) -> None:
		super().setUp()
		self.user = make_intake_worker()
		self.client = make_client("Wendeline", birth_date="1991-03-04")

	def test_of_a_client_the_user_does_not_see_there_is_the_code_only(self) -> None:
		with self.as_user(self.user):
			match = find_matches("Wendelyn", "1991-03-04")[0]
		self.assertEqual(match["client"], self.client.name)
		self.assertFalse(match["visible"])
		self.assertNotIn("preferred_name", match)
		self.assertNotIn("birth_date", match)

	def test_of_a_client_the_user_sees_there_are_name_and_birth_date(self) -> None:
		with self.as_user(self.user):
			client = frappe.get_doc({"doctype": "Client", "preferred_name": "Ottokar"}).insert()
			client.birth_date = "1980-05-06"
			match = find_matches("Otokar", None)[0]
		self.assertTrue(match["visible"])
		self.assertEqual(match["preferred_name"], "Ottokar")
		self.assertIn("birth_date", match)

	def test_that_there_is_another_name_is_not_told_of_a_client_not_seen(self) -> None:
		names = [{"name_used": "Hildegard", "kind": "Former"}]
		frappe.get_doc(
			{"doctype": "Client Identity", "client": self.client.name, "names_used": names}
		).insert()
		with self.as_user(self.user):
			match = find_matches("Hildegard", None)[0]
		self.assertEqual(match["reasons"], ["The name sounds alike"])

	def test_a_restricted_client_is_not_offered_to_who_is_not_on_the_list(self) -> None:
		self.restrict(make_lead())
		with self.as_user(self.user):
			self.assertEqual(find_matches("Wendelyn", "1991-03-04"), [])

	def test_a_restricted_client_is_offered_to_who_is_on_the_list(self) -> None:
		self.restrict(self.user)
		with self.as_user(self.user):
			self.assertEqual(find_matches("Wendelyn", "1991-03-04")[0]["client"], self.client.name)

	def test_the_action_of_an_intake_compares_its_person(self) -> None:
		with self.as_user(self.user):
			intake = make_intake("Wendelyn", birth_date="1991-03-04")
			self.assertEqual(intake.find_matches()[0]["client"], self.client.name)

	def test_somebody_elses_intake_is_not_searched_with(self) -> None:
		with self.as_user(self.user):
			intake = make_intake("Wendelyn", birth_date="1991-03-04")
		with self.as_user(make_intake_worker("other-intake")), self.assertRaises(UNSEEN):
			intake.find_matches()

	def restrict(self, user: str) -> None:
		self.client.reload()
		self.client.update({"restricted": 1, "access_list": [{"user": user}]})
		self.client.save()
		self.assertEqual(getdate(self.stored(self.client, "birth_date")), getdate("1991-03-04"))
