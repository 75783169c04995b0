"""A second pair of eyes: plans, closures and incidents that a team leader approves, where the program wants that."""

import frappe
from frappe.model.document import Document

from case_management.case_management.reminders.approvals import get_plans
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_lead, make_program, make_worker
from case_management.tests.plan_factories import make_goal, make_plan

SWITCHES = ("plans_need_approval", "closures_need_approval", "incidents_need_approval")
AGREED = {"participation": "Fully", "how": "Spoken"}


class ApprovalTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		program = make_program("Test Approvals", lead=make_lead(), **dict.fromkeys(SWITCHES, 1))
		self.case = make_active_case(program=program)

	def act(self, doc: Document, method: str, user: str | None = None, **values) -> dict:
		with self.as_user(user or make_worker()):
			return getattr(frappe.get_doc(doc.doctype, doc.name), method)(**values)


class TestPlanApproval(ApprovalTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_plan(self.case)
		make_goal(self.case)

	def agree(self) -> dict:
		return self.act(self.plan, "agree", **AGREED)

	def test_life_no_plan_is_agreed_before_it_is_approved(self) -> None:
		with self.refused(self.plan.name, "has to approve it before", "Ask for Approval"):
			self.agree()
		self.act(self.plan, "ask_approval", note="Please look at the second goal.")
		with self.refused(self.plan.name, "has to approve it before"):
			self.agree()
		self.act(self.plan, "approve", user=make_lead())
		self.assertEqual(self.agree()["status"], "Active")

	def test_life_the_leader_finds_what_waits(self) -> None:
		self.act(self.plan, "ask_approval")
		(due,) = [due for due in get_plans() if due.name == self.plan.name]
		self.assertEqual(due.people[0], make_lead())
		todo = {"reference_name": self.plan.name, "allocated_to": make_lead(), "status": "Open"}
		self.assertTrue(frappe.db.exists("ToDo", todo))
		self.act(self.plan, "approve", user=make_lead())
		self.assertEqual([due for due in get_plans() if due.name == self.plan.name], [])

	def test_life_who_asks_does_not_approve(self) -> None:
		for user in (make_worker(), make_worker("colleague")):
			with self.subTest(user), self.refused(exception=frappe.PermissionError):
				self.act(self.plan, "approve", user=user)
		self.act(self.plan, "ask_approval", user=make_lead())
		with self.refused("did not ask for it", exception=frappe.PermissionError):
			self.act(self.plan, "approve", user=make_lead())

	def test_life_what_changes_after_it_is_approved_anew(self) -> None:
		self.act(self.plan, "approve", user=make_lead())
		goal = {"goal": "A garden", "horizon": "Long", "strategies": ["Ask the allotments"]}
		self.act(self.plan, "add_goal", **goal)
		with self.refused(self.plan.name, "changed after it was approved"):
			self.agree()
		self.act(self.plan, "ask_approval")
		self.act(self.plan, "approve", user=make_lead())
		self.assertEqual(self.agree()["status"], "Active")

	def test_life_what_is_returned_says_what_to_change(self) -> None:
		self.act(self.plan, "ask_approval")
		with self.refused(self.plan.name, "Write what has to be changed"):
			self.act(self.plan, "return_for_changes", user=make_lead())
		self.act(self.plan, "return_for_changes", user=make_lead(), note="Whose words are these?")
		self.assertEqual(self.stored(self.plan, "approval"), "Returned")
		self.assertEqual(self.stored(self.plan, "approval_note"), "Whose words are these?")

	def test_life_an_approval_cannot_be_typed_in(self) -> None:
		with self.as_user(make_worker()):
			plan = frappe.get_doc("Support Plan", self.plan.name)
			plan.update({"approval": "Approved", "approval_answered_by": make_lead()}).save()
		self.assertFalse(self.stored(self.plan, "approval"))

	def test_life_without_the_switch_nothing_is_asked(self) -> None:
		frappe.get_doc("Support Program", "Test Approvals").update({"plans_need_approval": 0}).save()
		with self.refused(self.plan.name, "needs no approval"):
			self.act(self.plan, "ask_approval")
		self.assertEqual(self.agree()["status"], "Active")

	def test_life_the_workflows_own_step_is_no_way_around(self) -> None:
		from frappe.model.workflow import apply_workflow

		with self.as_user(make_worker()), self.refused("has to approve it before"):
			plan = frappe.get_doc("Support Plan", self.plan.name)
			plan.update({"participation": "Fully", "agreed_how": "Spoken"})
			apply_workflow(plan, "Record Agreement")


class TestOtherApprovals(ApprovalTestCase):
	def close(self) -> dict:
		given = {"end_reason": "Support Period End Reason-1", "destination": "Exit Destination-410"}
		given |= {"exception": self.get_exception(), "note": "Not reached"}
		return self.act(self.case, "close", cancel_meetings=1, **given)

	def make_incident(self) -> Document:
		about = {"client": self.case.client, "client_case": self.case.name}
		kind = frappe.get_all("Case Code", {"code_list": "Incident Type"}, pluck="name")[0]
		said = {"what_happened": "A fall on the stairs", "actions_taken": "Called a doctor"}
		incident = {"doctype": "Critical Incident", **about, "incident_type": kind, **said}
		with self.as_user(make_worker()):
			return frappe.get_doc(incident).insert()

	def get_exception(self) -> str:
		filters = {"code_list": "Closure Without Exit Plan", "meaning": "Lost Contact"}
		return frappe.get_all("Case Code", filters, pluck="name")[0]

	def test_life_a_closure_is_approved_first_and_again_after_reopening(self) -> None:
		with self.refused(self.case.name, "has to approve it before"):
			self.close()
		self.act(self.case, "ask_approval")
		self.act(self.case, "approve", user=make_lead())
		self.assertEqual(self.close()["status"], "Closed")
		self.act(self.case, "reopen", user=make_lead(), reason="Came back")
		self.assertFalse(self.stored(self.case, "approval"))

	def test_life_an_incident_is_approved_before_it_is_closed(self) -> None:
		incident = self.make_incident()
		with self.refused(incident.name, "has to approve it before"):
			self.act(incident, "close", note="Over")
		self.act(incident, "approve", user=make_lead())
		self.assertEqual(self.act(incident, "close", note="Over")["status"], "Closed")
