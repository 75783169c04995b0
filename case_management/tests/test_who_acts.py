"""Who acts is who is signed in: no owner, author, user or time of a client's record is taken from what was sent.

Made from the DocTypes' fields, so that a new one is covered at once; `test_writing_fields` has the same of stored records.
"""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.client import insert
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime

from case_management.tests import factories
from case_management.tests.plan_factories import make_support_case
from case_management.tests.writing_base import WritingTestCase, get_others, get_user

WRITER, OTHER = get_user("lead"), get_user("other")
LONG_AGO = "2001-01-01 00:00:00"
STAMPS = {"owner": OTHER, "modified_by": OTHER, "creation": LONG_AGO, "modified": LONG_AGO}


def get_forged(doctype: str) -> Iterator[tuple[str, str]]:
	"""Yield each field that the app sets and that says who or when, with somebody else or another time."""
	for field in frappe.get_meta(doctype).get("fields", {"read_only": 1}):
		if field.fetch_from or field.is_virtual:
			continue
		if field.fieldtype == "Link" and field.options == "User":
			yield field.fieldname, OTHER
		if field.fieldtype in ("Date", "Datetime"):
			yield field.fieldname, LONG_AGO[:10] if field.fieldtype == "Date" else LONG_AGO


class TestNewRecords(WritingTestCase):
	def get_values(self) -> Iterator[dict]:
		"""Yield what it takes to make a record of each kind that the writer makes."""
		program = frappe.get_doc("Support Program", self.own["Client Case"].program)
		case = make_support_case(factories.make_client("Another Person"), program=program)
		with self.as_user(WRITER):
			for values in [*get_others(case), *self.get_more(case)]:
				if frappe.has_permission(values["doctype"], "create"):
					yield values

	def get_more(self, case: Document) -> list[dict]:
		about = {"client": case.client, "client_case": case.name}
		return [
			{"doctype": "Client", "preferred_name": "New Person"},
			{"doctype": "Client Intake", "person_name": "New Caller", "program": case.program},
			{
				"doctype": "Client Case",
				"client": case.client,
				"program": factories.make_program("Test Who Acts", "Voluntary", lead=WRITER).name,
				"opened_on": add_days(getdate(), -1),
			},
			{"doctype": "Case Meeting", "scheduled_on": add_days(now_datetime(), 3), **about},
			{"doctype": "Support Goal", "goal": "To sleep", **about},
		]

	def test_many_kinds_are_tried(self) -> None:
		self.assertGreater(len(list(self.get_values())), 15)

	def test_a_new_record_is_of_who_is_signed_in_whatever_was_sent(self) -> None:
		for values in self.get_values():
			doctype = values["doctype"]
			with self.subTest(doctype):
				stored = self.make({**values, **STAMPS, **dict(get_forged(doctype))})
				self.assertEqual((stored.owner, stored.modified_by), (WRITER, WRITER))
				self.assertEqual(getdate(stored.creation), getdate())
				for field, value in get_forged(doctype):
					self.assertNotEqual(str(stored.get(field)), value, field)

	def test_a_new_row_is_of_who_is_signed_in_whatever_was_sent(self) -> None:
		row = {"alert": "Dogs", "kind": "Safety", **STAMPS}
		stored = self.make({"doctype": "Client", "preferred_name": "New Person", "alerts": [row]})
		self.assertEqual((stored.alerts[0].owner, getdate(stored.alerts[0].creation)), (WRITER, getdate()))

	def test_who_invites_for_feedback_is_who_is_signed_in(self) -> None:
		case = self.own["Client Case"]
		about = {"doctype": "Client Feedback", "client": case.client, "client_case": case.name}
		self.assertEqual(self.make({**about, "invited_by": OTHER}).invited_by, WRITER)

	def make(self, values: dict[str, Any]) -> Document:
		with self.as_user(WRITER):
			made = insert(values)
		return frappe.get_doc(values["doctype"], made.get("name"))


class TestSetUpRecords(WritingTestCase):
	def test_a_row_of_a_set_up_record_is_of_who_is_signed_in(self) -> None:
		admin, program = get_user("app-admin"), self.own["Client Case"].program
		with self.as_user(admin):
			doc = frappe.get_doc("Support Program", program)
			doc.append("response_targets", {"urgency": "Routine", "hours": 9, **STAMPS})
			doc.save()
		row = frappe.get_doc("Support Program", program).response_targets[-1]
		self.assertEqual((row.owner, getdate(row.creation)), (admin, getdate()))

	def test_nobody_acknowledges_a_policy_for_a_colleague(self) -> None:
		policy = factories.make_policy()
		with self.as_user(get_user("app-admin")):
			doc = frappe.get_doc("Service Policy", policy.name)
			doc.append("acknowledgements", {"user": OTHER, "acknowledged_on": LONG_AGO})
			doc.save()
		self.assertEqual(frappe.get_doc("Service Policy", policy.name).acknowledgements, [])
