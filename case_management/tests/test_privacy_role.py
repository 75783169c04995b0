"""The log of who looked is read by somebody who is no leader: the privacy role of Settings (B26)."""

import frappe
from frappe.desk.query_report import run

from case_management.case_management.looking.access_log import log_access
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_lead, make_user

LOG, REPORT = "Client Access Log", "Who Looked at a Record"
ROLE = "Test Privacy Officer"


class PrivacyRoleTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		if not frappe.db.exists("Role", ROLE):
			frappe.get_doc({"doctype": "Role", "role_name": ROLE, "desk_access": 1}).insert()
		self.officer, self.lead = make_user(ROLE, name="privacy"), make_lead()
		self.client = make_active_case(make_client("Known Person")).client
		with self.as_user(self.lead):
			self.line = log_access(self.client, "Opened", "Client", self.client)

	def tearDown(self) -> None:
		super().tearDown()
		for doctype in (LOG, "Support Program"):
			frappe.clear_cache(doctype=doctype)

	def choose(self, role: str | None, **values: object) -> None:
		settings = frappe.get_doc("Case Management Settings")
		settings.update({"privacy_role": role, **values})
		settings.save()

	def get_lines(self, user: str) -> list[str]:
		with self.as_user(user):
			return frappe.get_list(LOG, {"client": self.client}, pluck="name")

	def run_report(self, user: str) -> list[dict]:
		with self.as_user(user):
			return run(REPORT, {"client": self.client}, ignore_prepared_report=True)["result"]


class TestPrivacyRole(PrivacyRoleTestCase):
	def test_b26_without_the_setting_the_role_reads_nothing(self) -> None:
		with self.refused(exception=frappe.PermissionError):
			self.get_lines(self.officer)

	def test_b26_its_holders_read_the_lines_of_leaders(self) -> None:
		self.choose(ROLE)
		self.assertEqual(self.get_lines(self.officer), [self.line])
		with self.as_user(self.officer):
			self.assertTrue(frappe.has_permission(LOG, "read", self.line))
			line = frappe.get_doc(LOG, self.line)
			line.run_method("onload")
		self.assertEqual((line.user, line.client), (self.lead, self.client))
		self.assertNotIn("Known", frappe.as_json(line) + frappe.as_json(line.get("__onload")))

	def test_b26_its_holders_run_the_report(self) -> None:
		self.choose(ROLE)
		rows = self.run_report(self.officer)
		self.assertEqual([row["user"] for row in rows if row["client"] == self.client], [self.lead])
		self.assertNotIn("Known", str(rows))

	def test_b26_leaders_read_what_they_read_before(self) -> None:
		self.choose(ROLE)
		self.assertEqual(self.get_lines(self.lead), [self.line])
		self.assertEqual(self.get_lines(make_lead("other-lead")), [])
		self.assertTrue(self.run_report(self.lead))

	def test_b26_its_holders_see_no_other_client_record(self) -> None:
		self.choose(ROLE)
		with self.as_user(self.officer):
			for doctype in set(CLIENT_RECORDS) - {LOG}:
				self.assertFalse(frappe.has_permission(doctype, "read"), doctype)

	def test_b26_its_holders_change_export_and_share_nothing(self) -> None:
		self.choose(ROLE)
		with self.as_user(self.officer):
			for right in ("write", "create", "delete", "share", "export", "print", "email"):
				self.assertFalse(frappe.has_permission(LOG, right), right)

	def test_b26_another_choice_takes_it_away(self) -> None:
		self.choose(ROLE)
		self.choose(None)
		with self.refused(exception=frappe.PermissionError):
			self.get_lines(self.officer)
		with self.refused(exception=frappe.PermissionError):
			self.run_report(self.officer)
		self.assertEqual(self.get_lines(self.lead), [self.line])

	def test_b26_a_shipped_role_keeps_its_own_rights(self) -> None:
		for role in ("Case Manager Lead", None):
			self.choose(role)
		self.assertEqual(self.get_lines(self.lead), [self.line])
		self.assertTrue(self.run_report(self.lead))

	def test_b26_a_role_that_everybody_has_is_refused(self) -> None:
		for field in ("privacy_role", "review_role"):
			for role in ("All", "Guest"):
				with self.subTest(role=role), self.refused(role):
					self.choose(None, **{field: role})

	def test_b26_searches_without_a_client_are_read_too(self) -> None:
		self.choose(ROLE)
		with self.as_user(self.lead):
			line = log_access(None, "Searched", "Client Intake", "INT-2026-00001")
			self.assertFalse(frappe.get_list(LOG, {"name": line}))
		with self.as_user(self.officer):
			self.assertTrue(frappe.get_list(LOG, {"name": line}))
