"""What may not be seen cannot be loaded, by whatever door of Frappe's a document comes out of the database."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.model.rename_doc import rename_doc
from frappe.utils import add_days, today

from case_management.case_management.access.loading import as_app
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_client,
	make_lead,
	make_user,
	make_worker,
)

DOORS: dict[str, Callable[[str, str], object]] = {
	"get_doc": frappe.get_doc,
	"get_doc by filters": lambda doctype, name: frappe.get_doc(doctype, {"name": name}),
	"get_cached_doc": frappe.get_cached_doc,
	"get_cached_value": lambda doctype, name: frappe.get_cached_value(doctype, name, "client") or refuse(),
	"get_last_doc": lambda doctype, name: frappe.get_last_doc(doctype, {"name": name}),
	"reload": lambda doctype, name: frappe.new_doc(doctype).update({"name": name}).reload(),
}
if hasattr(frappe, "get_lazy_doc"):
	DOORS["get_lazy_doc"] = lambda doctype, name: frappe.get_lazy_doc(doctype, name).get("client")


def refuse() -> None:
	raise frappe.DoesNotExistError


class TestLoading(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Not to Be Loaded")
		self.case = make_active_case(self.client)

	def test_who_does_not_see_a_record_loads_it_by_no_door(self) -> None:
		for door, load in DOORS.items():
			for name in (self.case.name, "CASE-ABSENT"):
				absent = self.assertRaises(frappe.DoesNotExistError)
				with self.subTest(door, name=name), self.as_user(make_worker("other")), absent:
					load("Client Case", name)

	def test_who_sees_it_loads_it_by_each(self) -> None:
		for door, load in DOORS.items():
			if door != "reload":
				with self.subTest(door), self.as_user(make_worker()):
					load("Client Case", self.case.name)

	def test_a_copy_in_frappes_cache_is_not_given_to_somebody_else(self) -> None:
		with self.as_user(make_worker()):
			frappe.get_cached_doc("Client Case", self.case.name)
		self.addCleanup(frappe.clear_document_cache, "Client Case", self.case.name)
		with self.as_user(make_worker("other")), self.assertRaises(frappe.DoesNotExistError):
			frappe.get_cached_doc("Client Case", self.case.name)

	def test_a_row_is_loaded_by_who_loads_its_record(self) -> None:
		row = self.case.team[0]
		with self.as_user(make_worker()):
			self.assertEqual(frappe.get_doc(row.doctype, row.name).user, row.user)
		with self.as_user(make_worker("other")), self.assertRaises(frappe.DoesNotExistError):
			frappe.get_doc(row.doctype, row.name)

	def test_whose_role_does_not_read_it_does_not_load_it(self) -> None:
		identity = frappe.get_doc({"doctype": "Client Identity", "client": self.client.name}).insert()
		seconded = make_user("Seconded Case Worker")
		member = {"user": seconded, "team_role": "Seconded Case Manager", "agency": make_agency().name}
		with self.as_user(make_lead()):
			case = frappe.get_doc("Client Case", self.case.name)
			case.add_team_member(**member, to_date=add_days(today(), 10))
		with self.as_user(seconded):
			self.assertEqual(frappe.get_doc("Client Case", self.case.name).name, self.case.name)
			with self.assertRaises(frappe.DoesNotExistError):
				frappe.get_doc("Client Identity", identity.name)

	def test_the_app_loads_what_its_rules_need(self) -> None:
		with self.as_user(make_worker("other")):
			with as_app():
				self.assertEqual(frappe.get_doc("Client", self.client.name).name, self.client.name)
			with self.assertRaises(frappe.DoesNotExistError):
				frappe.get_doc("Client", self.client.name)

	def test_who_hides_a_record_from_themselves_still_has_what_they_have_in_hand(self) -> None:
		with self.as_user(make_worker()):
			case = frappe.get_doc("Client Case", self.case.name)
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).change_case_manager(user=make_worker("other"))
		with self.as_user(make_worker()):
			self.assertEqual(case.reload().case_manager, make_worker("other"))

	def test_a_copy_does_not_say_of_itself_that_it_is_new(self) -> None:
		copy = {"doctype": "Client", "name": self.client.name, "__islocal": 1}
		with self.as_user(make_worker("other")):
			self.assertFalse(frappe.get_doc(copy).has_permission("read"))

	def test_nobody_renames_cancels_or_discards_a_record(self) -> None:
		line = frappe.get_doc({"doctype": "Client Access Log", "client": self.client.name})
		line.update(
			{"user": make_worker(), "accessed_on": frappe.utils.now(), "access_kind": "Opened"}
		).db_insert()
		for doc in (self.client, self.case, line):
			for door in (self.submit, self.cancel):
				denied = self.refused("keeps its code", exception=frappe.PermissionError)
				with self.subTest(doc.doctype, door=door.__name__), denied:
					door(frappe.get_doc(doc.doctype, doc.name))

	def test_nobody_renames_a_record_not_even_without_validation(self) -> None:
		for validate in (True, False):
			with (
				self.subTest(validate=validate),
				self.assertRaisesRegex(frappe.PermissionError, "keeps its code"),
			):
				rename_doc("Client", self.client.name, "ZZ-1", force=True, validate=validate)

	def submit(self, doc: Document) -> None:
		doc.run_method("before_submit")

	def cancel(self, doc: Document) -> None:
		doc.run_method("before_discard" if hasattr(doc, "discard") else "before_cancel")

	def test_no_method_that_every_document_has_is_open_to_requests(self) -> None:
		for doc in (self.client, self.case.team[0], frappe.new_doc("Support Program")):
			for name in ("rename", "submit", "cancel", "discard", "add_comment"):
				if method := getattr(type(doc), name, None):
					self.assertNotIn(method, frappe.whitelisted, f"{doc.doctype}: {name}")
