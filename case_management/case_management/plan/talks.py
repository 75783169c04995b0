"""What held meetings said of goals, for reports that count it."""

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder, Table

from case_management.case_management.record.counting import is_countable


def select_held(row: Table, programs: list[str]) -> tuple[QueryBuilder, Table, Table]:
	"""Return a query on the rows of held meetings of the programs, and the tables of meeting and case."""
	meeting, case = DocType("Case Meeting"), DocType("Client Case")
	query = frappe.qb.from_(row).join(meeting).on(meeting.name == row.parent)
	query = query.join(case).on(case.name == meeting.client_case)
	query = query.where(is_countable(case.client))
	return query.where((meeting.status == "Held") & case.program.isin(programs)), meeting, case
