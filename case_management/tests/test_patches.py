"""A site that had an earlier version gets what is new, and keeps what its administrator made of it."""

import frappe

from case_management.patches.v0_2 import make_defaults_of_the_whole_practice as whole_practice
from case_management.setup import defaults
from case_management.tests.base import CaseTestCase

NEW = {"Practice Standard": "B12", "Workflow": "Critical Incident", "Case Code": "Incident Type-violence"}


class TestWholePractice(CaseTestCase):
	def test_what_is_new_is_made(self) -> None:
		for doctype, name in NEW.items():
			frappe.delete_doc(doctype, name, force=True)
		whole_practice.execute()
		for doctype, name in NEW.items():
			self.assertTrue(frappe.db.exists(doctype, name), name)

	def test_what_an_administrator_took_away_of_before_does_not_return(self) -> None:
		taken = {"Case Code": "Plan Indicator-0", "Workflow": "Case Meeting"}
		for doctype, name in taken.items():
			frappe.delete_doc(doctype, name, force=True)
		whole_practice.execute()
		for doctype, name in taken.items():
			self.assertFalse(frappe.db.exists(doctype, name), name)

	def test_notices_that_nobody_could_edit_make_room_for_those_one_can(self) -> None:
		name = defaults.read("notification")[0]["name"]
		frappe.db.set_value("Notification", name, "is_standard", 1)
		whole_practice.execute()
		self.assertEqual(frappe.db.get_value("Notification", name, "is_standard"), 0)

	def test_run_again_it_changes_nothing(self) -> None:
		whole_practice.execute()
		counted = [frappe.db.count(doctype) for doctype in ("Notification", *NEW)]
		whole_practice.execute()
		self.assertEqual([frappe.db.count(doctype) for doctype in ("Notification", *NEW)], counted)

	def test_a_code_keeps_the_meaning_an_administrator_gave_it(self) -> None:
		frappe.db.set_value("Case Code", "Exit Destination-410", "meaning", "")
		frappe.db.set_value("Case Code", "Exit Destination-421", "meaning", "No Resource")
		whole_practice.execute()
		meanings = [
			frappe.db.get_value("Case Code", f"Exit Destination-{code}", "meaning") for code in (410, 421)
		]
		self.assertEqual(meanings, ["Own Home", "No Resource"])
