"""Status belongs to the code, the Workflow to the administrator (design §3.3)."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow, get_workflow_name
from frappe.utils import today

from case_management.case_management.record.actions import store
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_lead, make_worker


class StatusTestCase(CaseTestCase):
	"""A follow-up is the smallest record with states: Due → Done / Not Reached / Cancelled."""

	def setUp(self) -> None:
		super().setUp()
		case = make_active_case()
		values = {"client": case.client, "client_case": case.name, "due_on": today()}
		self.follow_up = store(frappe.get_doc({"doctype": "Case Follow Up", **values}))

	def tearDown(self) -> None:
		super().tearDown()
		frappe.clear_cache(doctype="Case Follow Up")
		frappe.cache.delete_value("workflow")

	def fresh(self) -> Document:
		return frappe.get_doc("Case Follow Up", self.follow_up.name)

	def change_workflow(self, change: Callable[[Document], None]) -> None:
		workflow = frappe.get_doc("Workflow", get_workflow_name("Case Follow Up"))
		change(workflow)
		workflow.save()
		frappe.cache.delete_value("workflow")

	def switch_workflow_off(self) -> None:
		self.change_workflow(lambda workflow: workflow.update({"is_active": 0}))


class TestStatus(StatusTestCase):
	def test_a_record_begins_with_its_first_status(self) -> None:
		values = self.follow_up.as_dict()
		with self.as_user(make_worker()), self.refused("New Case Follow Up", "begins as Due"):
			fields = {key: values[key] for key in ("doctype", "client", "client_case", "due_on")}
			frappe.get_doc({**fields, "status": "Done"}).insert()

	def test_an_illegal_move_is_refused_with_what_is_possible(self) -> None:
		self.switch_workflow_off()
		self.fresh().cancel(reason="Moved overseas")
		with (
			self.as_user(make_worker()),
			self.refused(self.follow_up.name, "is Cancelled", "cannot become Due"),
		):
			self.fresh().update({"status": "Due"}).save()
		self.assertEqual(self.stored(self.follow_up, "status"), "Cancelled")

	def test_a_status_set_past_the_workflow_is_refused(self) -> None:
		with self.as_user(make_worker()), self.refused(self.follow_up.name, "follows the workflow"):
			self.fresh().update({"status": "Not Reached"}).save()

	def test_a_workflow_state_set_without_its_status_is_refused(self) -> None:
		with self.as_user(make_worker()), self.refused(self.follow_up.name, "follows the workflow"):
			self.fresh().update({"workflow_state": "Not Reached"}).save()

	def test_the_workflows_own_button_has_the_same_consequences(self) -> None:
		with self.as_user(make_worker()):
			step = frappe.get_all(
				"Workflow Transition",
				{"parent": get_workflow_name("Case Follow Up"), "next_state": "Not Reached"},
				pluck="action",
			)[0]
			apply_workflow(self.fresh().as_json(), step)
		self.assertEqual(self.stored(self.follow_up, "status"), "Not Reached")
		self.assertEqual(str(self.stored(self.follow_up, "done_on")), today())

	def test_an_action_goes_through_the_workflow(self) -> None:
		with self.as_user(make_worker()):
			self.fresh().not_reached(note="No answer")
		self.assertEqual(self.stored(self.follow_up, "status"), "Not Reached")
		self.assertEqual(self.stored(self.follow_up, "workflow_state"), "Not Reached")

	def test_an_action_works_with_the_workflow_switched_off(self) -> None:
		self.switch_workflow_off()
		with self.as_user(make_worker()):
			self.fresh().record_done(outcome="Still housed")
		self.assertEqual(self.stored(self.follow_up, "status"), "Done")

	def test_an_action_twice_does_nothing_the_second_time(self) -> None:
		with self.as_user(make_worker()):
			first = self.fresh().record_done(outcome="Still housed")
			modified = self.stored(self.follow_up, "modified")
			self.assertEqual(self.fresh().record_done(outcome="Other"), first)
		self.assertEqual(self.stored(self.follow_up, "modified"), modified)
		self.assertEqual(self.stored(self.follow_up, "outcome"), "Still housed")

	def test_an_argument_the_action_does_not_take_is_refused(self) -> None:
		with self.as_user(make_worker()), self.refused("record_done", "outcome"):
			self.fresh().record_done(result="Still housed")

	def test_an_action_reads_the_stored_record_not_the_callers_copy(self) -> None:
		with self.as_user(make_worker()):
			copy = self.fresh().update({"due_on": "2000-01-01", "worker": "Administrator"})
			copy.not_reached()
		self.assertEqual(str(self.stored(self.follow_up, "due_on")), today())
		self.assertFalse(self.stored(self.follow_up, "worker"))

	def test_read_only_fields_are_not_set_by_a_plain_save(self) -> None:
		with self.as_user(make_worker()):
			self.fresh().update({"outcome": "Forged", "done_on": today(), "way": "By letter"}).save()
		self.assertEqual(self.stored(self.follow_up, "way"), "By letter")
		self.assertFalse(self.stored(self.follow_up, "outcome"))
		self.assertFalse(self.stored(self.follow_up, "done_on"))


class TestTheAdministratorsWorkflow(StatusTestCase):
	def add_approval(self, workflow: Document) -> None:
		"""Due → Awaiting Approval (a state of the administrator's own) → Done."""
		for name in ("Awaiting Approval",):
			if not frappe.db.exists("Workflow State", name):
				frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": name}).insert()
		for name in ("Ask", "Approve"):
			if not frappe.db.exists("Workflow Action Master", name):
				frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": name}).insert()
		workflow.transitions = [row for row in workflow.transitions if row.next_state != "Done"]
		state = {"state": "Awaiting Approval", "doc_status": "0", "allow_edit": "All"}
		workflow.append("states", {**state, "update_field": "status", "update_value": "Due"})
		asked = {"state": "Due", "action": "Ask", "next_state": "Awaiting Approval", "allowed": "Case Worker"}
		workflow.append("transitions", {**asked, "allow_self_approval": 1})
		done = {"state": "Awaiting Approval", "action": "Approve", "next_state": "Done"}
		workflow.append("transitions", {**done, "allowed": "Case Manager Lead", "allow_self_approval": 0})

	def test_a_state_of_the_administrators_keeps_the_status(self) -> None:
		self.change_workflow(self.add_approval)
		with self.as_user(make_worker()):
			apply_workflow(self.fresh().as_json(), "Ask")
		self.assertEqual(self.stored(self.follow_up, "workflow_state"), "Awaiting Approval")
		self.assertEqual(self.stored(self.follow_up, "status"), "Due")

	def test_an_action_waits_for_the_administrators_step(self) -> None:
		self.change_workflow(self.add_approval)
		with self.as_user(make_worker()), self.refused(self.follow_up.name, "no step from Due to Done"):
			self.fresh().record_done(outcome="Still housed")

	def test_an_action_names_the_role_the_workflow_asks_for(self) -> None:
		self.change_workflow(self.add_approval)
		with self.as_user(make_worker()):
			apply_workflow(self.fresh().as_json(), "Ask")
			with self.refused("Case Manager Lead", exception=frappe.PermissionError):
				self.fresh().record_done(outcome="Still housed")
		with self.as_user(make_lead()):
			self.fresh().record_done(outcome="Still housed")
		self.assertEqual(self.stored(self.follow_up, "status"), "Done")

	def test_self_approval_is_refused_on_a_plain_save_too(self) -> None:
		self.change_workflow(self.add_approval)
		self.follow_up.db_set(
			{"owner": make_lead(), "workflow_state": "Awaiting Approval", "outcome": "Well"}
		)
		with self.as_user(make_lead()), self.refused("themselves", exception=frappe.PermissionError):
			self.fresh().update({"status": "Done", "workflow_state": "Done"}).save()

	def test_switching_a_workflow_on_brings_stale_states_into_line(self) -> None:
		self.switch_workflow_off()
		with self.as_user(make_worker()):
			self.fresh().record_done(outcome="Still housed")
		self.assertEqual(self.stored(self.follow_up, "workflow_state"), "Due")
		name = frappe.db.get_value("Workflow", {"document_type": "Case Follow Up"})
		frappe.get_doc("Workflow", name).update({"is_active": 1}).save()
		self.assertEqual(self.stored(self.follow_up, "workflow_state"), "Done")
