"""Every action and every way to write, on a hidden record of every kind: refused, and nothing is changed."""

import itertools
import json
from collections.abc import Callable

import frappe
from frappe.handler import run_doc_method

from case_management.permissions import CLIENT_RECORDS
from case_management.setup.api_page import get_actions, get_roles
from case_management.tests.writing_base import (
	KEPT_OUT,
	WritingTestCase,
	get_absent,
	get_hidden,
	get_refusal,
	get_sums,
	get_user,
)

# How each text of the hidden records begins.
TEXT = "zq"


class TestActionsOnHiddenRecords(WritingTestCase):
	def get_methods(self) -> list[tuple[str, str]]:
		"""Return DocType and name of every action of a client record, as the controllers have them."""
		actions = {doctype: found for doctype, found in get_actions().items() if doctype in CLIENT_RECORDS}
		return [(doctype, action.name) for doctype, found in actions.items() for action in found]

	def test_nobody_takes_an_action_on_a_record_they_do_not_see(self) -> None:
		"""Called on the record itself, past whatever Frappe asks before it: by a worker and one of the others in turn."""
		methods, before = self.get_methods(), get_sums()
		self.assertGreater(len(methods), 80)
		others = itertools.cycle((*KEPT_OUT[1:], "Guest"))
		for doctype, method in methods:
			for user in (KEPT_OUT[0], next(others)):
				with self.as_user(get_user(user)), self.subTest(f"{doctype}.{method}", user=user):
					doc = frappe.get_doc({"doctype": doctype, "name": get_hidden(doctype)})
					refused = get_refusal(getattr(doc, method))
					self.assertIsNotNone(refused, "was done")
					self.assertNotIn(TEXT, refused[1])
		self.assertEqual(get_sums(), before)

	def test_a_copy_sent_with_an_action_is_answered_as_one_of_nothing(self) -> None:
		"""The form's way: Frappe compares the copy's date with the stored one before it asks for permission."""
		for doctype in CLIENT_RECORDS:
			for user in (*KEPT_OUT, "Guest"):
				with self.as_user(get_user(user)), self.subTest(doctype, user=user):
					answers = {
						self.send_copy(doctype, name) for name in (get_hidden(doctype), get_absent(doctype))
					}
					self.assertEqual(len(answers), 1, answers)

	def send_copy(self, doctype: str, name: str) -> tuple[str, str] | None:
		docs = json.dumps({"doctype": doctype, "name": name, "modified": "2020-01-01 00:00:00"})
		refused = get_refusal(lambda: run_doc_method("close", docs=docs))
		said = " ".join(str(message) for message in frappe.message_log)
		return refused and (refused[0], (refused[1] + said).replace(name, "X"))

	def test_each_action_is_somebodys(self) -> None:
		for doctype, method in self.get_methods():
			self.assertTrue(get_roles(frappe.get_doc("DocType", doctype), "write"), f"{doctype}.{method}")

	def test_an_emergency_is_for_who_has_a_role_for_it_and_needs_a_client(self) -> None:
		from case_management.case_management.access.emergency import give_access

		for user in ("auditor", "admin", "portal-person", "Guest"):
			self.refuse_all(
				{user: lambda: give_access(get_hidden("Client"), "In great danger")}, get_user(user)
			)
		for user in ("other", "colleague"):
			self.assert_uniform(lambda name: give_access(name, "?"), user)

	def assert_uniform(self, act: Callable[[str], object], user: str) -> None:
		with self.as_user(get_user(user)):
			refusals = []
			for name in (get_hidden("Client"), get_absent("Client")):
				kind, words = get_refusal(lambda name=name: act(name)) or ("done", "")
				refusals.append((kind, words.replace(name, "X")))
			self.assertEqual(refusals[0], refusals[1])

	def test_nobody_who_does_not_see_a_client_disposes_of_them(self) -> None:
		from case_management.case_management.keeping.disposal import dispose, dispose_intake

		for user in (*KEPT_OUT, "Guest"):
			acts = {
				"client": lambda: dispose(get_hidden("Client"), "Asked for"),
				"intake": lambda: dispose_intake(get_hidden("Client Intake")),
			}
			self.refuse_all(acts, get_user(user))
