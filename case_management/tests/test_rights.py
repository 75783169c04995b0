"""The acknowledgement of rights and responsibilities (B4): by version, signed or with a reason, and again when it is renewed."""

import frappe
from frappe.model.document import Document
from frappe.utils import today

from case_management.case_management.support.rights import get_outdated_cases, get_unsigned_cases
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_case, make_policy, make_worker

SETTINGS = "Case Management Settings"
SIGNATURE = "data:image/png;base64,iVBORw0KGgo="


class TestAcknowledgement(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.policy = make_policy()
		self.case = make_case()

	def acknowledge(self, **values) -> dict:
		with self.as_user(make_worker()):
			return frappe.get_doc("Client Case", self.case.name).acknowledge_rights(**values)

	def get_history(self) -> list:
		return frappe.get_doc("Client Case", self.case.name).rights_history

	def require_signature(self) -> None:
		frappe.get_single(SETTINGS).update({"rights_signature_required": 1}).save()

	def test_b4_the_signature_and_all_about_it_are_kept(self) -> None:
		self.acknowledge(policy=self.policy.name, language="Samoan", format="Read aloud", signature=SIGNATURE)
		self.assertEqual(self.stored(self.case, "rights_signature"), SIGNATURE)
		row = self.get_history()[0]
		self.assertEqual((row.policy, str(row.acknowledged_on)), (self.policy.name, today()))
		self.assertEqual((row.language, row.format, row.signed), ("Samoan", "Read aloud", 1))

	def test_b4_a_signature_is_an_image(self) -> None:
		for signature in ("Maple", "javascript:alert(1)", "data:text/html,hello"):
			with self.subTest(signature=signature), self.refused(self.case.name, "no image"):
				self.acknowledge(signature=signature)
		self.assertFalse(self.stored(self.case, "rights_acknowledged_on"))

	def test_b4_where_settings_require_it_it_is_signed_or_a_reason_is_given(self) -> None:
		self.require_signature()
		with self.refused(self.case.name, "signed", "reason why there is no signature"):
			self.acknowledge()
		self.assertEqual(self.acknowledge(no_signature_reason="By phone, agreed aloud")["status"], "Active")
		self.assertEqual(self.get_history()[0].no_signature_reason, "By phone, agreed aloud")

	def test_b4_a_signature_is_enough_where_settings_require_it(self) -> None:
		self.require_signature()
		self.assertEqual(self.acknowledge(signature=SIGNATURE)["status"], "Active")

	def test_b4_the_same_acknowledgement_twice_is_one(self) -> None:
		for _time in range(2):
			self.acknowledge(signature=SIGNATURE)
		self.assertEqual(len(self.get_history()), 1)

	def test_b4_the_history_cannot_be_typed_in(self) -> None:
		case = frappe.get_doc("Client Case", self.case.name)
		case.append("rights_history", {"policy": self.policy.name, "acknowledged_on": today()})
		with self.as_user(make_worker()):
			case.save()
		self.assertEqual(self.get_history(), [])


class TestRenewal(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()

	def renew(self) -> Document:
		make_policy().db_set("is_current", 0)
		return make_policy("test-2")

	def is_outdated(self) -> bool:
		case = frappe.get_doc("Client Case", self.case.name)
		case.run_method("onload")
		return case.get_onload().rights_outdated

	def test_b4_a_case_whose_statement_was_replaced_is_found(self) -> None:
		self.assertNotIn(self.case.name, get_outdated_cases().run(pluck=True))
		self.assertFalse(self.is_outdated())
		self.renew()
		self.assertIn(self.case.name, get_outdated_cases().run(pluck=True))
		self.assertTrue(self.is_outdated())

	def test_b4_acknowledging_the_new_version_keeps_the_old_one_in_the_history(self) -> None:
		new = self.renew()
		with self.as_user(make_worker()):
			frappe.get_doc("Client Case", self.case.name).acknowledge_rights(policy=new.name)
		self.assertNotIn(self.case.name, get_outdated_cases().run(pluck=True))
		history = frappe.get_doc("Client Case", self.case.name).rights_history
		self.assertEqual([row.policy for row in history], [make_policy().name, new.name])

	def test_b4_a_closed_case_is_not_asked_again(self) -> None:
		self.renew()
		self.case.db_set("status", "Closed")
		self.assertNotIn(self.case.name, get_outdated_cases().run(pluck=True))
		self.assertFalse(self.is_outdated())

	def test_b4_a_case_with_neither_signature_nor_reason_is_found(self) -> None:
		self.assertIn(self.case.name, get_unsigned_cases().run(pluck=True))
		for field, value in (("rights_no_signature_reason", "By phone"), ("rights_signature", SIGNATURE)):
			other = make_active_case()
			other.db_set(field, value)
			self.assertNotIn(other.name, get_unsigned_cases().run(pluck=True))
