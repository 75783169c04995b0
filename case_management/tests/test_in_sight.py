"""What counts clients, or shows them beside another record, tells nothing of one who is out of the reader's sight."""

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, today

from case_management.case_management.record.actions import store
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_program,
	make_user,
	make_worker,
)
from case_management.tests.plan_factories import make_agreed_assessment, make_support_case

ACTIVITY = "Case Management Activity"


class TestCountsInSight(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Counted Program", lead=make_lead()).name
		self.client = make_client("Counted Person")
		self.case = make_active_case(self.client, make_program("Counted Program"))
		self.other = make_active_case(make_client("Other Person"), make_program("Counted Program"))

	def count(self, user: str) -> str:
		"""Return what a report of one program shows a reader."""
		filters = {"program": self.program, "from_date": add_days(today(), -40), "to_date": today()}
		with self.as_user(user):
			return frappe.as_json(run(ACTIVITY, filters)["result"])

	def declare_conflict(self, user: str) -> None:
		values = {"client": self.client.name, "user": user, "declared_by": "Worker"}
		store(frappe.get_doc({"doctype": "Conflict Declaration", **values}))

	def test_a_leader_counts_nobody_whom_a_conflict_keeps_from_them(self) -> None:
		before = self.count(make_lead())
		self.declare_conflict(make_lead())
		self.assertNotEqual(self.count(make_lead()), before)
		without = self.count(make_lead())
		frappe.db.delete("Client Case", {"name": self.case.name})
		self.assertEqual(self.count(make_lead()), without)

	def test_a_leader_counts_no_restricted_client_on_whose_list_they_are_not(self) -> None:
		before = self.count(make_lead())
		self.client.db_set("restricted", 1)
		self.assertNotEqual(self.count(make_lead()), before)
		frappe.get_doc(
			{
				"doctype": "Client Access Person",
				"parent": self.client.name,
				"parenttype": "Client",
				"parentfield": "access_list",
				"user": make_lead(),
			}
		).db_insert()
		self.assertEqual(self.count(make_lead()), before)

	def test_who_counts_all_programs_counts_restricted_clients_too_but_nobody_they_know(self) -> None:
		admin = make_user("Case Management Admin", "Case Manager Lead", name="admin-and-lead")
		before = self.count(admin)
		self.client.db_set("restricted", 1)
		self.assertEqual(self.count(admin), before)
		self.declare_conflict(admin)
		self.assertNotEqual(self.count(admin), before)

	def test_a_conflict_of_somebody_else_changes_no_count(self) -> None:
		before = self.count(make_lead())
		self.declare_conflict(make_worker("other"))
		self.assertEqual(self.count(make_lead()), before)


class TestFormsInSight(CaseTestCase):
	def test_who_decided_an_intake_sees_it_for_some_days_but_nothing_of_the_client(self) -> None:
		client = make_client("Accepted Person", safe_contact_note="Never ring on a Sunday")
		program, worker = make_program().name, make_intake_worker()
		intake = {"doctype": "Client Intake", "person_name": "Accepted Person", "program": program}
		intake = store(frappe.get_doc({**intake, "intake_worker": worker, "client": client.name}))
		for status, shown in (("Screening", True), ("Accepted", False)):
			intake.db_set({"status": status, "access_until": today()})
			with self.subTest(status), self.as_user(worker):
				doc = frappe.get_doc("Client Intake", intake.name)
				self.assertTrue(doc.has_permission("read"))
				doc.run_method("onload")
				self.assertEqual("client_banner" in doc.get("__onload"), shown)

	def test_c17_who_reads_no_assessments_is_not_told_how_many_needs_they_found(self) -> None:
		case = make_support_case(make_client("Assessed Person"))
		make_agreed_assessment(case)
		for user, told in ((make_worker(), 0), (make_intake_worker(), None)):
			doc = frappe.get_doc("Client Case", case.name)
			with self.subTest(user), self.as_user(user):
				self.assertEqual(doc.complexity, told)
