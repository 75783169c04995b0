"""Life: a household changes, and nobody in it is left without a team or meetings (L15)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.households.household import update_relationships
from case_management.tests.factories import make_worker
from case_management.tests.plan_base import SupportTestCase
from case_management.tests.plan_factories import make_child_case, make_support_case

LOST = "Closure Without Exit Plan-lost-contact"


class TestHousehold(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.head = make_support_case()
		self.worker = self.head.case_manager
		self.child = make_child_case(self.head, birth_date=add_days(today(), -3000))
		self.child.db_set("status", "Active")

	def get_child(self) -> Document:
		return frappe.get_doc("Client Case", self.child.name)

	def get_meetings(self) -> list[str]:
		return frappe.get_all("Case Meeting", {"client_case": self.child.name, "status": "Scheduled"})

	def close_head(self, reason: str) -> None:
		with self.as_user(self.worker):
			frappe.get_doc("Client Case", self.head.name).close(
				end_reason=reason, exception=LOST, cancel_meetings=1
			)

	def assert_goes_on(self) -> None:
		child = self.get_child()
		self.assertEqual((child.has_own_team, child.case_manager), (1, self.worker))
		self.assertEqual([(row.user, row.team_role) for row in child.team], [(self.worker, "Case Manager")])
		self.assertTrue(self.sees_record(self.worker, "Client", child.client))
		self.assertEqual(len(self.get_meetings()), 1)

	def test_life_l15_a_childs_case_goes_on_when_the_heads_is_closed(self) -> None:
		self.assertEqual(self.get_meetings(), [])
		self.close_head("Support Period End Reason-8")
		self.assert_goes_on()

	def test_life_l15_whoever_leaves_the_household_takes_team_and_meetings_along(self) -> None:
		update_relationships(self.head.client, self.child.client, None)
		with self.as_user(self.worker):
			answer = self.get_child().leave_household()
			self.assertEqual(self.get_child().leave_household()["left"], None)
		self.assertEqual(answer, {"client_case": self.child.name, "left": self.head.name})
		self.assert_goes_on()
		self.assertFalse(self.get_child().head_case)
		self.assertIn("Left the Household", [row.event for row in self.get_child().events])
		for client in (self.head.client, self.child.client):
			rows = frappe.get_doc("Client", client).relationships
			self.assertEqual([row.in_household for row in rows], [0])

	def test_life_l15_another_head_changes_nothing_for_who_has_left(self) -> None:
		with self.as_user(self.worker):
			self.get_child().leave_household()
		self.close_head("Support Period End Reason-8")
		self.assert_goes_on()

	def test_life_l15_a_disabled_worker_is_not_put_on_the_team(self) -> None:
		colleague = make_worker("colleague")
		head = frappe.get_doc("Client Case", self.head.name)
		head.append("team", {"user": colleague, "team_role": "Co-worker", "from_date": getdate()})
		head.save()
		frappe.db.set_value("User", colleague, "enabled", 0)
		self.addCleanup(frappe.clear_document_cache, "User", colleague)
		self.close_head("Support Period End Reason-8")
		self.assert_goes_on()
