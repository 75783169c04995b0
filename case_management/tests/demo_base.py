"""The base of the tests of the made-up service: it is loaded once for a class, and each test begins with it as it was."""

from collections import Counter

import frappe

from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import CaseTestCase

SETUP = ("User", "External Agency", "Support Program", "Service Policy")
TRACES = (
	"Version",
	"Comment",
	"ToDo",
	"Workflow Action",
	"DefaultValue",
	"Has Role",
	"Notification Log",
	"File",
)


def count_all() -> Counter:
	return Counter({doctype: frappe.db.count(doctype) for doctype in (*CLIENT_RECORDS, *SETUP, *TRACES)})


class DemoTestCase(CaseTestCase):
	"""Nothing is committed, so that the site is as before afterwards."""

	@classmethod
	def tearDownClass(cls) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_cache()
		super().tearDownClass()

	def setUp(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.savepoint("loaded")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="loaded")
