"""Small ways past the rule: shares, codes that count, pages of a search, intakes of a person in conflict, reviews."""

from unittest.mock import patch

import frappe
from frappe.desk.query_report import run
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.case_management.access import emergency
from case_management.case_management.access.reviewing import look_at_emergency
from case_management.case_management.guard.searching import search
from case_management.case_management.record.actions import store
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_program,
	make_screened_intake,
	make_user,
	make_worker,
)

REASON = "She rang from a locked bathroom and needs help"


class WayTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Wendeltreppe Person")
		self.case = make_active_case(self.client)
		self.other = make_worker("other")

	def make_todo(self, **values: object) -> Document:
		todo = {"doctype": "ToDo", "description": "Ring her", "allocated_to": make_worker(), **values}
		return frappe.get_doc(todo).insert()

	def about(self, doctype: str = "Client") -> dict:
		return {"reference_type": doctype, "reference_name": self.client.name}


class TestSharing(WayTestCase):
	def share(self, doc: Document) -> None:
		share = {"doctype": "DocShare", "share_doctype": doc.doctype, "share_name": doc.name}
		frappe.get_doc({**share, "user": self.other, "read": 1}).insert(ignore_permissions=True)

	def lists(self, doc: Document) -> bool:
		with self.as_user(self.other):
			return bool(frappe.get_list(doc.doctype, {"name": doc.name}))

	def test_what_points_at_a_clients_record_is_not_shared(self) -> None:
		shared = self.make_todo(**self.about())
		self.share(shared)
		self.assertFalse(self.lists(shared))
		self.assertFalse(frappe.db.exists("DocShare", {"share_name": shared.name}))

	def test_what_points_at_a_clients_record_is_not_followed_and_has_no_public_address(self) -> None:
		todo = self.make_todo(**self.about())
		frappe.get_doc(
			{
				"doctype": "Document Follow",
				"ref_doctype": "ToDo",
				"ref_docname": todo.name,
				"user": self.other,
			}
		).insert(ignore_permissions=True)
		self.assertFalse(frappe.db.exists("Document Follow", {"ref_docname": todo.name}))
		with self.refused("no public address"):
			todo.get_document_share_key()

	def test_a_clients_record_is_not_shared_by_code_either(self) -> None:
		self.share(self.case)
		self.assertFalse(self.lists(self.case))
		self.assertFalse(self.sees_record(self.other, "Client Case", self.case.name))

	def test_what_is_turned_to_a_client_is_shared_no_more(self) -> None:
		shared = self.make_todo()
		self.share(shared)
		# Frappe 15 lists no to-do that is shared.
		self.assertTrue(self.sees_record(self.other, "ToDo", shared.name))
		shared.update(self.about()).save()
		self.assertFalse(self.lists(shared))
		self.assertFalse(self.sees_record(self.other, "ToDo", shared.name))


class TestCodes(WayTestCase):
	def test_a_record_that_lacks_something_does_not_tell_the_next_code(self) -> None:
		consent = frappe.get_doc({"doctype": "Client Consent", "client": self.client.name})
		with self.as_user(make_worker()), self.assertRaises(frappe.MandatoryError) as caught:
			consent.insert()
		self.assertTrue(consent.name)
		self.assertNotIn(consent.name, str(caught.exception))
		self.assertIn("[Client Consent]", str(caught.exception))


class TestGlobalSearch(WayTestCase):
	def find(self, user: str, **asked: int) -> list[str]:
		with self.as_user(user):
			return [row["name"] for row in search("Wendeltreppe", **asked)]

	def test_a_page_of_the_search_is_as_long_as_if_the_hidden_were_not_there(self) -> None:
		found = [
			frappe._dict(doctype="ToDo", name=self.make_todo(**about).name, content="x", rank=rank)
			for rank, about in ((3, self.about()), (2, self.about()), (1, {"allocated_to": self.other}))
		]

		def find(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[frappe._dict]:
			return found[int(start) : int(start) + int(limit)]

		with patch("frappe.utils.global_search.search", find):
			names = [row.name for row in found]
			self.assertEqual(self.find(self.other, limit=1), names[2:])
			self.assertEqual(self.find(self.other, start=1, limit=1), [])
			self.assertEqual(self.find(make_worker(), start=1, limit=1), names[1:2])


class TestIntakeInConflict(WayTestCase):
	def test_a_leader_in_conflict_with_the_chosen_client_does_not_see_the_intake(self) -> None:
		with self.as_user(make_intake_worker()):
			intake = make_screened_intake("Somebody New", make_program())
		self.assertTrue(self.sees_record(make_lead(), "Client Intake", intake.name))
		intake.db_set("match_choice", self.client.name)
		self.assertTrue(self.sees_record(make_lead(), "Client Intake", intake.name))
		values = {"client": self.client.name, "user": make_lead(), "declared_by": "Client", "reason": "x"}
		store(frappe.get_doc({"doctype": "Conflict Declaration", **values}))
		self.assertFalse(self.sees_record(make_lead(), "Client Intake", intake.name))
		with self.as_user(make_lead()):
			self.assertFalse(frappe.get_list("Client Intake", {"name": intake.name}))
		self.assertTrue(self.sees_record(make_intake_worker(), "Client Intake", intake.name))


class TestReviewingEmergencies(WayTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")
		self.case = make_active_case(self.client, make_program("Led by Few", lead=make_lead()))
		frappe.db.set_value("Client Case", {"client": self.client.name}, "program", self.case.program)

	def give(self, user: str) -> str:
		with self.as_user(user):
			return emergency.give_access(self.client.name, REASON)["emergency_access"]

	def look_at(self, access: str, **given: str) -> dict:
		with self.as_user(self.admin):
			return look_at_emergency(access, **{"note": "Asked them both", "justified": "Yes", **given})

	def test_b12_while_a_leader_can_look_at_it_the_reviewer_does_not(self) -> None:
		access = self.give(self.other)
		with self.refused(access, exception=frappe.PermissionError):
			self.look_at(access)

	def test_b12_where_no_leader_can_the_reviewer_looks_at_it_by_its_code(self) -> None:
		access = self.give(self.other)
		frappe.db.set_value("Support Program", self.case.program, {"lead": None, "deputy_lead": None})
		with self.as_user(self.admin):
			rows = run("Access to Be Reviewed", {}, ignore_prepared_report=True)["result"]
		self.assertIn((access, self.other), [(row["code"], row["user"]) for row in rows])
		self.assertNotIn("bathroom", str(rows))
		for given in ({"note": " "}, {"justified": ""}):
			with self.refused(access):
				self.look_at(access, **given)
		self.assertEqual(self.look_at(access)["justified"], "Yes")
		stored = frappe.get_doc("Emergency Access", access)
		self.assertEqual((stored.looked_at_by, stored.justified), (self.admin, "Yes"))
		with self.refused(access, exception=frappe.PermissionError):
			self.look_at(access)


class TestAtOnce(WayTestCase):
	"""Who is taken off a team, or declared to be in conflict, has no more of the client from then on."""

	def setUp(self) -> None:
		super().setUp()
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=self.other)
		self.todo = self.make_todo(**self.about(), allocated_to=self.other)
		self.remark = self.client.add_comment("Comment", "A remark")

	def sees(self) -> list[bool]:
		with self.as_user(self.other):
			return [
				self.sees_record(self.other, "Client", self.client.name),
				bool(frappe.get_list("Client Case", {"name": self.case.name})),
				bool(frappe.get_list("ToDo", {"name": self.todo.name})),
				self.sees_record(self.other, "ToDo", self.todo.name),
				self.sees_record(self.other, "Comment", self.remark.name),
			]

	def test_who_is_taken_off_a_team_sees_nothing_at_once(self) -> None:
		self.assertTrue(all(self.sees()[:4]))
		with self.as_user(make_lead()):
			case = frappe.get_doc("Client Case", self.case.name)
			case.end_team_member(user=self.other, on=add_days(today(), -1))
		self.assertFalse(any(self.sees()))

	def test_who_is_in_conflict_sees_nothing_at_once(self) -> None:
		self.assertTrue(all(self.sees()[:4]))
		values = {"client": self.client.name, "user": self.other, "declared_by": "Client", "reason": "x"}
		store(frappe.get_doc({"doctype": "Conflict Declaration", **values}))
		self.assertFalse(any(self.sees()))
