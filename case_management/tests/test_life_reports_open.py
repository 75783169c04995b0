"""Each report opens without a filter, as from the workspace, a list or a link: it shows all, or asks for what it needs (L29)."""

import frappe
from frappe.desk.query_report import run

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_lead

REPORTS = {"module": "Case Management", "disabled": 0}


class TestReportsOpen(CaseTestCase):
	def test_life_l29_every_report_opens_without_filters(self) -> None:
		make_active_case()
		reports = frappe.get_all("Report", REPORTS, pluck="name", order_by="name")
		self.assertGreater(len(reports), 19)
		for report in reports:
			for filters in ({}, None):
				with self.subTest(report=report, filters=filters), self.as_user(make_lead()):
					if frappe.get_cached_doc("Report", report).is_permitted():
						self.assertTrue(run(report, filters)["columns"])

	def test_life_l29_the_gaps_of_no_standard_ask_for_one(self) -> None:
		with self.as_user(make_lead()):
			answer = run("Practice Standard Gaps", {})
		self.assertEqual(answer["result"], [])
		self.assertIn("Choose the practice standard", answer["message"])
