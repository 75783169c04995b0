"""Nothing that anybody sends to the app's functions, records and reports makes a server error, or changes what a refusal
should have left as it was."""

import inspect
import os
import unittest
import zlib
from collections.abc import Callable
from typing import Any

import frappe

from case_management.case_management.guard.guarded import GUARDED
from case_management.permissions import CLIENT_RECORDS, is_visible
from case_management.setup.api_page import Action, get_actions, get_doctypes, get_functions
from case_management.tests.base import CaseTestCase

try:
	from hypothesis import HealthCheck, Phase, given, seed, settings
	from hypothesis import strategies as st

	from case_management.tests.fuzz.calls import (
		TOTALS,
		Answer,
		get_fingerprint,
		leave_request,
		send,
	)
	from case_management.tests.fuzz.values import Values, get_names
	from case_management.tests.fuzz.world import make_world
	from case_management.tests.sequences.arguments import get_codes
except ImportError as missing:  # a bench installs it for `make test` only
	raise unittest.SkipTest("hypothesis is not installed") from missing

# A quarter of what the whole has, which `CASE_FUZZ=all` asks for: the first ones of the same fixed order.
SHARE = 1 if os.environ.get("CASE_FUZZ") == "all" else 4
CALLS_OF_AN_ACTION, CALLS_OF_A_FUNCTION, CALLS_OF_A_REPORT, SAVES_OF_A_DOCTYPE = (
	calls // SHARE for calls in (14, 462, 20, 28)
)
CALLS = 5_000 // SHARE
# These stand in for Frappe's own and answer as they do, their errors about a call without its arguments included.
STAND_INS = {f"case_management.case_management.guard.{name}" for name in GUARDED.values()}
# What the reports of the app take.
FILTERS = (
	"from_date",
	"to_date",
	"program",
	"client",
	"kind",
	"urgency",
	"standard",
	"user",
	"area",
	"case_manager",
	"answer_days",
	"by_reason",
	"group_by",
	"missing",
	"only_without_goal",
	"period",
	"place",
	"rated_by",
	"show_all",
	"still_unmet",
)
STAFF = ("worker", "worker", "worker", "lead", "lead", "intake", "admin", "auditor", "other")
PEOPLE = (*(f"{name}@staff.example.org" for name in STAFF), "Guest")


def try_often(name: str, times: int, strategy: Any, check: Callable[[Any], None]) -> None:
	"""Try a check with values of a strategy: the same ones in each run."""

	@seed(zlib.crc32(name.encode()))
	@settings(
		max_examples=times,
		deadline=None,
		database=None,
		phases=(Phase.generate,),
		suppress_health_check=list(HealthCheck),
	)
	@given(strategy)
	def run(drawn: Any) -> None:
		check(drawn)

	run()


class FuzzTestCase(CaseTestCase):
	"""A world that every call finds as it was made."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		make_world()
		cls.values = Values(get_codes())
		cls.before = get_fingerprint()
		cls.faults: dict[str, str] = {}

	@classmethod
	def tearDownClass(cls) -> None:
		print(f"\n{TOTALS['done']} calls done, {TOTALS['refused']} refused")
		frappe.db.rollback()
		super().tearDownClass()

	def tearDown(self) -> None:
		"""Keep the world: what a call did is undone already."""
		leave_request()

	def try_call(self, name: str, user: str, cmd: str, given: dict) -> Answer:
		"""Make a call, note a server error, and undo whatever it did."""
		frappe.db.savepoint("fuzzed")
		try:
			answer = send(user, cmd, given)
			TOTALS[cmd] += 1
			TOTALS["done" if answer.ok else "refused"] += 1
			if answer.status >= 500:
				self.faults.setdefault(f"{name}: {answer.words[:150]}", f"{user} {str(given)[:600]}")
		finally:
			leave_request()
			frappe.db.rollback(save_point="fuzzed")
		return answer

	def check_unharmed(self) -> None:
		self.assertEqual(get_fingerprint(), self.before)
		faults, self.faults = self.faults, {}
		type(self).faults = {}
		self.assertFalse(faults, "\n".join(f"{fault}\n\t{call}" for fault, call in faults.items()))


class TestFuzz(FuzzTestCase):
	def test_every_action_of_every_record(self) -> None:
		for doctype, actions in get_actions().items():
			for action in actions:
				self.try_action(doctype, action)
		self.check_unharmed()

	def try_action(self, doctype: str, action: Action) -> None:
		name = f"{doctype}.{action.name}"
		records = st.sampled_from(get_names(doctype, 8))
		who, given = st.sampled_from(PEOPLE), self.values.get_arguments(inspect.unwrap(action.function))

		def check(drawn: tuple) -> None:
			user, record, values = drawn
			answer = self.try_call(
				name,
				user,
				"run_doc_method",
				{"dt": doctype, "dn": record, "method": action.name, "args": values},
			)
			if answer.ok:
				self.assertTrue(
					self.can_see(doctype, record, user), f"{user} did {name} on {record} and does not see it"
				)
				# Frappe hands on none to an action that takes none, and version 16 only those that it takes.
				if action.arguments and frappe.__version__.startswith("15."):
					self.assertLessEqual(set(values), set(action.arguments), f"{name} took unknown arguments")

		try_often(name, CALLS_OF_AN_ACTION, st.tuples(who, records, given), check)

	def can_see(self, doctype: str, record: str, user: str) -> bool:
		return doctype not in CLIENT_RECORDS or is_visible(doctype, record, user)

	def test_every_function_without_a_record(self) -> None:
		functions = [function for function in get_functions() if function.name not in STAND_INS]
		for function in functions:
			given = self.values.get_arguments(inspect.unwrap(function.function))
			drawn = st.tuples(st.sampled_from(PEOPLE), given)
			try_often(
				function.name,
				CALLS_OF_A_FUNCTION,
				drawn,
				lambda drawn, name=function.name: self.try_call(name, drawn[0], name, drawn[1]),
			)
		self.check_unharmed()

	def test_every_report(self) -> None:
		for report in frappe.get_all("Report", {"module": "Case Management"}, pluck="name", order_by="name"):
			drawn = st.tuples(st.sampled_from(PEOPLE), self.get_filters(report))
			try_often(
				report,
				CALLS_OF_A_REPORT,
				drawn,
				lambda drawn, report=report: self.try_call(
					report,
					drawn[0],
					"frappe.desk.query_report.run",
					{"report_name": report, "filters": drawn[1]},
				),
			)
		self.check_unharmed()

	def get_filters(self, report: str) -> Any:
		known = {name: st.one_of(self.values.odd, self.values.known) for name in FILTERS}
		return st.fixed_dictionaries({}, optional=known)

	def test_every_record_saved_with_anything(self) -> None:
		for doctype in get_doctypes():
			self.try_saves(doctype)
		self.check_unharmed()

	def test_so_many_calls_were_made(self) -> None:
		if len(TOTALS) < 8:
			self.skipTest("the tests above did not all run")
		self.assertGreaterEqual(TOTALS["done"] + TOTALS["refused"], CALLS)

	def try_saves(self, doctype: str) -> None:
		names = get_names(doctype, 8)
		drawn = st.tuples(
			st.sampled_from(PEOPLE), st.sampled_from([None, *names]), self.values.get_record(doctype)
		)

		def check(drawn: tuple) -> None:
			user, name, values = drawn
			if name:
				given = {"doctype": doctype, "name": name, "fieldname": values}
				self.try_call(f"{doctype} save", user, "frappe.client.set_value", given)
			else:
				given = {"doc": {**values, "doctype": doctype}}
				self.try_call(f"{doctype} insert", user, "frappe.client.insert", given)

		try_often(doctype, SAVES_OF_A_DOCTYPE, drawn, check)
