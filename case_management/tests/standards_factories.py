"""Makers of records for the tests of standards and reports: put into the tables as they are told, past days included.

The rules that a worker meets are not what is tested here, so no rule is asked: a test says exactly what the records
hold, and counts by hand.
"""

from collections.abc import Callable
from unittest.mock import patch

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_years, today

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_lead, make_program, make_user, make_worker


def put(doctype: str, **values) -> Document:
	"""Store a record and its rows with exactly these values."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.set_new_name()
	doc.db_insert()
	for row in doc.get_all_children():
		row.parent = doc.name
		row.db_insert()
	return doc


def ago(days: int) -> str:
	"""Return the day some days before today; after it for a negative number."""
	return add_days(today(), -days)


class StandardsTestCase(CaseTestCase):
	"""Two programs with a lead each, an administrator and an auditor; the other program must never be counted."""

	def setUp(self) -> None:
		super().setUp()
		self.lead, self.other_lead = make_lead(), make_lead("other-lead")
		self.program = make_program("Standards Program", lead=self.lead).name
		self.other_program = make_program("Other Standards Program", lead=self.other_lead).name
		self.auditor = make_user("Case Auditor")
		self.worker = make_worker()
		self.period = {"from_date": ago(90), "to_date": today()}

	def put_case(self, opened: int = 60, program: str | None = None, **values) -> Document:
		"""Return an Active case opened some days ago, of the worker's team."""
		born = values.pop("birth_date", add_years(today(), -40))
		client = put("Client", preferred_name="Test Person", birth_date=born)
		team = [{"user": self.worker, "team_role": "Case Manager", "from_date": ago(opened)}]
		case = {
			"client": client.name,
			"client_name": "Test Person",
			"program": program or self.program,
			"status": "Active",
			"opened_on": ago(opened),
			"case_manager": self.worker,
			"team": team,
		}
		return put("Client Case", **{**case, **values})

	def put_for(self, case: Document, doctype: str, **values) -> Document:
		"""Store a record of a case."""
		return put(doctype, client=case.client, client_case=case.name, **values)

	def put_closed(self, closed: int = 10, **values) -> Document:
		met = "Support Period End Reason-3"
		return self.put_case(**{"status": "Closed", "closed_on": ago(closed), "end_reason": met, **values})

	def put_child(self, **values) -> Document:
		return self.put_case(birth_date=add_years(today(), -8), **values)

	def put_assessment(self, case: Document, agreed: int = 20, **values) -> Document:
		values = {"status": "Agreed", "kind": "Initial", "agreed_on": ago(agreed), **values}
		return self.put_for(case, "Client Assessment", **values)

	def put_plan(self, case: Document, agreed: int = 20, **values) -> Document:
		offer = {"offered_on": ago(agreed), "offer_answer": "Accepted"}
		values = {"status": "Active", "agreed_on": ago(agreed), **offer, **values}
		return self.put_for(case, "Support Plan", **values)


def count_queries(act: Callable[[], object]) -> int:
	"""Return how many queries the database is asked while something is done."""
	with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as asked:
		act()
	return asked.call_count
