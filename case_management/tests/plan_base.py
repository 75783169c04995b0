"""The base of the tests about assessments, plans, goals, meetings and notes: one Active case of a compulsory program."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.model.document import Document

from case_management.tests.base import CaseTestCase
from case_management.tests.plan_factories import make_support_case

WORKER = "worker@staff.example.org"
SETTINGS = "Case Management Settings"


class SupportTestCase(CaseTestCase):
	"""A case that is made once for all tests of a class; each begins with it as it was made."""

	made: str

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.made = make_support_case().name
		frappe.db.savepoint("made")

	def setUp(self) -> None:
		super().setUp()
		self.case = frappe.get_doc("Client Case", self.made)

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="made")
		frappe.db.value_cache.clear()
		kept = [("Client", self.case.client), ("Client Case", self.made), (SETTINGS, SETTINGS)]
		for doctype, name in (*kept, ("Support Program", self.case.program)):
			frappe.clear_document_cache(doctype, name)

	def reload(self, doc: Document) -> Document:
		return frappe.get_doc(doc.doctype, doc.name)

	@contextmanager
	def refused_to(self, user: str, *words: str) -> Iterator[None]:
		"""Expect that `user` is refused, with all of `words` in the message."""
		with self.as_user(user), self.refused(*words):
			yield
