"""A site that had an earlier version gets what is new, and keeps what its administrator made of it."""

import frappe

from case_management.patches.v0_2 import close_what_was_open
from case_management.patches.v0_2 import make_defaults_of_the_whole_practice as whole_practice
from case_management.setup import defaults
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client, make_worker

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


class TestCloseWhatWasOpen(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Open Before").name

	def put(self, doctype: str, **values: object) -> str:
		"""Store what nobody can store any more."""
		doc = frappe.get_doc({"doctype": doctype, "name": frappe.generate_hash(length=10), **values})
		doc.db_insert()
		return doc.name

	def test_shares_keys_and_follows_of_clients_end_and_others_stay(self) -> None:
		pairs = {
			"DocShare": ("share_doctype", "share_name"),
			"Document Follow": ("ref_doctype", "ref_docname"),
			"Document Share Key": ("reference_doctype", "reference_docname"),
		}
		for doctype, (kind, name) in pairs.items():
			gone = self.put(doctype, **{kind: "Client", name: self.client}, user=make_worker())
			kept = self.put(doctype, **{kind: "Role", name: "Case Worker"}, user=make_worker())
			close_what_was_open.execute()
			self.assertFalse(frappe.db.exists(doctype, gone), doctype)
			self.assertTrue(frappe.db.exists(doctype, kept), doctype)

	def test_a_board_forgets_the_order_of_its_cards(self) -> None:
		board = frappe.get_doc({"doctype": "Kanban Board", "kanban_board_name": "Clients by Hand"})
		board.update({"reference_doctype": "Client Case", "field_name": "status"})
		board.append("columns", {"column_name": "Active"})
		column = board.insert().columns[0]
		column.db_set("order", f'["{self.client}"]')
		close_what_was_open.execute()
		self.assertEqual(self.stored(column, "order"), "[]")

	def test_a_web_form_lists_no_clients_any_more(self) -> None:
		form = {"doctype": "Web Form", "title": "Ask", "route": "ask", "doc_type": "Case Note"}
		field = {"fieldname": "client", "label": "Client", "fieldtype": "Data"}
		form = frappe.get_doc({**form, "web_form_fields": [field]}).insert()
		form.db_set("apply_document_permissions", 0)
		form.web_form_fields[0].db_set({"fieldtype": "Link", "options": "Client"})
		close_what_was_open.execute()
		self.assertEqual(self.stored(form, "apply_document_permissions"), 1)
		self.assertEqual(self.stored(form.web_form_fields[0], "fieldtype"), "Data")

	def test_a_clients_file_becomes_private(self) -> None:
		values = {"attached_to_doctype": "Client", "attached_to_name": self.client, "is_private": 1}
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "letter.txt", "content": "Open", **values}
		).insert()
		file.db_set("is_private", 0)
		close_what_was_open.execute()
		self.assertEqual(self.stored(file, "is_private"), 1)
