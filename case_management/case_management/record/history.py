"""What a case was on a day, from the events of its history: figures of a period stay what they were when life goes on.

A case that is reopened was closed all the same; its own fields only say what it is now. Where a case has no such event, as
one of an older site, its fields are all there is.
"""

from datetime import date

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Sum
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

CLOSED, REOPENED = "Closed", "Reopened"


def select_events(*events: str) -> tuple[QueryBuilder, Table]:
	"""Return a query on events of cases, and their table."""
	row = DocType("Case Event")
	query = frappe.qb.from_(row).where((row.parenttype == "Client Case") & row.event.isin(events))
	return query, row


def was_open(case: Table, day: date) -> Criterion:
	"""Return the condition that a case had been opened by a day and was not closed on it; of pending ones too."""
	return (case.opened_on <= day) & was_closed(case, day).negate()


def was_closed(case: Table, day: date) -> Criterion:
	"""Return the condition that a case was closed on a day: of its closings and reopenings by then the closings prevail."""
	query, row = select_events(CLOSED, REOPENED)
	balance = Sum(Case().when(row.event == CLOSED, 1).else_(-1))
	closed = query.where(row.on_date <= day).select(row.parent).groupby(row.parent).having(balance > 0)
	return case.name.isin(closed) | (
		without_event(case) & case.closed_on.isnotnull() & (case.closed_on <= day)
	)


def was_closed_within(case: Table, period: tuple[date, date]) -> Criterion:
	"""Return the condition that a case was closed in a period, whatever became of it since."""
	query, row = select_events(CLOSED)
	closed = query.where(row.on_date[period[0] : period[1]]).select(row.parent)
	own = (case.status == CLOSED) & case.closed_on[period[0] : period[1]]
	return case.name.isin(closed) | (without_event(case) & own)


def without_event(case: Table) -> Criterion:
	query, row = select_events(CLOSED, REOPENED)
	return case.name.notin(query.select(row.parent))


def was_open_within(case: Table, period: tuple[date, date]) -> Criterion:
	"""Return the condition that a case was open on a day of a period at least."""
	began = case.opened_on <= period[1]
	query, row = select_events(REOPENED)
	reopened = query.where(row.on_date[period[0] : period[1]]).select(row.parent)
	before = was_closed(case, frappe.utils.add_days(period[0], -1))
	return began & (before.negate() | case.name.isin(reopened))


def find_open_within(period: tuple[date, date]) -> set[str]:
	"""Return the codes of the cases that were open on a day of a period at least, whoever may see them."""
	case = DocType("Client Case")
	return set(frappe.qb.from_(case).select(case.name).where(was_open_within(case, period)).run(pluck=True))


def get_closings(cases: list[str], period: tuple[date, date]) -> dict[str, frappe._dict]:
	"""Return the last closing of each case in a period: `on_date`, `destination` and `end_reason`, as it was recorded."""
	if not cases:
		return {}
	query, row = select_events(CLOSED)
	query = query.where(row.parent.isin(cases) & row.on_date[period[0] : period[1]])
	query = query.select(row.parent, row.on_date, row.destination, row.end_reason).orderby(row.idx)
	return {found.parent: found for found in query.run(as_dict=True)}
