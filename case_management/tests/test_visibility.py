"""Who sees which client: the sentences of design §5, each asked of a list and of a single record."""

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, today

from case_management.case_management.record.actions import store
from case_management.permissions import CLIENT_RECORDS, get_parents, query_conditions
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_program,
	make_user,
	make_worker,
)


class TestVisibility(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Visible Person")
		self.case = make_active_case(self.client)

	def assert_sees(self, user: str, client: object | None = None) -> None:
		self.assertEqual(self.ways_to_see(user, client or self.client), {"list": True, "record": True})

	def assert_does_not_see(self, user: str, client: object | None = None) -> None:
		self.assertEqual(self.ways_to_see(user, client or self.client), {"list": False, "record": False})

	def ways_to_see(self, user: str, client: object) -> dict[str, bool]:
		with self.as_user(user):
			listed = frappe.get_list("Client", filters={"name": client.name}, pluck="name")
			return {"list": bool(listed), "record": client.has_permission("read")}

	def change_team_row(self, **values: object) -> None:
		frappe.db.set_value("Case Team Member", {"parent": self.case.name, "user": make_worker()}, values)

	def test_a_worker_sees_the_client_of_a_case_they_are_on(self) -> None:
		self.assert_sees(make_worker())

	def test_a_worker_of_another_case_does_not_see_the_client(self) -> None:
		other = make_worker("other")
		make_active_case(make_client("Someone Else"), case_manager=other)
		self.assert_does_not_see(other)

	def test_who_asks_what_somebody_else_may_read_is_told_of_what_both_may(self) -> None:
		filters = {"user": make_worker(), "doctype": "Client"}
		with self.as_user(make_user("Case Worker", "System Manager", name="worker-and-admin")):
			self.assertEqual(frappe.get_list("Client", user=make_worker()), [])
			report = query_report.run("Permitted Documents For User", filters)
			self.assertEqual(list(report["result"]), [])
		with self.as_user(make_worker()):
			names = frappe.get_list("Client", user=make_worker("other"), pluck="name")
			self.assertNotIn(self.client.name, names)

	def test_access_begins_on_the_first_day_on_the_team(self) -> None:
		self.change_team_row(from_date=add_days(today(), 1))
		self.assert_does_not_see(make_worker())

	def test_access_ends_after_the_last_day_on_the_team(self) -> None:
		self.change_team_row(to_date=today())
		self.assert_sees(make_worker())
		self.change_team_row(to_date=add_days(today(), -1))
		self.assert_does_not_see(make_worker())

	def test_the_team_sees_a_closed_case_until_its_access_ends(self) -> None:
		self.case.db_set({"status": "Closed", "team_access_until": today()})
		self.assert_sees(make_worker())
		self.case.db_set("team_access_until", add_days(today(), -1))
		self.assert_does_not_see(make_worker())

	def test_the_team_of_the_head_sees_a_member_of_the_household(self) -> None:
		child = make_client("Small Person")
		make_case(child, head_case=self.case.name)
		self.assert_sees(make_worker(), child)

	def test_a_member_with_a_team_of_its_own_is_seen_by_that_team_only(self) -> None:
		child = make_client("Small Person")
		own = make_worker("childs-own")
		make_case(child, head_case=self.case.name, case_manager=own)
		self.assert_sees(own, child)
		self.assert_does_not_see(make_worker(), child)

	def test_the_lead_of_the_program_sees_the_client(self) -> None:
		self.assert_sees(make_lead())

	def test_the_lead_of_another_program_does_not_see_the_client(self) -> None:
		other = make_lead("other-lead")
		make_program("Another Program", lead=other)
		self.assert_does_not_see(other)

	def test_an_intake_worker_sees_the_client_of_their_open_intake_only(self) -> None:
		worker = make_intake_worker()
		intake = {"doctype": "Client Intake", "person_name": "Visible Person", "program": self.case.program}
		intake = store(frappe.get_doc({**intake, "intake_worker": worker}))
		self.assert_does_not_see(worker)
		intake.db_set("client", self.client.name)
		self.assert_sees(worker)
		intake.db_set("status", "Accepted")
		self.assert_does_not_see(worker)

	def test_a_restricted_client_is_seen_only_by_who_is_on_the_list(self) -> None:
		self.client.append("access_list", {"user": make_worker()})
		self.client.restricted = 1
		store(self.client)
		self.assert_sees(make_worker())
		frappe.db.delete("Client Access Person", {"parent": self.client.name, "user": make_lead()})
		self.assert_does_not_see(make_lead())

	def test_an_administrator_of_the_app_does_not_see_clients(self) -> None:
		admin = make_user(name="app-admin")
		with self.as_user(admin):
			self.assertRaises(frappe.PermissionError, frappe.get_list, "Client")
			self.assertFalse(self.client.has_permission("read"))

	def test_an_auditor_reads_no_client_record(self) -> None:
		auditor = make_user(name="auditor")
		with self.as_user(auditor):
			for doctype in CLIENT_RECORDS:
				self.assertFalse(frappe.has_permission(doctype, "read"), doctype)

	def test_rows_of_a_child_table_are_listed_with_their_parent_only(self) -> None:
		self.client.append("alerts", {"alert": "Wears a blue hat", "kind": "Other"})
		store(self.client)
		for user, rows in ((make_worker(), 1), (make_worker("other"), 0)):
			with self.as_user(user):
				alerts = frappe.get_list(
					"Client Alert", parent_doctype="Client", filters={"parent": self.client.name}
				)
				self.assertEqual(len(alerts), rows)

	def test_a_confidential_note_is_read_by_its_author_and_the_lead_only(self) -> None:
		colleague = make_worker("colleague")
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=colleague)
		with self.as_user(make_worker()):
			note = {"doctype": "Case Note", "client": self.client.name, "client_case": self.case.name}
			note = frappe.get_doc({**note, "note": "Told in confidence", "confidential": 1}).insert()
		for user, reads in ((make_worker(), True), (make_lead(), True), (colleague, False)):
			with self.as_user(user):
				self.assertEqual(note.has_permission("read"), reads, user)
				self.assertEqual(bool(frappe.get_list("Case Note", {"name": note.name})), reads, user)


class TestTheRuleCoversEverything(CaseTestCase):
	def get_doctypes(self, **filters: object) -> list[str]:
		return frappe.get_all("DocType", {"module": "Case Management", **filters}, pluck="name")

	def test_every_doctype_with_a_client_is_a_client_record(self) -> None:
		with_client = frappe.get_all(
			"DocField",
			{"options": "Client", "fieldtype": "Link", "parent": ("in", self.get_doctypes(istable=0))},
			pluck="parent",
		)
		self.assertEqual({*with_client, "Client"}, set(CLIENT_RECORDS))

	def test_both_hooks_guard_every_client_record(self) -> None:
		guarded = frappe.get_hooks("has_permission", app_name="case_management")
		for doctype in CLIENT_RECORDS:
			self.assertIn(doctype, guarded)
			self.assertIn("SELECT", query_conditions("nobody@example.org", doctype))

	def test_every_child_table_of_a_client_record_carries_its_condition(self) -> None:
		children = [child for child in self.get_doctypes(istable=1) if get_parents(child)]
		self.assertGreater(len(children), 25)
		for child in children:
			condition = query_conditions("nobody@example.org", child)
			self.assertIn("parenttype", condition)
			self.assertEqual(frappe.db.sql(f"select name from `tab{child}` where {condition} limit 1"), ())

	def test_no_role_may_share_export_or_delete_a_client_record(self) -> None:
		rows = frappe.get_all(
			"DocPerm",
			{"parent": ("in", CLIENT_RECORDS)},
			["parent", "role", "share", "export", "delete", "email"],
		)
		self.assertGreater(len(rows), 30)
		for row in rows:
			self.assertFalse(row.share or row.export or row.delete or row.email, row)

	def test_doctypes_of_other_apps_are_left_alone(self) -> None:
		self.assertEqual(query_conditions("nobody@example.org", "Currency"), "")
		self.assertEqual(query_conditions("nobody@example.org", "Has Role"), "")
