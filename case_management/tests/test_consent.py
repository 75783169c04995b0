"""Consent (design rule 7): live or not, kept as it was relied on, and what a withdrawal concerns."""

import frappe
from frappe.utils import add_days, getdate, today

from case_management.case_management.support.consent import SHARING, validate_consent
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_agency,
	make_case,
	make_client,
	make_consent,
	make_referral,
	make_worker,
)


class ConsentTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker = make_worker()
		self.case = make_case()
		self.agency = make_agency().name

	def make(self, **values) -> frappe.model.document.Document:
		with self.as_user(self.worker):
			return make_consent(self.case.client, **values)

	def send_on(self, consent: str) -> frappe.model.document.Document:
		with self.as_user(self.worker):
			referral = make_referral(self.case)
			referral.send(consent=consent, what_was_shared="Name and phone number")
		return referral


class TestLiveConsent(ConsentTestCase):
	def test_a_consent_is_live_from_the_day_it_is_given(self) -> None:
		self.assertTrue(self.make(given_on=today()).is_live)

	def test_it_is_live_until_the_end_of_its_last_day(self) -> None:
		self.assertTrue(self.make(expires_on=today()).is_live)
		self.assertFalse(self.make(expires_on=add_days(today(), -1)).is_live)

	def test_it_is_not_live_once_withdrawn(self) -> None:
		consent = self.make()
		with self.as_user(self.worker):
			consent.withdraw()
		self.assertFalse(frappe.get_doc("Client Consent", consent.name).is_live)

	def test_it_is_not_given_in_the_future(self) -> None:
		with self.refused("Given on", "lies in the future"):
			self.make(given_on=add_days(today(), 1))

	def test_it_does_not_expire_before_it_is_given(self) -> None:
		with self.refused("Expires on", "before the consent was given"):
			self.make(expires_on=add_days(today(), -11))

	def test_it_may_be_older_than_the_case(self) -> None:
		consent = self.make(given_on=add_days(self.case.opened_on, -20), client_case=self.case.name)
		self.assertTrue(consent.name)

	def test_text_that_is_no_date_is_refused(self) -> None:
		with self.refused("Expires on", "not-a-date"):
			self.make(expires_on="not-a-date")

	def test_a_withdrawal_is_not_written_by_a_plain_save(self) -> None:
		consent = self.make()
		with self.as_user(self.worker):
			consent.withdrawn_on = today()
			consent.save()
		self.assertIsNone(self.stored(consent, "withdrawn_on"))

	def test_another_worker_does_not_see_it(self) -> None:
		consent = self.make()
		with self.as_user(make_worker("other")):
			self.assertFalse(self.sees_record(frappe.session.user, "Client Consent", consent.name))
			self.assertEqual(frappe.get_list("Client Consent"), [])
			with self.assertRaises(UNSEEN):
				consent.withdraw()
			with self.assertRaises(UNSEEN):
				consent.list_reliance()


class TestValidateConsent(ConsentTestCase):
	def test_a_consent_for_every_agency_covers_each(self) -> None:
		validate_consent(self.case, self.make().name, self.agency, SHARING)

	def test_a_consent_for_one_agency_does_not_cover_another(self) -> None:
		consent = self.make(agency=make_agency("Test Clinic").name).name
		with self.refused(consent, "Test Clinic", self.agency):
			validate_consent(self.case, consent, self.agency)

	def test_a_consent_for_another_purpose_does_not_do(self) -> None:
		consent = self.make(purpose="evaluation").name
		with self.refused(consent, "another purpose"):
			validate_consent(self.case, consent, self.agency, SHARING)

	def test_another_clients_consent_does_not_do(self) -> None:
		consent = make_consent(make_client("Kim").name).name
		with self.refused(consent, "not of the client"):
			validate_consent(self.case, consent, self.agency)

	def test_a_consent_that_does_not_exist_does_not_do(self) -> None:
		with self.refused("CON-0"):
			validate_consent(self.case, "CON-0", self.agency)

	def test_an_expired_consent_did_on_the_day_it_was_live(self) -> None:
		consent = self.make(expires_on=add_days(today(), -2)).name
		validate_consent(self.case, consent, self.agency, on=add_days(today(), -3))
		with self.refused(consent, "not live"):
			validate_consent(self.case, consent, self.agency)

	def test_a_withdrawn_consent_is_not_relied_on_for_an_earlier_day_either(self) -> None:
		consent = self.make()
		with self.as_user(self.worker):
			consent.withdraw()
		with self.refused(consent.name, "not live"):
			validate_consent(self.case, consent.name, self.agency, on=add_days(today(), -3))


class TestWithdrawal(ConsentTestCase):
	def test_it_lists_disclosures_and_open_referrals(self) -> None:
		consent = self.make()
		referral = self.send_on(consent.name)
		with self.as_user(self.worker):
			relied_on = consent.withdraw(note="By phone")["relied_on"]
		self.assertEqual({row["doctype"] for row in relied_on}, {"Disclosure", "Case Referral"})
		row = next(row for row in relied_on if row["doctype"] == "Case Referral")
		self.assertEqual((row["name"], row["agency"], row["on"]), (referral.name, self.agency, getdate()))
		self.assertEqual(self.stored(consent, "withdrawal_note"), "By phone")

	def test_it_lists_cases_an_agency_is_involved_in(self) -> None:
		consent = self.make(purpose="coordination")
		case = frappe.get_doc("Client Case", self.case.name)
		case.append("agencies", {"agency": self.agency, "consent": consent.name, "from_date": today()})
		case.save()
		with self.as_user(self.worker):
			rows = consent.list_reliance()
		self.assertEqual([(row["doctype"], row["name"]) for row in rows], [("Client Case", self.case.name)])

	def test_a_finished_referral_no_longer_relies_on_it(self) -> None:
		consent = self.make()
		referral = self.send_on(consent.name)
		with self.as_user(self.worker):
			referral.withdraw(reason="No longer wanted")
			doctypes = [row["doctype"] for row in consent.list_reliance()]
		self.assertEqual(doctypes, ["Disclosure"])

	def test_twice_gives_the_same_answer_and_keeps_the_first_day(self) -> None:
		consent = self.make()
		self.send_on(consent.name)
		with self.as_user(self.worker):
			first = consent.withdraw(on=add_days(today(), -1))
			self.assertEqual(consent.withdraw(on=today()), first)
		self.assertEqual(self.stored(consent, "withdrawn_on"), getdate(add_days(today(), -1)))

	def test_it_is_not_withdrawn_before_it_was_given_or_in_the_future(self) -> None:
		consent = self.make()
		for day, words in ((-11, "before the consent was given"), (1, "lies in the future")):
			with self.as_user(self.worker), self.refused(consent.name, words):
				consent.withdraw(on=add_days(today(), day))

	def test_text_that_is_no_date_is_refused(self) -> None:
		consent = self.make()
		with self.as_user(self.worker), self.refused(consent.name, "Withdrawn on", "not-a-date"):
			consent.withdraw(on="not-a-date")


class TestScope(ConsentTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.consent = self.make(what_may_be_shared="Name", expires_on=add_days(today(), 30))

	def change(self, **values) -> None:
		with self.as_user(self.worker):
			consent = frappe.get_doc("Client Consent", self.consent.name)
			consent.update(values)
			consent.save()

	def test_it_is_corrected_freely_before_anything_relied_on_it(self) -> None:
		self.change(what_may_be_shared="Name and phone number")
		self.assertEqual(self.stored(self.consent, "what_may_be_shared"), "Name and phone number")

	def test_what_may_be_shared_stays_once_relied_on(self) -> None:
		self.send_on(self.consent.name)
		with self.refused(self.consent.name, "What May Be Shared", "record a new consent"):
			self.change(what_may_be_shared="Everything")

	def test_purpose_and_agency_stay(self) -> None:
		self.send_on(self.consent.name)
		for values in ({"purpose": "Consent Purpose-coordination"}, {"agency": self.agency}):
			with self.assertRaises(frappe.ValidationError):
				self.change(**values)

	def test_it_may_end_earlier_but_not_later(self) -> None:
		self.send_on(self.consent.name)
		self.change(expires_on=add_days(today(), 10))
		for later in (add_days(today(), 40), None):
			with self.refused(self.consent.name, "Expires on"):
				self.change(expires_on=later)
