"""What each program did in a period: counts only, no names.

A team leader counts the programs they lead; an administrator and an auditor count all of them. An auditor does not
see counts of fewer than five people or events, which could point to somebody.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, get_first_day, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from case_management.permissions import get_led_programs

COUNTS_ALL = frozenset(("Case Management Admin", "Case Auditor"))
COUNTS_EXACTLY = frozenset(("Case Management Admin", "Case Manager Lead"))
SMALL = 5


class Measure(NamedTuple):
	"""Something that is counted: records of a DocType whose date lies in the period and that meet a condition."""

	fieldname: str
	label: str
	doctype: str
	date_field: str
	condition: Callable[[Table], Criterion] | None = None


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Return columns, rows, no message, and a chart where counts are exact.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = frappe._dict(filters or {})
	rows = get_data(filters)
	exact = counts_exactly()
	shown = rows if exact else [get_suppressed(row) for row in rows]
	return get_columns(exact), shown, None, get_chart_data(rows) if exact else None


def get_measures() -> list[Measure]:
	return [
		Measure("intakes", _("Intakes"), "Client Intake", "first_contact_on"),
		Measure("answered_in_time", _("Answered in Time"), "Client Intake", "first_contact_on", is_in_time),
		Measure("accepted", _("Accepted"), "Client Intake", "decided_on", has_status("Accepted")),
		Measure("turned_away", _("Turned Away"), "Client Intake", "decided_on", has_status("Not Accepted")),
		Measure("opened", _("Cases Opened"), "Client Case", "opened_on"),
		Measure("closed", _("Cases Closed"), "Client Case", "closed_on", has_status("Closed")),
		Measure("held", _("Meetings Held"), "Case Meeting", "held_on", has_status("Held")),
		Measure("missed", _("Meetings Missed"), "Case Meeting", "scheduled_on", has_status("Missed")),
		Measure("plans", _("Plans Agreed"), "Support Plan", "agreed_on"),
		Measure("goals", _("Goals Achieved"), "Support Goal", "achieved_on"),
		Measure("referrals", _("Referrals Sent"), "Case Referral", "sent_on"),
		Measure("unmet_needs", _("Unmet Needs"), "Unmet Need", "needed_on"),
	]


def is_in_time(intake: Table) -> Criterion:
	"""B1: the first response came before it was due."""
	return intake.responded_on <= intake.response_due


def has_status(status: str) -> Callable[[Table], Criterion]:
	return lambda table: table.status == status


def get_columns(exact: bool) -> list[dict]:
	"""Return the program and a column for each count; text where small counts are not shown as numbers."""
	program = {
		"fieldname": "program",
		"label": _("Program"),
		"fieldtype": "Link",
		"options": "Support Program",
	}
	labels = {"active": _("Cases Open at the End"), **{row.fieldname: row.label for row in get_measures()}}
	kind = {"fieldtype": "Int" if exact else "Data", "width": 140}
	return [
		{**program, "width": 200},
		*[{"fieldname": name, "label": label, **kind} for name, label in labels.items()],
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""Return a row of exact counts for each program the user may count."""
	period = get_period(filters)
	programs = get_programs(filters.program)
	counts = {"active": get_active(programs, period[1])}
	for measure in get_measures():
		counts[measure.fieldname] = get_counts(measure, programs, period)
	return [
		{"program": program, **{name: count.get(program, 0) for name, count in counts.items()}}
		for program in programs
	]


def get_period(filters: frappe._dict) -> tuple[date, date]:
	end = getdate(filters.to_date)
	start = getdate(filters.from_date) if filters.from_date else get_first_day(end)
	if start > end:
		frappe.throw(
			_("The period ends before it begins: choose a later date for its end."), title=_("No Period")
		)
	return start, end


def get_programs(program: str | None = None) -> list[str]:
	"""Return the programs the user may count, all of them or the one asked for."""
	table = DocType("Support Program")
	query = frappe.qb.from_(table).select(table.name).orderby(table.name)
	user = frappe.session.user
	if user != "Administrator" and not COUNTS_ALL.intersection(frappe.get_roles(user)):
		query = query.where(table.name.isin(get_led_programs(user)))
	if program:
		query = query.where(table.name == program)
	return query.run(pluck=True)


def get_counts(measure: Measure, programs: list[str], period: tuple[date, date]) -> dict[str, int]:
	table = DocType(measure.doctype)
	day = table[measure.date_field]
	query, program = get_query(table, measure.doctype)
	query = query.where((day >= period[0]) & (day < add_days(period[1], 1)))
	if measure.condition:
		query = query.where(measure.condition(table))
	return run(query, program, programs)


def get_active(programs: list[str], on: date) -> dict[str, int]:
	"""Count the cases that had begun by a day and had not ended on it."""
	case = DocType("Client Case")
	query, program = get_query(case, "Client Case")
	began = (case.opened_on <= on) & (case.status != "Pending")
	return run(query.where(began & (case.closed_on.isnull() | (case.closed_on > on))), program, programs)


def get_query(table: Table, doctype: str) -> tuple[QueryBuilder, Any]:
	"""Return a count of a DocType's records, and the column of their program: their own or their case's."""
	query = frappe.qb.from_(table)
	if frappe.get_meta(doctype).has_field("program"):
		program = table.program
	else:
		case = DocType("Client Case")
		query, program = query.join(case).on(case.name == table.client_case), case.program
	return query.select(program, Count(table.name)), program


def run(query: QueryBuilder, program: Any, programs: list[str]) -> dict[str, int]:
	return dict(query.where(program.isin(programs)).groupby(program).run()) if programs else {}


def counts_exactly() -> bool:
	user = frappe.session.user
	return user == "Administrator" or bool(COUNTS_EXACTLY.intersection(frappe.get_roles(user)))


def get_suppressed(row: dict) -> dict:
	"""Return a row in which counts below five, but for none at all, are not told apart."""
	return {
		name: f"<{SMALL}" if isinstance(value, int) and 0 < value < SMALL else value
		for name, value in row.items()
	}


def get_chart_data(rows: list[dict]) -> dict | None:
	"""Return bars of intakes, meetings held and goals achieved for each program."""
	if not rows:
		return None
	shown = {"intakes": _("Intakes"), "held": _("Meetings Held"), "goals": _("Goals Achieved")}
	datasets = [{"name": label, "values": [row[name] for row in rows]} for name, label in shown.items()]
	return {"data": {"labels": [row["program"] for row in rows], "datasets": datasets}, "type": "bar"}
