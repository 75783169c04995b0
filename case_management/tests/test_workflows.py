"""The default workflows: they fit the statuses of the records, and the administrator owns them."""

import json

import frappe
from frappe.model.base_document import get_controller
from frappe.model.workflow import apply_workflow

from case_management.permissions import CLIENT_RECORDS
from case_management.setup import workflows
from case_management.setup.install import ROLES
from case_management.setup.workflows import FOLDER, get_workflow, make_workflow, make_workflows
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import make_program, make_user

DATA = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]

# Statuses that the app alone sets, on a record that another one replaces or completes.
SET_BY_RULE = {("Agreed", "Superseded"), ("Active", "Superseded"), ("Completed", "Superseded")}


class TestWorkflowFiles(CaseTestCase):
	def test_each_record_with_states_has_a_workflow_except_goals(self) -> None:
		with_states = {
			doctype for doctype in CLIENT_RECORDS if getattr(get_controller(doctype), "NEXT_STATUS", None)
		}
		self.assertEqual({data["document_type"] for data in DATA}, with_states - {"Support Goal"})

	def test_states_are_the_statuses_and_begin_with_the_first(self) -> None:
		for data in DATA:
			doctype = data["document_type"]
			self.assertEqual(
				next(iter(data["states"])), next(iter(get_controller(doctype).NEXT_STATUS)), doctype
			)
			self.assertEqual(set(data["states"]), set(get_controller(doctype).NEXT_STATUS), doctype)
			options = frappe.get_meta(doctype).get_field("status").options.split("\n")
			self.assertEqual(set(data["states"]), set(options), doctype)

	def test_steps_are_the_legal_moves_but_for_those_the_app_makes(self) -> None:
		for data in DATA:
			legal = {
				(old, new)
				for old, following in get_controller(data["document_type"]).NEXT_STATUS.items()
				for new in following
			}
			steps = {(step["from"], step["to"]) for step in data["transitions"]}
			self.assertEqual(steps, legal - SET_BY_RULE, data["document_type"])

	def test_who_may_step_may_write(self) -> None:
		for data in DATA:
			writers = {row.role for row in frappe.get_meta(data["document_type"]).permissions if row.write}
			for step in data["transitions"]:
				roles = set(step.get("roles", data["roles"]))
				self.assertLessEqual(roles, set(ROLES))
				if (data["document_type"], step["action"]) != ("Client Case", "Activate"):
					self.assertLessEqual(roles, writers, f"{data['document_type']}: {step['action']}")

	def test_seconded_workers_neither_open_nor_close_cases(self) -> None:
		case = next(data for data in DATA if data["document_type"] == "Client Case")
		for step in case["transitions"]:
			if step["action"] in ("Activate", "Close", "Reopen"):
				self.assertNotIn("Seconded Case Worker", step["roles"], step["action"])


class TestMakeWorkflows(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		for name in frappe.get_all("Workflow", {"document_type": "Case Meeting"}, pluck="name"):
			frappe.delete_doc("Workflow", name)
		self.data = next(data for data in DATA if data["document_type"] == "Case Meeting")

	def test_a_missing_workflow_is_made_active_and_sends_no_mail(self) -> None:
		make_workflow(self.data)
		workflow = frappe.get_doc("Workflow", "Case Meeting")
		self.assertEqual((workflow.is_active, workflow.send_email_alert), (1, 0))
		self.assertEqual([row.state for row in workflow.states], ["Scheduled", "Held", "Missed", "Cancelled"])

	def test_each_state_sets_its_status(self) -> None:
		for row in get_workflow(self.data).states:
			self.assertEqual((row.update_field, row.update_value), ("status", row.state))

	def test_each_role_of_a_step_has_a_row(self) -> None:
		rows = [row for row in get_workflow(self.data).transitions if row.action == "Record as Held"]
		self.assertEqual([row.allowed for row in rows], self.data["roles"])
		self.assertTrue(all(row.allow_self_approval for row in rows))

	def test_a_workflow_that_is_switched_off_is_left_alone(self) -> None:
		make_workflow(self.data)
		frappe.db.set_value("Workflow", "Case Meeting", "is_active", 0)
		make_workflow(self.data)
		self.assertFalse(frappe.db.get_value("Workflow", "Case Meeting", "is_active"))

	def test_a_workflow_of_another_name_is_left_alone(self) -> None:
		get_workflow(self.data).update({"workflow_name": "Our Meetings"}).insert()
		make_workflows()
		names = frappe.get_all("Workflow", {"document_type": "Case Meeting"}, pluck="name")
		self.assertEqual(names, ["Our Meetings"])

	def test_states_that_came_with_the_app_are_remembered_and_no_others(self) -> None:
		workflows.make_master("Workflow State", workflow_state_name="Test Waiting", style="Warning")
		workflows.make_master("Workflow State", workflow_state_name="Approved", style="Success")
		made = frappe.get_all(
			"DefaultValue", {"parent": workflows.MADE_BY, "defkey": "Workflow State"}, pluck="defvalue"
		)
		self.assertIn("Test Waiting", made)
		self.assertNotIn("Approved", made)


class TestWorkflowInUse(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		make_workflows()
		self.intake_worker = make_user("Case Intake Worker")

	def make_intake(self) -> frappe._dict:
		program = make_program().name
		with self.as_user(self.intake_worker):
			intake = {"doctype": "Client Intake", "person_name": "Alex", "program": program}
			return frappe.get_doc(intake).insert()

	def test_a_new_record_is_in_the_first_state(self) -> None:
		intake = self.make_intake()
		self.assertEqual((intake.status, intake.workflow_state), ("New", "New"))

	def test_a_step_of_the_workflow_moves_the_status(self) -> None:
		intake = self.make_intake()
		with self.as_user(self.intake_worker):
			apply_workflow(intake, "Begin Screening")
		self.assertEqual(self.stored(intake, "status"), "Screening")

	def test_a_step_by_a_role_the_workflow_does_not_name_is_refused(self) -> None:
		intake = self.make_intake()
		with self.as_user(make_user("Seconded Case Worker")), self.assertRaises(UNSEEN):
			apply_workflow(intake, "Begin Screening")
		self.assertEqual(self.stored(intake, "status"), "New")

	def test_switching_a_workflow_on_brings_records_into_line(self) -> None:
		intake = self.make_intake()
		frappe.db.set_value("Client Intake", intake.name, {"status": "Screening", "workflow_state": None})
		frappe.get_doc("Workflow", "Client Intake").save()
		self.assertEqual(self.stored(intake, "workflow_state"), "Screening")
