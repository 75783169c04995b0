"""What tests of reminders share: one case for a whole class, and ways to send and to look at what was said."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document

from case_management.case_management.reminders.kinds import DAILY, HOURLY
from case_management.case_management.reminders.sending import remind, tidy
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client, make_lead, make_worker
from case_management.tests.plan_factories import make_support_case

NAME = "Nobody Elses Business"
KINDS = {reminder.method: reminder for reminder in (*HOURLY, *DAILY)}


class ReminderTestCase(CaseTestCase):
	"""A test with an Active case of worker@ in a program that lead@ leads; each test begins with it as it was."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.worker, cls.lead = make_worker(), make_lead()
		cls.case = make_support_case(make_client(NAME))
		frappe.db.savepoint("shared")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="shared")
		frappe.clear_document_cache("Case Management Settings", "Case Management Settings")

	def send(self, method: str) -> None:
		"""Run one kind of reminder as the job does, without its commits."""
		for _batch in remind(KINDS[method]):
			pass

	def tidy(self, method: str) -> None:
		for _batch in tidy(KINDS[method]):
			pass

	def get_messages(self, doc: Document) -> list[frappe._dict]:
		return frappe.get_all(
			"Notification Log", {"document_name": doc.name}, ["for_user", "subject", "email_content"]
		)

	def get_told(self, doc: Document) -> list[str]:
		"""Return who was told about a record, once for each message."""
		return sorted(log.for_user for log in self.get_messages(doc))

	def get_tasks(self, doc: Document, status: str = "Open") -> list[str]:
		"""Return who has a ToDo about a record."""
		about = {"reference_type": doc.doctype, "reference_name": doc.name, "status": status}
		return frappe.get_all("ToDo", about, pluck="allocated_to")

	def check(
		self,
		method: str,
		doc: Document,
		due: Callable[[], None],
		done: Callable[[], None],
		user: str | None = None,
	) -> None:
		"""Expect silence before something is due, then one message and ToDo for `user` (the worker), closed when it is done."""
		self.send(method)
		self.assertEqual(self.get_told(doc), [], "not due yet")
		due()
		modified = self.stored(doc, "modified")
		self.send(method)
		self.send(method)
		self.assertEqual(self.get_told(doc), [user or self.worker])
		self.assertEqual(self.get_tasks(doc), [user or self.worker])
		self.assertEqual(self.stored(doc, "modified"), modified, "a reminder is no change of the record")
		self.check_codes_only(doc)
		done()
		self.tidy(method)
		self.assertEqual(self.get_tasks(doc), [], "closes by itself")
		self.assertEqual(self.get_told(doc), [user or self.worker])

	def check_codes_only(self, doc: Document) -> None:
		log = self.get_messages(doc)[0]
		task = frappe.get_value("ToDo", {"reference_name": doc.name}, "description")
		comments = frappe.get_all("Comment", {"reference_name": doc.name}, pluck="content")
		text = " ".join([log.subject, log.email_content, task, *filter(None, comments)])
		self.assertIn(doc.name, log.subject)
		self.assertNotIn(NAME.split()[0], text)
