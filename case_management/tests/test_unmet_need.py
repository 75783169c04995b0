"""Unmet need (C16): made by itself where a service was needed and not given, once; counted as it stands."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.support.unmet_need import record_unmet_need
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_case, make_referral, make_worker


class TestUnmetNeed(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker = make_worker()
		self.case = make_case()

	def make(self, **values) -> Document:
		need = {
			"doctype": "Unmet Need",
			"client": self.case.client,
			"client_case": self.case.name,
			"description": "A bed near the school",
			"reason": "Reason Service Not Provided-4",
			"needed_on": add_days(today(), -5),
			**values,
		}
		return frappe.get_doc(need).insert()

	def test_c16_a_worker_records_one_directly(self) -> None:
		with self.as_user(self.worker):
			need = self.make(service="Service Requested-1")
		self.assertEqual(self.stored(need, "service"), "Service Requested-1")

	def test_it_is_met_on_or_after_the_day_it_was_needed(self) -> None:
		with self.as_user(self.worker):
			need = self.make(met_on=add_days(today(), -5))
			self.assertTrue(need.name)
			with self.refused("Unmet Need", "before it was needed", "Correct the dates"):
				self.make(met_on=add_days(today(), -6))

	def test_it_is_not_met_in_the_future(self) -> None:
		with self.as_user(self.worker), self.refused("lies in the future"):
			self.make(met_on=add_days(today(), 1))

	def test_it_is_not_needed_before_the_case_opened(self) -> None:
		with self.as_user(self.worker), self.refused("before the case opened"):
			self.make(needed_on=add_days(self.case.opened_on, -1))

	def test_text_that_is_no_date_is_refused(self) -> None:
		with self.as_user(self.worker), self.refused("not-a-date", "2026-01-31"):
			self.make(met_on="not-a-date")

	def test_an_unknown_reason_is_refused(self) -> None:
		with self.as_user(self.worker), self.refused("Reason Service Not Provided"):
			self.make(reason="Reason Service Not Provided-77")

	def test_another_worker_does_not_see_it(self) -> None:
		with self.as_user(self.worker):
			need = self.make()
		with self.as_user(make_worker("other")):
			self.assertFalse(self.sees_record(frappe.session.user, "Unmet Need", need.name))
			self.assertEqual(frappe.get_list("Unmet Need"), [])


class TestRecordUnmetNeed(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_case()
		self.referral = make_referral(self.case)

	def record(self, **values) -> str:
		return record_unmet_need(
			client=self.case.client, client_case=self.case.name, description="A bed", **values
		)

	def test_it_is_made_once_for_its_source(self) -> None:
		first = self.record(referral=self.referral.name)
		self.assertEqual(self.record(referral=self.referral.name), first)
		self.assertEqual(frappe.db.count("Unmet Need", {"referral": self.referral.name}), 1)

	def test_without_a_source_each_is_another_need(self) -> None:
		self.assertNotEqual(self.record(), self.record())

	def test_after_it_was_met_the_same_source_can_lack_it_again(self) -> None:
		first = self.record(referral=self.referral.name)
		frappe.db.set_value("Unmet Need", first, "met_on", today())
		self.assertNotEqual(self.record(referral=self.referral.name), first)

	def test_it_is_needed_today_unless_a_day_is_given(self) -> None:
		self.assertEqual(frappe.db.get_value("Unmet Need", self.record(), "needed_on"), getdate())
		earlier = self.record(needed_on=add_days(today(), -3))
		self.assertEqual(
			frappe.db.get_value("Unmet Need", earlier, "needed_on"), getdate(add_days(today(), -3))
		)

	def test_it_needs_no_right_of_the_user_who_caused_it(self) -> None:
		with self.as_user("Guest"):
			self.assertTrue(self.record())
