"""Client Identity: legal names, one record a client, and the statistical linkage key (METEOR 686238)."""

import frappe
from frappe.model.document import Document

from case_management.case_management.keeping.linkage_key import make_linkage_key
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_case, make_client, make_lead, make_worker


class TestLinkageKey(CaseTestCase):
	def test_it_takes_letters_2_3_5_and_2_3_the_birth_date_and_the_sex(self) -> None:
		self.assertEqual(make_linkage_key("Jane", "Citizen", "1990-05-31", "2"), "ITZAN310519902")

	def test_letters_that_a_short_name_lacks_are_2(self) -> None:
		self.assertEqual(make_linkage_key("Jo", "Ng", "1990-05-31", "1"), "G22O2310519901")
		self.assertEqual(make_linkage_key("J", "Lee", "1990-05-31", "1"), "EE222310519901")

	def test_a_missing_family_name_is_999_and_a_missing_given_name_99(self) -> None:
		self.assertEqual(make_linkage_key("Jane", None, "1990-05-31", "2"), "999AN310519902")
		self.assertEqual(make_linkage_key("", "Citizen", "1990-05-31", "2"), "ITZ99310519902")
		self.assertEqual(make_linkage_key("--", " ", "1990-05-31", "2"), "99999310519902")

	def test_hyphens_apostrophes_spaces_and_digits_do_not_count(self) -> None:
		self.assertEqual(
			make_linkage_key("Mary-Jane", "O'Brien", "1990-05-31", "2"),
			make_linkage_key("maryjane", "obrien 2", "1990-05-31", "2"),
		)
		self.assertEqual(make_linkage_key("M-ary", "O'Brien", "1990-05-31", "2")[:5], "BREAR")

	def test_an_accented_letter_counts_as_its_base_letter(self) -> None:
		self.assertEqual(
			make_linkage_key("Zoë", "Nuñez", "1990-05-31", "2"),
			make_linkage_key("Zoe", "Nunez", "1990-05-31", "2"),
		)

	def test_sex_is_1_2_3_or_unknown(self) -> None:
		for given, code in (("1", "1"), ("2", "2"), ("3", "3"), ("9", "9"), (None, "9"), ("X", "9")):
			self.assertEqual(make_linkage_key("Jane", "Citizen", "1990-05-31", given)[-1], code)

	def test_it_has_14_characters_with_two_digits_for_day_and_month(self) -> None:
		key = make_linkage_key("Jane", "Citizen", "2001-02-03", "2")
		self.assertEqual(len(key), 14)
		self.assertEqual(key[5:13], "03022001")

	def test_no_birth_date_is_invented(self) -> None:
		self.assertIsNone(make_linkage_key("Jane", "Citizen", None, "2"))


class TestClientIdentity(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker = make_worker()
		self.client = make_client("Jay", birth_date="1990-05-31")
		make_case(self.client)

	def make(self, **values) -> Document:
		names = {
			"legal_given_name": "Jane",
			"legal_family_name": "Citizen",
			"sex_recorded": "Sex (SLK-581)-2",
		}
		return frappe.get_doc(
			{"doctype": "Client Identity", "client": self.client.name, **names, **values}
		).insert()

	def test_the_key_is_made_from_legal_name_birth_date_and_recorded_sex(self) -> None:
		with self.as_user(self.worker):
			identity = self.make()
		self.assertEqual(self.stored(identity, "statistical_linkage_key"), "ITZAN310519902")

	def test_the_preferred_name_is_never_used_for_the_key(self) -> None:
		with self.as_user(self.worker):
			identity = self.make(legal_given_name=None, legal_family_name=None)
		self.assertEqual(identity.statistical_linkage_key, "99999310519902")

	def test_a_key_that_is_sent_is_not_taken(self) -> None:
		with self.as_user(self.worker):
			identity = self.make(statistical_linkage_key="XXXXX010119001")
		self.assertEqual(self.stored(identity, "statistical_linkage_key"), "ITZAN310519902")

	def test_the_key_follows_a_corrected_birth_date(self) -> None:
		with self.as_user(self.worker):
			identity = self.make()
			client = frappe.get_doc("Client", self.client.name)
			client.birth_date = "1990-06-01"
			client.save()
		self.assertEqual(self.stored(identity, "statistical_linkage_key"), "ITZAN010619902")

	def test_the_key_goes_with_the_birth_date(self) -> None:
		with self.as_user(self.worker):
			identity = self.make()
			client = frappe.get_doc("Client", self.client.name)
			client.birth_date = None
			client.save()
		self.assertFalse(self.stored(identity, "statistical_linkage_key"))

	def test_a_client_has_one_identity_record(self) -> None:
		with self.as_user(self.worker):
			first = self.make()
			with self.refused(self.client.name, first.name, "Change that one"):
				self.make()

	def test_a_name_that_is_not_to_be_used_is_kept_as_said(self) -> None:
		names = [{"name_used": "Janet", "kind": "Former", "use_with": "Bank", "do_not_use": 1}]
		with self.as_user(self.worker):
			identity = self.make(names_used=names)
		self.assertEqual(frappe.get_doc("Client Identity", identity.name).names_used[0].do_not_use, 1)

	def test_a_code_of_another_list_is_refused(self) -> None:
		with self.as_user(self.worker), self.refused("Client Identity", "Sex (SLK-581)"):
			self.make(sex_recorded="Service Requested-1")

	def test_who_does_not_see_the_client_does_not_see_the_identity(self) -> None:
		with self.as_user(self.worker):
			identity = self.make()
		with self.as_user(make_worker("other")):
			self.assertFalse(self.sees_record(frappe.session.user, "Client Identity", identity.name))
			self.assertEqual(frappe.get_list("Client Identity"), [])

	def test_nobody_makes_an_identity_of_a_client_they_do_not_see(self) -> None:
		with self.as_user(make_lead("other-lead")), self.assertRaises(frappe.PermissionError):
			self.make()
