"""Safe by default: whether somebody may be called is unknown until they were asked, and shown so (L16)."""

import frappe
from frappe.model.document import Document

from case_management.patches.v0_2 import ask_whether_ways_are_safe
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_case,
	make_client,
	make_intake_worker,
	make_screened_intake,
	make_worker,
)

PHONE = {"way": "Phone", "detail": "0491 570 006"}


class TestSafeByDefault(CaseTestCase):
	def make(self, **way) -> Document:
		with self.as_user(make_intake_worker()):
			values = {"preferred_name": "Test Person", "contact_ways": [{**PHONE, **way}]}
			return frappe.get_doc({"doctype": "Client", **values}).insert()

	def get_safe(self, client: str) -> str:
		return frappe.get_doc("Client", client).contact_ways[0].safe_to_use or ""

	def accept(self, **values) -> str:
		with self.as_user(make_intake_worker()):
			intake = make_screened_intake("Zyxel Caller", contact_detail=PHONE["detail"], **values)
			return intake.accept(informed_how="By phone", case_manager=make_worker())["client"]

	def test_life_a_way_to_reach_somebody_begins_as_unknown(self) -> None:
		self.assertEqual(self.get_safe(self.make().name), "")

	def test_life_the_answer_is_kept(self) -> None:
		for safe in ("Yes", "No"):
			with self.subTest(safe=safe):
				self.assertEqual(self.get_safe(self.make(safe_to_use=safe).name), safe)

	def test_life_a_tick_of_an_older_caller_is_an_answer(self) -> None:
		for tick, safe in ((1, "Yes"), ("1", "Yes"), (0, "No")):
			with self.subTest(tick=tick):
				self.assertEqual(self.get_safe(self.make(safe_to_use=tick).name), safe)

	def test_life_a_callers_number_is_not_safe_because_they_called(self) -> None:
		self.assertEqual(self.get_safe(self.accept()), "")

	def test_life_what_the_caller_answered_goes_along(self) -> None:
		self.assertEqual(self.get_safe(self.accept(contact_is_safe="No")), "No")

	def test_life_every_form_of_the_client_shows_it(self) -> None:
		client = make_client(contact_ways=[PHONE, {"way": "Post", "detail": "Box 1", "safe_to_use": "No"}])
		case = make_case(client)
		with self.as_user(make_worker()):
			doc = frappe.get_doc("Client Case", case.name)
			doc.onload()
		ways = doc.get("__onload")["client_banner"]["contact_ways"]
		self.assertEqual(
			[(way["way"], way["safe_to_use"] or "") for way in ways], [("Phone", ""), ("Post", "No")]
		)

	def test_life_on_an_older_site_a_tick_by_default_is_no_answer(self) -> None:
		made = {stored: self.make().name for stored in ("1", "0", "Yes")}
		for stored, client in made.items():
			frappe.db.set_value("Client Contact Way", {"parent": client}, "safe_to_use", stored)
		for _time in range(2):
			ask_whether_ways_are_safe.execute()
			self.assertEqual([self.get_safe(client) for client in made.values()], ["", "No", "Yes"])
