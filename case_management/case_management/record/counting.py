"""What every report that counts has in common: who may count what, and the period.

A team leader counts the programs they lead; an administrator and an auditor count all of them, but do not see small
counts (`small_counts`).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, get_first_day, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Term

from case_management.case_management.access import grants
from case_management.case_management.record.small_counts import counts_exactly

COUNTS_ALL = frozenset(("Case Management Admin", "Case Auditor"))


def get_period(filters: frappe._dict) -> tuple[date, date]:
	"""Return first and last day of a report: this month until today where the filters say nothing.

	:raises frappe.ValidationError: the period ends before it begins
	"""
	end = getdate(filters.to_date)
	start = getdate(filters.from_date) if filters.from_date else get_first_day(end)
	if start > end:
		frappe.throw(
			_("The period ends before it begins: choose a later date for its end."), title=_("No Period")
		)
	return start, end


def is_within(day: Term, period: tuple[date, date]) -> Criterion:
	"""Return the condition that a date, or date and time, lies in a period, its last day included."""
	return (day >= period[0]) & (day < add_days(period[1], 1))


def get_programs(program: str | None = None) -> list[str]:
	"""Return the programs the user may count, all of them or the one asked for."""
	table = DocType("Support Program")
	query = frappe.qb.from_(table).select(table.name).orderby(table.name)
	if not counts_all():
		query = query.where(grants.is_led(table.name, frappe.session.user))
	if program:
		query = query.where(table.name == program)
	return query.run(pluck=True)


def counts_all() -> bool:
	"""Tell whether the user counts every program, and what belongs to none."""
	user = frappe.session.user
	return user == "Administrator" or bool(COUNTS_ALL.intersection(frappe.get_roles(user)))


def is_countable(client: Term) -> Criterion:
	"""Return the condition that a user's counts hold what is about a client.

	Who leads one program counts nobody who is out of their sight: a number of one, on one day, tells of them. Who counts
	all programs does not see restricted clients one by one, and counts them; but nobody counts whom they know.
	"""
	user = frappe.session.user
	if user == "Administrator":
		return grants.NEVER.negate()
	denied = [grants.get_clients_in_conflict(user), grants.get_household_in_conflict(user)]
	if not counts_all():
		denied.append(grants.get_restricted_clients(user))
	return Criterion.all([clients.include(client).negate() for clients in denied])


def has_status(status: str) -> Callable[[Table], Criterion]:
	"""Return the condition on a table that its record has a status."""
	return lambda table: table.status == status


def count_of(doctype: str, table: Table) -> tuple[QueryBuilder, Any]:
	"""Return a count of a DocType's records by program, and the column of that: their own or their case's."""
	query, program = from_program(doctype, table)
	return query.select(program, Count(table.name)), program


def from_program(doctype: str, table: Table) -> tuple[QueryBuilder, Any]:
	"""Return a query on a DocType's records, and the column of their program: their own or their case's."""
	query = frappe.qb.from_(table)
	meta = frappe.get_meta(doctype)
	if meta.has_field("client"):
		query = query.where(is_countable(table.client))
	if meta.has_field("program"):
		return query, table.program
	case = DocType("Client Case")
	return query.join(case).on(case.name == table.client_case), case.program


def run_by_program(query: QueryBuilder, program: Any, programs: list[str]) -> dict[str, int]:
	"""Return program → count, for the programs asked for."""
	return dict(query.where(program.isin(programs)).groupby(program).run()) if programs else {}


def count_by(
	doctype: str, fields: tuple[str, ...], day: str, period: tuple[date, date], programs: list[str]
) -> list[tuple]:
	"""Return (program, count, *values) for each combination of values that fields of a DocType's records have.

	:param day: the date field that lies in the period
	"""
	table = DocType(doctype)
	query, program = count_of(doctype, table)
	values = [table[field] for field in fields]
	query = query.select(*values).where(is_within(table[day], period) & program.isin(programs))
	return list(query.groupby(program, *values).run()) if programs else []


def get_program_column() -> dict:
	return {
		"fieldname": "program",
		"label": _("Program"),
		"fieldtype": "Link",
		"options": "Support Program",
		"width": 200,
	}


def get_share_column(fieldname: str, label: str, width: int = 120) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Percent", "width": width}


def get_count_column(fieldname: str, label: str, width: int = 140) -> dict:
	"""Return the column of a count: text where small counts are not shown as numbers."""
	kind = "Int" if counts_exactly() else "Data"
	return {"fieldname": fieldname, "label": label, "fieldtype": kind, "width": width, "align": "right"}
