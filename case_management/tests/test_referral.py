"""Referrals and disclosures (C5, C43; design rule 7): nothing goes to an agency without a basis, each time is traced."""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today

from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_agency,
	make_case,
	make_client,
	make_consent,
	make_lead,
	make_referral,
	make_worker,
)

BASIS = {"legal_basis": "Legal Basis for Disclosure-serious-threat", "legal_basis_note": "Threats last night"}
SHARED = {"what_was_shared": "Name and phone number"}


class ReferralTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker = make_worker()
		self.case = make_case()
		self.consent = make_consent(self.case.client).name
		with self.as_user(self.worker):
			self.referral = make_referral(self.case)

	def do(self, action: str, referral: Document | None = None, **arguments) -> dict:
		with self.as_user(self.worker):
			return getattr(referral or self.referral, action)(**arguments)

	def send(self, **arguments) -> dict:
		return self.do("send", **{"consent": self.consent, **SHARED, **arguments})

	def count(self, doctype: str) -> int:
		return frappe.db.count(doctype, {"referral": self.referral.name})


class TestSend(ReferralTestCase):
	def test_with_a_live_consent_it_is_sent_and_disclosed(self) -> None:
		answer = self.send()
		self.assertEqual(answer["status"], "Sent")
		disclosure = frappe.get_doc("Disclosure", answer["disclosure"])
		self.assertEqual(disclosure.client, self.case.client)
		self.assertEqual(disclosure.agency, self.referral.agency)
		self.assertEqual(disclosure.consent, self.consent)
		self.assertEqual(disclosure.what_was_shared, SHARED["what_was_shared"])
		self.assertEqual((disclosure.disclosed_by, disclosure.disclosed_on), (self.worker, getdate()))

	def test_with_a_legal_basis_and_its_reason_it_is_sent(self) -> None:
		answer = self.send(consent=None, **BASIS)
		self.assertEqual(
			frappe.db.get_value("Disclosure", answer["disclosure"], "legal_basis_note"), "Threats last night"
		)

	def test_without_consent_or_legal_basis_it_is_refused(self) -> None:
		with self.refused(self.referral.name, "live consent or a legal basis", "serious-threat"):
			self.send(consent=None)
		self.assertEqual(self.stored(self.referral, "status"), "Draft")
		self.assertEqual(self.count("Disclosure"), 0)

	def test_a_legal_basis_needs_a_reason(self) -> None:
		with self.refused(self.referral.name, "Say why"):
			self.send(consent=None, legal_basis=BASIS["legal_basis"])

	def test_what_is_shared_is_said(self) -> None:
		with self.refused(self.referral.name, "What is shared is recorded"):
			self.send(what_was_shared=None)

	def test_a_consent_of_another_purpose_is_refused(self) -> None:
		with self.refused("another purpose"):
			self.send(consent=make_consent(self.case.client, purpose="statistics").name)

	def test_a_consent_for_coordination_will_do(self) -> None:
		consent = make_consent(self.case.client, purpose="coordination").name
		self.assertEqual(self.send(consent=consent)["status"], "Sent")

	def test_a_consent_for_another_agency_is_refused(self) -> None:
		with self.refused("Test Clinic"):
			self.send(consent=make_consent(self.case.client, make_agency("Test Clinic").name).name)

	def test_an_expired_or_withdrawn_consent_is_refused(self) -> None:
		expired = make_consent(self.case.client, expires_on=add_days(today(), -1))
		withdrawn = make_consent(self.case.client)
		withdrawn.withdraw()
		for consent in (expired, withdrawn):
			with self.refused(consent.name, "not live"):
				self.send(consent=consent.name)

	def test_another_clients_consent_is_refused(self) -> None:
		consent = make_consent(make_client("Kim").name).name
		with self.refused(consent):
			self.send(consent=consent)

	def test_a_consent_that_does_not_exist_is_refused(self) -> None:
		with self.refused("CON-0000"):
			self.send(consent="CON-0000")

	def test_information_for_the_client_needs_no_basis_and_discloses_nothing(self) -> None:
		with self.as_user(self.worker):
			referral = make_referral(self.case, help_kind="Information")
		self.assertEqual(self.do("send", referral), {"status": "Sent", "disclosure": None})

	def test_supported_and_accompanied_help_need_a_basis_too(self) -> None:
		for kind in ("Supported", "Accompanied"):
			with self.as_user(self.worker):
				referral = make_referral(self.case, help_kind=kind)
			with self.refused(referral.name, "legal basis"):
				self.do("send", referral, **SHARED)

	def test_twice_is_once(self) -> None:
		self.assertEqual(self.send(), self.send(on=add_days(today(), -2)))
		self.assertEqual(self.count("Disclosure"), 1)
		self.assertEqual(self.stored(self.referral, "sent_on"), getdate())

	def test_the_workflows_button_needs_the_same_basis_and_discloses_too(self) -> None:
		with self.as_user(self.worker):
			with self.refused("What is shared is recorded"):
				apply_workflow(self.referral, "Send")
			self.referral.reload()
			self.referral.update({"consent": self.consent, **SHARED})
			self.referral.save()
			apply_workflow(self.referral, "Send")
		self.assertEqual(self.stored(self.referral, "sent_on"), getdate())
		self.assertEqual(self.count("Disclosure"), 1)

	def test_it_is_not_sent_in_the_future_or_before_the_case_opened(self) -> None:
		for day, words in (
			(add_days(today(), 1), "future"),
			(add_days(self.case.opened_on, -1), "before the case"),
		):
			with self.refused(self.referral.name, "Sent on", words):
				self.send(on=day)

	def test_text_that_is_no_date_is_refused(self) -> None:
		with self.refused(self.referral.name, "Sent on", "not-a-date"):
			self.send(on="not-a-date")

	def test_the_status_is_not_set_by_a_plain_save(self) -> None:
		with self.as_user(self.worker), self.refused(self.referral.name):
			self.referral.update({"status": "Sent", "consent": self.consent, **SHARED})
			self.referral.save()
		self.assertEqual(self.stored(self.referral, "status"), "Draft")

	def test_what_was_sent_stays_as_it_was_sent(self) -> None:
		self.send()
		for values in ({"what_was_shared": "Everything"}, {"agency": make_agency("Test Clinic").name}):
			with self.as_user(self.worker), self.refused(self.referral.name, "stays as it was sent"):
				frappe.get_doc("Case Referral", self.referral.name).update(values).save()

	def test_somebody_elses_referral_is_not_sent(self) -> None:
		with self.as_user(make_worker("other")), self.assertRaises(UNSEEN):
			self.referral.send(consent=self.consent, **SHARED)


class TestAnswer(ReferralTestCase):
	def test_accepted_and_completed(self) -> None:
		self.send(on=add_days(today(), -5))
		self.assertEqual(self.do("accept", on=add_days(today(), -3)), {"status": "Accepted"})
		self.assertEqual(self.do("complete", outcome="Moved in"), {"status": "Completed"})
		self.assertEqual(self.stored(self.referral, "answered_on"), getdate(add_days(today(), -3)))
		self.assertEqual(self.stored(self.referral, "outcome"), "Moved in")
		self.assertEqual(self.stored(self.referral, "outcome_on"), getdate())

	def test_c16_declined_leaves_an_unmet_need(self) -> None:
		self.send(on=add_days(today(), -5))
		answer = self.do("decline", reason="Reason Service Not Provided-4")
		need = frappe.get_doc("Unmet Need", answer["unmet_need"])
		self.assertEqual((need.client, need.client_case), (self.case.client, self.case.name))
		self.assertEqual(need.reason, "Reason Service Not Provided-4")
		self.assertEqual(need.description, "A place to live")
		self.assertEqual(need.program, self.case.program)
		self.assertEqual(need.needed_on, getdate(add_days(today(), -5)))

	def test_declined_twice_leaves_one_unmet_need(self) -> None:
		self.send()
		first = self.do("decline", reason="Reason Service Not Provided-4")
		self.assertEqual(self.do("decline", reason="Reason Service Not Provided-5"), first)
		self.assertEqual(self.count("Unmet Need"), 1)

	def test_the_workflows_button_needs_the_reason_and_leaves_the_need(self) -> None:
		self.send()
		with self.as_user(self.worker):
			with self.refused("Reason Declined"):
				apply_workflow(frappe.get_doc("Case Referral", self.referral.name), "Record as Declined")
			referral = frappe.get_doc("Case Referral", self.referral.name)
			referral.decline_reason = "Reason Service Not Provided-4"
			referral.save()
			apply_workflow(referral, "Record as Declined")
		self.assertEqual(self.count("Unmet Need"), 1)

	def test_each_end_has_what_it_needs(self) -> None:
		self.send()
		for action, words in (("decline", "Reason Declined"), ("withdraw", "Reason Withdrawn")):
			with self.refused(self.referral.name, words):
				self.do(action)
		self.do("accept")
		with self.refused(self.referral.name, "Outcome"):
			self.do("complete")

	def test_a_reason_of_another_list_is_refused(self) -> None:
		self.send()
		with self.refused("Reason Service Not Provided"):
			self.do("decline", reason="Service Requested-1")

	def test_an_answer_does_not_come_before_the_referral(self) -> None:
		self.send(on=add_days(today(), -2))
		with self.refused(self.referral.name, "Answered on", "Sent on"):
			self.do("accept", on=add_days(today(), -3))

	def test_an_outcome_does_not_come_before_the_answer(self) -> None:
		self.send(on=add_days(today(), -5))
		self.do("accept", on=add_days(today(), -2))
		with self.refused(self.referral.name, "Outcome on", "Answered on"):
			self.do("complete", outcome="Moved in", on=add_days(today(), -3))

	def test_a_draft_is_not_answered(self) -> None:
		with self.refused(self.referral.name, "cannot become Accepted"):
			self.do("accept")

	def test_a_draft_is_withdrawn_with_a_reason_and_then_not_sent(self) -> None:
		self.assertEqual(self.do("withdraw", reason="Not wanted"), {"status": "Withdrawn"})
		self.assertEqual(self.do("withdraw"), {"status": "Withdrawn"})
		with self.refused(self.referral.name, "cannot become Sent"):
			self.send()

	def test_an_argument_it_does_not_take_is_refused(self) -> None:
		with self.refused(self.referral.name, "accept"):
			self.do("accept", when=today())


class TestDisclosure(ReferralTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.disclosure = frappe.get_doc("Disclosure", self.send()["disclosure"])

	def test_nobody_changes_it(self) -> None:
		for user in ("Administrator", make_lead(), self.worker):
			with self.as_user(user), self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
				frappe.get_doc("Disclosure", self.disclosure.name).update(
					{"what_was_shared": "Nothing"}
				).save()
		self.assertEqual(self.stored(self.disclosure, "what_was_shared"), SHARED["what_was_shared"])

	def test_nobody_makes_one_by_hand(self) -> None:
		copy = frappe.copy_doc(self.disclosure)
		for user in ("Administrator", self.worker):
			with self.as_user(user), self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
				frappe.get_doc(copy.as_dict()).insert()

	def test_nobody_deletes_it(self) -> None:
		for user in ("Administrator", make_lead(), self.worker):
			with self.as_user(user), self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
				frappe.delete_doc("Disclosure", self.disclosure.name)
		self.assertTrue(frappe.db.exists("Disclosure", self.disclosure.name))

	def test_the_team_reads_it_and_another_worker_does_not(self) -> None:
		with self.as_user(self.worker):
			self.assertEqual(frappe.get_list("Disclosure", pluck="name"), [self.disclosure.name])
		with self.as_user(make_worker("other")):
			self.assertEqual(frappe.get_list("Disclosure"), [])
