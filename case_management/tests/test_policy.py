"""Policies and who has read them (B25, C2)."""

from unittest.mock import Mock, patch

import frappe
from frappe.handler import run_doc_method
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.case_management.report.policy_acknowledgements.policy_acknowledgements import execute
from case_management.case_management.report.records_due_for_disposal import records_due_for_disposal
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import STAFF, make_intake, make_lead, make_user, make_worker
from case_management.tests.record_factories import make_granted_request, make_old_case

EVERYBODY = [f"{name}@staff.example.org" for name in STAFF if name not in ("portal-person", "system-manager")]


def make_policy(title: str = "Our Code", kind: str = "Code of Ethics", **values) -> Document:
	policy = {"doctype": "Service Policy", "title": title, "kind": kind, "text": "We keep our word."}
	return frappe.get_doc({**policy, **values}).insert()


class TestAcknowledge(CaseTestCase):
	def test_b25_staff_of_every_role_acknowledge_it_for_themselves_as_the_button_and_rest_do(self) -> None:
		policy = make_policy()
		for user in EVERYBODY:
			request = patch.object(frappe.local, "request", Mock(method="POST"), create=True)
			with self.as_user(user), request:
				frappe.local.response = frappe._dict(docs=[])
				run_doc_method("acknowledge", dt="Service Policy", dn=policy.name)
		rows = frappe.get_doc("Service Policy", policy.name).acknowledgements
		self.assertEqual([row.user for row in rows], EVERYBODY)

	def test_b25_again_answers_with_the_first_time(self) -> None:
		policy = make_policy()
		with self.as_user(make_worker()):
			self.assertEqual(policy.acknowledge(), policy.acknowledge())
		self.assertEqual(len(frappe.get_doc("Service Policy", policy.name).acknowledgements), 1)

	def test_b25_nobody_acknowledges_for_somebody_else_and_a_client_not_at_all(self) -> None:
		policy = make_policy()
		with self.as_user(make_user("Case Management Admin")):
			row = {"user": make_worker(), "acknowledged_on": today()}
			frappe.get_doc("Service Policy", policy.name).update({"acknowledgements": [row]}).save()
		self.assertEqual(frappe.get_doc("Service Policy", policy.name).acknowledgements, [])
		with self.as_user(make_user("Case Client")), self.assertRaises(frappe.PermissionError):
			policy.acknowledge()

	def test_b25_what_was_acknowledged_keeps_its_words(self) -> None:
		policy = make_policy()
		with self.as_user(make_worker()):
			policy.acknowledge()
		with self.refused(policy.name, "keeps its words"):
			frappe.get_doc("Service Policy", policy.name).update({"text": "Other words"}).save()


class TestPolicy(CaseTestCase):
	def test_b25_a_new_version_takes_the_place_of_the_old_one(self) -> None:
		first, second = make_policy(), make_policy(version="2")
		self.assertEqual((self.stored(first, "is_current"), self.stored(second, "is_current")), (0, 1))

	def test_b25_other_policies_of_different_titles_are_current_together(self) -> None:
		pets, keys = make_policy("Pets", "Other"), make_policy("Keys", "Other")
		self.assertEqual([self.stored(policy, "is_current") for policy in (pets, keys)], [1, 1])
		make_policy("Pets", "Other", version="2")
		self.assertEqual([self.stored(policy, "is_current") for policy in (pets, keys)], [0, 1])

	def test_b25_a_policy_has_words_and_is_reviewed_after_it_takes_effect(self) -> None:
		with self.refused("a text or a file"):
			make_policy(text="<p> </p>")
		with self.refused("before the policy takes effect"):
			make_policy(effective_from=today(), review_due=add_days(today(), -1))


class TestAcknowledgementReport(CaseTestCase):
	def run_as(self, reader: str, **filters) -> list[dict]:
		with self.as_user(reader):
			return execute(filters)[1]

	def test_b25_it_lists_who_has_not_read_a_current_policy(self) -> None:
		policy = make_policy()
		make_policy("Code (Easy Read)", language="Easy Read")
		with self.as_user(make_worker()):
			policy.acknowledge()
		rows = self.run_as(make_lead(), kind="Code of Ethics")
		self.assertEqual({row["policy"] for row in rows}, {policy.name})
		missing = [row["user"] for row in rows]
		self.assertNotIn(make_worker(), missing)
		self.assertIn(make_worker("other"), missing)
		for nobody in (
			"portal-person@staff.example.org",
			"system-manager@staff.example.org",
			"Administrator",
		):
			self.assertNotIn(nobody, missing)

	def test_b25_it_shows_who_has_read_it_where_asked_for_and_one_person_alone(self) -> None:
		policy = make_policy()
		with self.as_user(make_worker()):
			answer = policy.acknowledge()
		rows = self.run_as(make_lead(), kind="Code of Ethics", user=make_worker(), show_all=1)
		self.assertEqual([row["acknowledged_on"] for row in rows], [answer["acknowledged_on"]])

	def test_b25_a_new_version_is_read_anew_and_a_disabled_user_reads_nothing(self) -> None:
		policy = make_policy()
		with self.as_user(make_worker()):
			policy.acknowledge()
		newer = make_policy(version="2")
		frappe.db.set_value("User", make_worker("other"), "enabled", 0)
		rows = self.run_as(make_user("Case Management Admin"), kind="Code of Ethics")
		self.assertIn((make_worker(), newer.name), [(row["user"], row["policy"]) for row in rows])
		self.assertNotIn(make_worker("other"), [row["user"] for row in rows])


class TestDisposalReport(CaseTestCase):
	def run_as(self, reader: str) -> dict[str, dict]:
		with self.as_user(reader):
			return {row["code"]: row for row in records_due_for_disposal.execute()[1]}

	def test_b26_it_lists_what_may_be_disposed_of_to_its_leader_and_an_administrator(self) -> None:
		due, kept, asked = make_old_case(), make_old_case(years=2), make_old_case()
		make_granted_request(asked.client, "Deletion")
		frappe.db.set_value("Client", make_old_case().client, "legal_hold", 1)
		intake = make_intake()
		old = "2010-01-01 10:00:00"
		intake.db_set({"status": "Not Accepted", "decided_on": old, "creation": old})
		for user in (make_lead(), make_user("Case Management Admin")):
			rows = self.run_as(user)
			self.assertLessEqual({due.client, asked.client, intake.name}, set(rows))
			self.assertEqual(rows[asked.client]["reason"], "Deletion Requested")
		self.assertNotIn(kept.client, rows)
		self.assertEqual(self.run_as(make_lead("other-lead")), {})

	def test_b26_it_names_nobody(self) -> None:
		make_old_case()
		row = next(iter(self.run_as(make_user("Case Management Admin")).values()))
		self.assertEqual(set(row), {"kind", "code", "retain_until", "reason"})
