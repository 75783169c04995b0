"""The base of the app's tests, for Frappe 15 and 16, `bench run-tests` and pytest alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe

from case_management.tests.factories import make_staff

try:
	from frappe.tests import IntegrationTestCase as FrappeTest
except ImportError:  # Frappe 15
	from frappe.tests.utils import FrappeTestCase as FrappeTest

# What is not somebody's to see is refused, or is not there for them.
UNSEEN = (frappe.PermissionError, frappe.DoesNotExistError)


class CaseTestCase(FrappeTest):
	"""A test that leaves nothing behind: what it stores is rolled back after it."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		make_staff()

	def setUp(self) -> None:
		frappe.set_user("Administrator")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		# Frappe 15 keeps what it read of Settings for the length of a request, beyond a rollback.
		frappe.db.value_cache.clear()

	@contextmanager
	def as_user(self, user: str) -> Iterator[None]:
		"""Do something as `user`, and be who one was again afterwards."""
		before = frappe.session.user
		frappe.set_user(user)
		try:
			yield
		finally:
			frappe.set_user(before)

	@contextmanager
	def refused(self, *words: str, exception: type[Exception] = frappe.ValidationError) -> Iterator[Any]:
		"""Expect a refusal whose message has all of `words`, and that nothing stored changes by it; give the exception."""
		frappe.db.savepoint("refused")
		with self.assertRaises(UNSEEN if exception is frappe.PermissionError else exception) as caught:
			yield caught
		frappe.db.rollback(save_point="refused")
		message = frappe.utils.strip_html(str(caught.exception))
		for word in words:
			self.assertIn(word, message)

	def sees_record(self, user: str, doctype: str, name: str) -> bool:
		"""Tell whether a user may read a record: for who may not it is not even there."""
		with self.as_user(user):
			try:
				return bool(frappe.has_permission(doctype, "read", name))
			except frappe.DoesNotExistError:
				return False

	def stored(self, doc: Any, field: str) -> Any:
		"""Return what the database has in a field of a record."""
		return frappe.db.get_value(doc.doctype, doc.name, field)
