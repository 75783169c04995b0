"""Actions: what each of them is safe against, whatever it does."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock, patch

import frappe
from frappe.model.document import Document

from case_management.case_management.record import actions
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import make_active_case, make_case, make_worker


class TestArguments(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_case()

	def test_an_argument_the_action_does_not_take_is_refused_in_words(self) -> None:
		with self.as_user(make_worker()), self.refused(self.case.name, "record_agreement", "on, how"):
			self.case.record_agreement(when="today")

	def test_too_many_arguments_are_refused_in_words(self) -> None:
		with self.as_user(make_worker()), self.refused(self.case.name, "none"):
			self.case.activate("now")

	def test_a_record_that_was_never_saved_takes_no_action(self) -> None:
		case = frappe.get_doc({"doctype": "Client Case", "client": self.case.client})
		with self.refused("New Client Case", "Save it first"):
			case.activate()


class TestLock(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()

	def test_an_action_reads_the_record_afresh(self) -> None:
		stale = frappe.get_doc("Client Case", self.case.name)
		stale.status = "Closed"
		with self.as_user(make_worker()):
			self.assertEqual(stale.activate()["status"], "Active")

	def test_who_may_not_write_the_record_takes_no_action(self) -> None:
		stranger = make_worker("other")
		with self.as_user(stranger), self.assertRaises(UNSEEN):
			self.case.plan_exit()
		self.assertEqual(self.stored(self.case, "status"), "Active")

	def test_the_case_is_locked_before_a_record_of_it(self) -> None:
		name = frappe.db.get_value("Case Meeting", {"client_case": self.case.name})
		meeting = frappe.get_doc("Case Meeting", name)
		locked = []
		get_value, lock = frappe.db.get_value, actions.lock

		def note_case(doctype: str, *args: Any, **kwargs: Any) -> Any:
			if kwargs.get("for_update"):
				locked.append(doctype)
			return get_value(doctype, *args, **kwargs)

		def note_record(doc: Document) -> None:
			locked.append(f"the {doc.doctype} acted on")
			lock(doc)

		with (
			patch.object(frappe.db, "get_value", note_case),
			patch.object(actions, "lock", note_record),
			self.as_user(make_worker()),
		):
			meeting.prepare()
		self.assertEqual(locked[:2], ["Client Case", "the Case Meeting acted on"])


class TestTurns(CaseTestCase):
	"""What a request does when another one is at the same case; the transactions themselves are left alone here."""

	def setUp(self) -> None:
		super().setUp()
		self.case = make_case()

	def take_turn(self, act: Callable) -> Any:
		with (
			patch.object(actions, "is_first_of_request", lambda: True),
			patch.object(frappe.db, "rollback") as self.rollback,
			self.as_user(make_worker()),
		):
			return actions.take_turn(self.case, act)

	def test_a_request_begins_its_transaction_with_the_lock(self) -> None:
		self.assertEqual(self.take_turn(lambda: "done"), "done")
		self.assertEqual(self.rollback.call_count, 1)

	def test_what_the_database_undid_begins_again(self) -> None:
		act = Mock(side_effect=[frappe.QueryDeadlockError, frappe.QueryDeadlockError, "done"])
		self.assertEqual(self.take_turn(act), "done")
		self.assertEqual(self.rollback.call_count, 3)

	def test_what_is_undone_again_and_again_is_refused_in_words(self) -> None:
		act = Mock(side_effect=frappe.QueryDeadlockError)
		with self.refused(self.case.name, "Somebody else is changing it", "Try again."):
			self.take_turn(act)
		self.assertEqual(act.call_count, actions.ATTEMPTS)

	def test_a_refusal_is_not_tried_again(self) -> None:
		act = Mock(side_effect=frappe.ValidationError("No."))
		with self.refused("No."):
			self.take_turn(act)
		self.assertEqual(act.call_count, 1)

	def test_the_next_action_of_a_process_is_the_first_of_its_request_again(self) -> None:
		self.take_turn(lambda: None)
		self.assertFalse(frappe.flags.in_case_action)

	def test_outside_a_request_what_was_written_before_stays(self) -> None:
		with self.as_user(make_worker()), patch.object(frappe.db, "rollback") as rollback:
			self.case.acknowledge_rights(override_reason="In hospital")
		rollback.assert_not_called()

	def test_a_request_that_has_written_keeps_what_it_wrote(self) -> None:
		with patch.object(frappe.local, "request", Mock(), create=True):
			self.assertTrue(frappe.db.transaction_writes)
			self.assertFalse(actions.is_first_of_request())

	def test_an_action_within_an_action_does_not_begin_anew(self) -> None:
		seen = []
		self.take_turn(lambda: seen.append(frappe.flags.in_case_action))
		self.assertEqual(seen, [True])
		with (
			patch.object(frappe.local, "request", Mock(), create=True),
			patch.object(frappe.db, "transaction_writes", 0),
		):
			self.assertTrue(actions.is_first_of_request())
			frappe.flags.in_case_action = True
			self.assertFalse(actions.is_first_of_request())
			frappe.flags.in_case_action = False


class TestHouseholdPressedTwice(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()

	def add(self, name: str, birth_date: str | None = None) -> str:
		with self.as_user(make_worker()):
			return self.case.add_household_member(preferred_name=name, birth_date=birth_date)["client"]

	def test_b7_the_same_name_and_birth_date_are_the_same_member(self) -> None:
		self.assertEqual(self.add("Small", "2019-03-03"), self.add("Small", "2019-03-03"))
		self.assertEqual(frappe.db.count("Client Case", {"head_case": self.case.name}), 1)

	def test_b7_another_birth_date_is_another_member(self) -> None:
		self.assertNotEqual(self.add("Small", "2019-03-03"), self.add("Small", "2021-03-03"))

	def test_b7_twins_have_names_of_their_own(self) -> None:
		self.assertNotEqual(self.add("One", "2019-03-03"), self.add("Two", "2019-03-03"))
