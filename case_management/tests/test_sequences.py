"""Random people take random steps, right and wrong, through whole cases, and no sequence breaks a rule of the design."""

import os
import random
import unittest
from collections import Counter
from typing import Any

import frappe
from frappe.model.document import Document

from case_management.permissions import CLIENT_RECORDS, is_visible
from case_management.setup.api_page import Action, get_actions
from case_management.tests import factories
from case_management.tests.base import CaseTestCase

try:
	import hypothesis.strategies as st
	from hypothesis import HealthCheck, Phase, settings
	from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

	from case_management.tests.sequences import moves
	from case_management.tests.sequences.arguments import draw_arguments, get_codes
	from case_management.tests.sequences.rules import Watch
except ImportError as missing:  # a bench installs it for `make test` only
	raise unittest.SkipTest("hypothesis is not installed") from missing

# As many as fit into a whole run beside all else.
SEQUENCES, STEPS = int(os.environ.get("CASE_SEQUENCES") or 60), 6
PEOPLE = ("worker", "other", "lead", "other-lead", "intake", "seconded", "auditor", "admin")
# How the app and Frappe say no. Anything else is a fault of the app.
REFUSALS = (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError)
TOTALS: Counter = Counter()


class Worlds:
	"""A household and an intake at each beginning, made once; every sequence is undone to here."""

	clients: dict[str, list[str]]
	actions: dict[str, list[Action]]
	codes: list[str]

	def __init__(self) -> None:
		self.actions = {name: found for name, found in get_actions().items() if name in CLIENT_RECORDS}
		self.codes = get_codes()
		factories.make_policy()
		factories.make_agency()
		self.clients = {name: self.make(steps) for name, steps in moves.BEGINNINGS.items()}
		self.intake = factories.make_intake("Sequence Caller").name

	def make(self, steps: tuple) -> list[str]:
		head = moves.make_household()
		for step in steps:
			step(head)
		case = frappe.db.get_value("Client Case", {"client": head})
		child = frappe.db.get_value("Client Case", {"head_case": case}, "client")
		return [head, child]


def make_machine(worlds: Worlds) -> type:
	"""Return the state machine that begins in these worlds."""

	class Sequence(RuleBasedStateMachine):
		def __init__(self) -> None:
			super().__init__()
			frappe.db.savepoint("sequence")
			frappe.db.transaction_writes = 0
			TOTALS["sequences"] += 1

		@initialize(beginning=st.sampled_from(sorted(worlds.clients)))
		def begin(self, beginning: str) -> None:
			self.clients = worlds.clients[beginning]
			for client in self.clients:
				frappe.clear_document_cache("Client", client)
			self.watch = Watch(self.clients)
			self.taken = [beginning]

		@rule(order=st.integers(0, 10**6))
		def go_on(self, order: int) -> None:
			self.go_on_with(self.clients[0], order)

		@rule(order=st.integers(0, 10**6))
		def go_on_again(self, order: int) -> None:
			self.go_on_with(self.clients[0], order)

		@rule(order=st.integers(0, 10**6))
		def go_on_with_child(self, order: int) -> None:
			self.go_on_with(self.clients[1], order)

		def go_on_with(self, client: str, order: int) -> None:
			"""Take a step that is one for now, so that sequences get far: one that was taken least often, so that each is."""
			steps = random.Random(order).sample(moves.CASE_STEPS, len(moves.CASE_STEPS))
			for step in sorted(steps, key=lambda step: TOTALS[step.__name__]):
				if self.attempt(moves.STEPS[step], lambda step=step: step(client), step.__name__):
					return

		@rule(step=st.sampled_from(moves.INTAKE_STEPS))
		def go_on_with_intake(self, step: Any) -> None:
			self.attempt(moves.STEPS[step], lambda: step(worlds.intake), step.__name__)
			client = frappe.db.get_value("Client Intake", worlds.intake, "client")
			if client and client not in self.watch.clients:
				self.watch.clients.append(client)

		@rule(person=st.sampled_from(PEOPLE), pick=st.integers(0, 10**6), data=st.data())
		def act(self, person: str, pick: int, data: Any) -> None:
			"""Take any action of any record, with arguments that may be wrong."""
			doctype = sorted(worlds.actions)[pick % len(worlds.actions)]
			doc = self.pick_record(doctype, pick)
			if not doc:
				return
			action = worlds.actions[doctype][pick % len(worlds.actions[doctype])]
			given = draw_arguments(data, action.function, worlds.codes)
			self.attempt(person, lambda: getattr(doc, action.name)(**given), f"{doctype}.{action.name}", doc)

		@rule(person=st.sampled_from(PEOPLE), pick=st.integers(0, 10**6), value=st.sampled_from(VALUES))
		def write(self, person: str, pick: int, value: Any) -> None:
			"""Write any field of any record, as PUT, an import or a bulk edit does."""
			doc = self.pick_record(CLIENT_RECORDS[pick % len(CLIENT_RECORDS)], pick)
			if not doc:
				return
			fields = [
				field for field in doc.meta.fields if field.fieldtype not in frappe.model.no_value_fields
			]
			field = fields[pick % len(fields)]
			options = (field.options or "").split("\n") if field.fieldtype == "Select" else [value]
			doc.set(field.fieldname, options[pick % len(options)])
			self.attempt(person, doc.save, f"write {doc.doctype}", doc)

		@rule(person=st.sampled_from((*PEOPLE, "Administrator")), pick=st.integers(0, 10**6))
		def delete(self, person: str, pick: int) -> None:
			doc = self.pick_record(CLIENT_RECORDS[pick % len(CLIENT_RECORDS)], pick)
			if doc:
				self.attempt(
					person, lambda: frappe.delete_doc(doc.doctype, doc.name), f"delete {doc.doctype}", doc
				)

		def pick_record(self, doctype: str, pick: int) -> Document | None:
			field = "name" if doctype == "Client" else "client"
			names = frappe.get_all(
				doctype, {field: ("in", self.watch.clients)}, order_by="creation", pluck="name"
			)
			return frappe.get_doc(doctype, names[pick % len(names)]) if names else None

		def attempt(self, person: str, do: Any, name: str, doc: Document | None = None) -> bool:
			"""Do something as somebody; refused or not, every rule holds after it."""
			user = person if person == "Administrator" else f"{person}@staff.example.org"
			seen = not doc or is_visible(doc.doctype, doc.name, user)
			frappe.db.savepoint("step")
			frappe.set_user(user)
			try:
				do()
				done = True
			except moves.NotNow:
				return False
			except REFUSALS as refusal:
				without_words = isinstance(refusal, frappe.PermissionError)  # Frappe adds them to the answer
				assert without_words or str(refusal).strip(), f"{name} is refused without a word"
				done = False
			finally:
				frappe.set_user("Administrator")
				frappe.clear_messages()
			TOTALS["done" if done else "refused"] += 1
			if not done:  # a request is rolled back by Frappe
				frappe.db.rollback(save_point="step")
				return False
			TOTALS[name] += 1
			self.taken.append(f"{name} by {person}")
			assert seen, f"{person} did {name} on {doc.name} and does not see it"
			if broken := self.watch.list_broken():
				raise AssertionError(f"after {', '.join(self.taken)}: {'; '.join(broken)}")
			return True

		def teardown(self) -> None:
			frappe.set_user("Administrator")
			frappe.db.rollback(save_point="sequence")

	return Sequence


VALUES = (None, "", "nonsense", 0, 1, "2020-01-01", "2999-12-31", "worker@staff.example.org", "Closed")


class TestSequences(CaseTestCase):
	def test_no_sequence_of_steps_breaks_a_rule(self) -> None:
		machine = make_machine(Worlds())
		TOTALS.clear()
		run_state_machine_as_test(
			machine,
			settings=settings(
				max_examples=SEQUENCES,
				stateful_step_count=STEPS,
				deadline=None,
				database=None,
				derandomize=True,
				phases=(Phase.generate,),
				suppress_health_check=list(HealthCheck),
			),
		)
		print(f"\n{TOTALS['sequences']} sequences: {TOTALS['done']} steps done, {TOTALS['refused']} refused")
		self.assertGreaterEqual(TOTALS["sequences"], SEQUENCES)
		never = [step.__name__ for step in moves.STEPS if not TOTALS[step.__name__]]
		self.assertLessEqual(len(never), 4, f"too few kinds of steps were taken: never {never}")
