"""What a check of a practice standard is, and how its evidence is counted and its gaps are listed.

A check says which records should have evidence (a query on one DocType) and which of them have it (a condition).
Both the board's numbers and the list of gaps come from the same two, so that they cannot disagree.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType, Interval
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import add_days, add_years, cint, getdate
from pypika.queries import QueryBuilder
from pypika.terms import Case, Criterion, Field, Term

from case_management.case_management.record.counting import from_program, is_within
from case_management.case_management.record.history import was_closed_within, was_open, was_open_within
from case_management.case_management.record.settings import get_setting
from case_management.permissions import get_condition

# Written down for good: the client agreed to it, and a later version may have taken its place.
AGREED_ASSESSMENT = ("Agreed", "Superseded")
AGREED_PLAN = ("Active", "Completed", "Superseded")
AGREED_EXIT_PLAN = ("Agreed", "Completed")


class Scope(NamedTuple):
	"""What a check is asked about.

	programs: None for the records of every program, and for those of no program
	days: from the start of a case until the thing is expected of it
	"""

	start: date
	end: date
	programs: list[str] | None = None
	days: int = 0


class Check(NamedTuple):
	"""A standard's answer: a query on the DocType's records that should have evidence, and who of them has it."""

	doctype: str
	query: QueryBuilder
	has_evidence: Criterion


class Evidence(NamedTuple):
	expected: int
	found: int


def get_scope(period: tuple[date, date], programs: list[str] | None = None, days: int = 0) -> Scope:
	"""Return what to ask a check: nothing is expected of days that are still to come."""
	return Scope(period[0], min(period[1], getdate()), programs, cint(days))


def get_evidence(check: Check) -> Evidence:
	"""Count, in one query, the records that should have evidence and those that have it."""
	name = DocType(check.doctype).name
	found = Sum(get_flag(check.has_evidence))
	((expected, found),) = check.query.select(Count(name), found).run()
	return Evidence(cint(expected), cint(found))


def get_gaps(check: Check, user: str) -> list[str]:
	"""Return the codes of the records without evidence that the user may see as far as their clients go."""
	query = check.query.select(DocType(check.doctype).name).where(get_flag(check.has_evidence) == 0)
	if user != "Administrator" and frappe.get_meta(check.doctype).has_field("client"):
		query = query.where(get_condition(check.doctype, user))
	return query.run(pluck=True)


def get_flag(condition: Criterion) -> Term:
	"""Return 1 where a condition holds and 0 where it does not, or cannot be told for an empty field."""
	return Case().when(condition, 1).else_(0)


def is_given(field: Field) -> Criterion:
	"""Return the condition that a text field, or a link, says something."""
	return Coalesce(field, "") != ""


def select(doctype: str, scope: Scope) -> QueryBuilder:
	"""Return a query on the records of the scope's programs: their own program, or their case's."""
	query, program = from_program(doctype, DocType(doctype))
	return query if scope.programs is None else query.where(program.isin(scope.programs))


def select_dated(doctype: str, scope: Scope, field: str) -> QueryBuilder:
	"""Return a query on the scope's records with a date in its period."""
	return select(doctype, scope).where(is_within(DocType(doctype)[field], (scope.start, scope.end)))


def select_cases(scope: Scope) -> QueryBuilder:
	"""Return a query on the cases that were open in the period, and had been for the days allowed."""
	case = DocType("Client Case")
	began = case.opened_on <= add_days(scope.end, -scope.days)
	expected_on = case.opened_on + Interval(days=scope.days) if scope.days else case.opened_on
	lasted = case.closed_on.isnull() | (case.closed_on >= expected_on)
	return select("Client Case", scope).where(
		began & lasted & was_open_within(case, (scope.start, scope.end))
	)


def select_supported(scope: Scope) -> QueryBuilder:
	"""Return such cases without the pending ones: their support has not begun."""
	return select_cases(scope).where(DocType("Client Case").status != "Pending")


def select_open_cases(scope: Scope) -> QueryBuilder:
	"""Return a query on the cases that were open on the last day of the period."""
	case = DocType("Client Case")
	return select("Client Case", scope).where(was_open(case, scope.end) & (case.status != "Pending"))


def select_children(scope: Scope) -> QueryBuilder:
	"""Return a query on the supported cases of children: under the age of an adult on the last day."""
	case, client = DocType("Client Case"), DocType("Client")
	adult_age = get_setting("adult_age")
	query = select_supported(scope).join(client).on(client.name == case.client)
	return query.where(client.birth_date > add_years(scope.end, -cint(adult_age)))


def select_closed(scope: Scope) -> QueryBuilder:
	"""Return a query on the cases closed in the period, but for those of people who died: nobody could ask them."""
	case, code = DocType("Client Case"), DocType("Case Code")
	died = frappe.qb.from_(code).select(code.name).where(code.meaning == "Died")
	query = select("Client Case", scope).where(was_closed_within(case, (scope.start, scope.end)))
	for field in (case.end_reason, case.closure_exception):
		query = query.where(Coalesce(field, "").notin(died))
	return query


def has(doctype: str, condition: Callable, key: str = "client_case") -> Criterion:
	"""Return the condition that a case (or its client) has a record that meets `condition`.

	:param condition: given the record's table, returns a condition on it
	:param key: the record's field that names the case or the client
	"""
	table, case = DocType(doctype), DocType("Client Case")
	records = frappe.qb.from_(table).select(table[key]).where(condition(table))
	return (case.name if key == "client_case" else case.client).isin(records)


def has_row(doctype: str, child: str, condition: Callable | None = None) -> Criterion:
	"""Return the condition that a record of a DocType has a row in a child table, one that meets a condition."""
	row, table = DocType(child), DocType(doctype)
	rows = frappe.qb.from_(row).select(row.parent).where(row.parenttype == doctype)
	return table.name.isin(rows.where(condition(row)) if condition else rows)


def by_days(field: str, condition: Callable[[int], Criterion], program: Field) -> Criterion:
	"""Return a condition with the days that the record's program sets; none holds where it sets 0.

	:param field: the program's field that has the days
	:param condition: given the days, returns the condition
	"""
	programs = defaultdict(list)
	table = DocType("Support Program")
	for name, days in frappe.qb.from_(table).select(table.name, table[field]).run():
		if days:
			programs[days].append(name)
	return Criterion.any([program.isin(names) & condition(days) for days, names in programs.items()])
