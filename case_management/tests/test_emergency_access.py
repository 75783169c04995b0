"""Emergency access (B12, design §5): with a reason, for some hours, and seen by the leader."""

from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.desk.search import search_link
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from case_management.case_management.access import emergency, grants
from case_management.case_management.record.actions import store
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_user,
	make_worker,
)

REASON = "A man with a knife asks for her at the door"


class EmergencyTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.user, self.lead, self.began = make_worker("other"), make_lead(), now_datetime()
		self.client = make_client("Person in Danger")
		self.case = make_active_case(self.client)

	def give(self, user: str | None = None, client: str | None = None, reason: str | None = REASON) -> dict:
		with self.as_user(user or self.user):
			return emergency.give_access(client=client or self.client.name, reason=reason)

	def get_access(self, answer: dict) -> Document:
		return frappe.get_doc("Emergency Access", answer["emergency_access"])

	def count(self) -> int:
		return frappe.db.count("Emergency Access", {"creation": (">=", self.began)})

	def sees(self, user: str) -> list[bool]:
		"""Tell which of list, record, the case's list, a child table and search show the client to a user."""
		with self.as_user(user):
			rows = {"parent_doctype": "Client Case", "filters": {"parent": self.case.name}}
			return [
				bool(frappe.get_list("Client", {"name": self.client.name})),
				self.sees_record(user, "Client", self.client.name),
				bool(frappe.get_list("Client Case", {"client": self.client.name})),
				frappe.has_permission("Client Case", "read")
				and bool(frappe.get_list("Case Team Member", **rows)),
				self.client.name in str(search_link("Client", self.client.name)),
			]

	def get_notices(self, name: str) -> dict[str, str]:
		rows = frappe.get_all(
			"Notification Log", {"document_name": name}, ["for_user", "subject", "email_content"]
		)
		return {row.for_user: f"{row.subject} {row.email_content}" for row in rows}


class TestGivingAccess(EmergencyTestCase):
	def test_b12_a_worker_sees_the_client_until_the_hours_in_settings_are_over(self) -> None:
		frappe.db.set_single_value("Case Management Settings", "emergency_access_hours", 2)
		self.assertEqual(self.sees(self.user), [False] * 5)
		answer = self.give()
		self.assertEqual(self.sees(self.user), [True] * 5)
		end = get_datetime(answer["expires_on"])
		self.assertEqual(end - get_datetime(self.get_access(answer).granted_on), timedelta(hours=2))
		for moment, sees in ((end - timedelta(seconds=1), True), (end, False)):
			with patch.object(grants, "now_datetime", lambda moment=moment: moment):
				self.assertEqual(self.sees(self.user), [sees] * 5)

	def test_intake_workers_and_leaders_of_other_programs_may_too(self) -> None:
		for user in (make_intake_worker(), make_lead("other-lead")):
			with self.subTest(user=user):
				self.give(user)
				self.assertTrue(all(self.sees(user)))

	def test_seconded_workers_auditors_and_administrators_may_not(self) -> None:
		for name in ("seconded", "auditor", "admin", "system-manager", "portal-person"):
			user = make_user(name=name)
			with self.subTest(user=user), self.refused("for the workers", exception=frappe.PermissionError):
				self.give(user)
		self.assertEqual(self.count(), 0)

	def test_it_needs_a_reason_that_says_something(self) -> None:
		for reason in (None, "", "urgent", "a b c          d e f", " " * 40):
			with self.subTest(reason=reason), self.refused("New Emergency Access", "in a sentence"):
				self.give(reason=reason)

	def test_switched_off_in_settings_nobody_gets_it(self) -> None:
		for field in ("emergency_access_enabled", "emergency_access_hours"):
			with self.subTest(field=field), self.refused("switched off"):
				frappe.db.set_single_value("Case Management Settings", field, 0)
				frappe.clear_document_cache("Case Management Settings", "Case Management Settings")
				self.give()
		frappe.clear_document_cache("Case Management Settings", "Case Management Settings")

	def test_no_answer_tells_whether_a_code_is_a_client(self) -> None:
		"""A conflict, a restriction and a code of nobody are refused in the same words."""
		restricted = make_case(make_client("Restricted Person", restricted=1)).client
		conflict = {"doctype": "Conflict Declaration", "client": self.client.name, "user": self.user}
		frappe.get_doc({**conflict, "declared_by": "Client"}).insert()
		said = set()
		for client in (restricted, self.client.name, "CL-99999", "", None, "' or 1=1"):
			with self.as_user(self.user), self.assertRaises(frappe.ValidationError) as caught:
				emergency.give_access(client=client, reason=REASON)
			said.add(str(caught.exception))
		self.assertEqual(len(said), 1)
		self.assertIn("call your team leader", said.pop())
		self.assertEqual(self.count(), 0)

	def test_who_is_on_a_restricted_clients_list_may(self) -> None:
		self.client.append("access_list", {"user": self.user})
		self.client.append("access_list", {"user": self.lead})
		store(self.client.update({"restricted": 1}))
		self.give()
		self.assertTrue(all(self.sees(self.user)))

	def test_who_sees_the_client_anyway_is_told_so_and_leaves_no_record(self) -> None:
		answer = self.give(make_worker(), reason=None)
		self.assertEqual(answer, {"client": self.client.name, "emergency_access": None, "expires_on": None})
		self.assertEqual(self.count(), 0)

	def test_asked_again_while_it_runs_it_is_the_same(self) -> None:
		self.assertEqual(self.give(), self.give(reason="Another reason that is long enough"))
		self.assertEqual(self.count(), 1)

	def test_again_within_a_day_is_a_record_of_its_own_and_flagged(self) -> None:
		first = self.get_access(self.give())
		for hours, repeated in ((5, 1), (30, 0)):
			earlier = now_datetime() - timedelta(hours=hours)
			first.db_set({"granted_on": earlier, "expires_on": earlier + timedelta(hours=4)})
			again = self.get_access(self.give())
			self.assertNotEqual(again.name, first.name)
			self.assertEqual((first.repeated, again.repeated), (0, repeated))
			self.assertEqual("again within a day" in self.get_notices(again.name)[self.lead], bool(repeated))
			frappe.db.delete("Emergency Access", {"name": again.name})

	def test_the_log_of_who_opened_what_has_a_line(self) -> None:
		answer = self.give()
		line = frappe.get_last_doc("Client Access Log", {"client": self.client.name})
		self.assertEqual((line.user, line.access_kind), (self.user, "Emergency Access"))
		self.assertEqual(line.record_name, answer["emergency_access"])

	def test_nobody_makes_extends_or_deletes_one_by_hand(self) -> None:
		access = self.get_access(self.give())
		made = {
			"doctype": "Emergency Access",
			"client": self.client.name,
			"reason": REASON,
			"user": self.user,
		}
		for user in ("Administrator", self.user, self.lead):
			with self.as_user(user), self.subTest(user=user):
				for act in (
					lambda: frappe.get_doc({**made, "expires_on": "2099-01-01"}).insert(),
					lambda: (
						frappe.get_doc(access.doctype, access.name)
						.update({"expires_on": "2099-01-01"})
						.save()
					),
					lambda: frappe.delete_doc(access.doctype, access.name),
				):
					with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
						act()
		self.assertEqual(self.stored(access, "expires_on"), access.expires_on)


class TestTheLeaderIsTold(EmergencyTestCase):
	def test_at_once_and_by_code(self) -> None:
		access = self.get_access(self.give())
		notices = self.get_notices(access.name)
		self.assertEqual(set(notices), {self.lead})
		self.assertIn(self.client.name, notices[self.lead])
		self.assertNotIn("Person in Danger", notices[self.lead])
		self.assertNotIn("knife", notices[self.lead])
		self.assertEqual((access.people_told, bool(access.lead_told_on)), (self.lead, True))

	def test_the_deputy_where_it_is_the_leader_who_is_away(self) -> None:
		deputy = make_lead("other-lead")
		frappe.db.set_value("Support Program", self.case.program, "deputy_lead", deputy)
		conflict = {"doctype": "Conflict Declaration", "client": self.client.name, "user": self.lead}
		frappe.get_doc({**conflict, "declared_by": "Client"}).insert()
		self.assertEqual(set(self.get_notices(self.give()["emergency_access"])), {deputy})

	def test_the_administrators_where_there_is_no_leader(self) -> None:
		stranger = make_client("Nobody's Yet")
		access = self.get_access(self.give(client=stranger.name))
		self.assertIn(make_user(name="admin"), self.get_notices(access.name))
		self.assertIsNone(access.lead_told_on)


class TestLookingAtIt(EmergencyTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.access = self.get_access(self.give())

	def look(
		self, user: str | None = None, note: str = "Spoke with the police", justified: str = "Yes"
	) -> dict:
		with self.as_user(user or self.lead):
			access = frappe.get_doc("Emergency Access", self.access.name)
			return access.look_at(note=note, justified=justified)

	def list_open(self) -> list[str]:
		with self.as_user(self.lead):
			filters = {"looked_at_on": ("is", "not set"), "client": self.client.name}
			return frappe.get_list("Emergency Access", filters, pluck="name")

	def test_it_is_listed_until_a_leader_has_looked_at_it_once(self) -> None:
		self.assertEqual(self.list_open(), [self.access.name])
		answer = self.look()
		self.assertEqual(self.list_open(), [])
		self.assertEqual(answer, self.look(justified="No"))
		self.assertEqual(self.stored(self.access, "looked_at_by"), self.lead)

	def test_what_was_found_is_said(self) -> None:
		for values in ({"note": " "}, {"justified": "Maybe"}, {"justified": ""}):
			with self.subTest(values=values), self.refused(self.access.name):
				self.look(**values)
		self.assertEqual(self.list_open(), [self.access.name])

	def test_the_worker_themselves_and_other_leaders_do_not_look_at_it(self) -> None:
		other_lead = make_lead("other-lead")
		with self.refused(exception=frappe.PermissionError):
			self.look(self.user)
		with self.refused(exception=frappe.PermissionError):
			self.look(other_lead)
		self.give(other_lead)
		with self.refused("team leader of the client", exception=frappe.PermissionError):
			self.look(other_lead)
