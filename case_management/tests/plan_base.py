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
	def setUp(self) -> None:
		super().setUp()
		self.case = make_support_case()

	def tearDown(self) -> None:
		super().tearDown()
		frappe.db.value_cache.clear()
		frappe.clear_document_cache(SETTINGS, SETTINGS)

	def reload(self, doc: Document) -> Document:
		return frappe.get_doc(doc.doctype, doc.name)

	@contextmanager
	def refused_to(self, user: str, *words: str) -> Iterator[None]:
		"""Expect that `user` is refused, with all of `words` in the message."""
		with self.as_user(user), self.refused(*words):
			yield
