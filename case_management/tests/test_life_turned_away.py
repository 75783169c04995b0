"""Somebody who is turned away is referred on: with agreement or a legal basis, a disclosure, and the answer (B3)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_agency,
	make_intake_worker,
	make_lead,
	make_screened_intake,
	make_worker,
)

REASON = "Reason Service Not Provided-4"
BASIS = "Legal Basis for Disclosure-"


class TestReferredOn(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		with self.as_user(make_intake_worker()):
			self.intake = make_screened_intake(service_requested="Service Requested-1")
		self.agency = make_agency().name

	def turn_away(self, **row) -> Document:
		with self.as_user(make_intake_worker()):
			intake = frappe.get_doc("Client Intake", self.intake.name)
			given = {"agency": self.agency, "kind": "Referral", **row}
			intake.not_accept(reason=REASON, alternatives=[given], informed_how="By phone")
		return frappe.get_doc("Client Intake", self.intake.name)

	def answer(self, **values) -> dict:
		with self.as_user(make_intake_worker()):
			return frappe.get_doc("Client Intake", self.intake.name).record_answer(**values)

	def get_disclosures(self) -> list[frappe._dict]:
		fields = ["name", "agency", "what_was_shared", "agreed_how", "agreed_on", "client", "disclosed_by"]
		return frappe.get_all("Disclosure", {"intake": self.intake.name}, fields)

	def test_life_b3_what_the_agency_was_told_is_a_disclosure(self) -> None:
		self.turn_away(what_was_shared="Needs a room tonight.", agreed_how="Spoken")
		(row,) = self.get_disclosures()
		self.assertEqual((row.agency, row.what_was_shared), (self.agency, "Needs a room tonight."))
		self.assertEqual((row.agreed_how, str(row.agreed_on)), ("Spoken", today()))
		self.assertEqual((row.client, row.disclosed_by), (None, make_intake_worker()))

	def test_life_b3_nothing_is_told_without_agreement_or_basis(self) -> None:
		with self.refused(self.intake.name, "how the person agreed, or a legal basis"):
			self.turn_away(what_was_shared="Needs a room tonight.")

	def test_life_b3_everything_missing_is_named_at_once(self) -> None:
		with self.refused("the agency that was told", "how the person agreed"):
			self.turn_away(agency=None, alternative="A hostel", what_was_shared="Needs a room tonight.")

	def test_life_b3_a_legal_basis_says_why(self) -> None:
		basis = frappe.get_all("Case Code", {"code_list": "Legal Basis for Disclosure"}, pluck="name")[0]
		with self.refused(self.intake.name, "why the legal basis applies"):
			self.turn_away(what_was_shared="A child is at risk.", legal_basis=basis)
		self.turn_away(what_was_shared="A child is at risk.", legal_basis=basis, legal_basis_note="Duty")
		self.assertEqual(len(self.get_disclosures()), 1)

	def test_life_b3_who_is_only_told_where_to_go_is_not_disclosed(self) -> None:
		self.turn_away()
		self.assertEqual(self.get_disclosures(), [])

	def test_life_b3_the_disclosure_follows_the_intake(self) -> None:
		self.turn_away(what_was_shared="Needs a room tonight.", agreed_how="Spoken")
		name = self.get_disclosures()[0].name
		for user, sees in ((make_intake_worker(), True), (make_lead(), True), (make_worker("other"), False)):
			with self.subTest(user), self.as_user(user):
				listed = frappe.get_list("Disclosure", {"name": name})
				self.assertEqual(bool(listed), sees)
			self.assertEqual(self.sees_record(user, "Disclosure", name), sees)

	def test_life_b3_the_answer_is_recorded(self) -> None:
		self.turn_away()
		self.assertEqual(self.answer(answer="Accepted", note="A bed from tonight")["answer"], "Accepted")
		row = frappe.get_doc("Client Intake", self.intake.name).alternatives[0]
		self.assertEqual((row.answer, str(row.answered_on)), ("Accepted", today()))
		self.assertEqual(row.answer_note, "A bed from tonight")

	def test_life_b3_an_answer_is_not_before_the_referral(self) -> None:
		self.turn_away()
		with self.refused(self.intake.name, "before the referral"):
			self.answer(answer="Declined", on=add_days(today(), -1))

	def test_life_b3_an_answer_says_something(self) -> None:
		self.turn_away()
		with self.refused(self.intake.name, "answer is missing"):
			self.answer()

	def test_life_b3_there_is_no_answer_without_a_referral(self) -> None:
		self.turn_away(kind="Information")
		with self.refused(self.intake.name, "Nobody was referred"):
			self.answer(answer="Accepted")

	def test_life_b3_the_rest_of_the_decision_stays(self) -> None:
		self.turn_away()
		with self.as_user(make_intake_worker()):
			intake = frappe.get_doc("Client Intake", self.intake.name)
			intake.alternatives[0].answer = "Accepted"
			with self.refused(self.intake.name):
				intake.save()
