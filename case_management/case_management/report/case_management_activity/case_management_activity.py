"""What each program did in a period: counts only, no names.

A team leader counts the programs they lead; an administrator and an auditor count all of them. An auditor does not
see counts of a few people or events, which could point to somebody.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import frappe
from frappe import _
from frappe.query_builder import DocType
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.record.counting import (
	count_of,
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	has_status,
	is_within,
	run_by_program,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.history import was_closed_within, was_open
from case_management.case_management.record.small_counts import Whole, counts_exactly, get_legend, get_shown

SUMS = (Whole("intakes", ("answered_in_time",), rest=True),)


class Measure(NamedTuple):
	"""Something that is counted: records of a DocType whose date lies in the period and that meet a condition.

	A closing has no date field: the case may have been reopened since, and its history tells.
	"""

	fieldname: str
	label: str
	doctype: str
	date_field: str | None = None
	condition: Callable[[Table], Criterion] | None = None


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Return columns, rows, the legend of small counts, and a chart where counts are exact.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	rows = get_data(filters)
	chart = get_chart_data(rows) if counts_exactly() else None
	return get_columns(), get_shown(rows, SUMS), get_legend(), chart


def get_measures() -> list[Measure]:
	return [
		Measure("intakes", _("Intakes"), "Client Intake", "first_contact_on"),
		Measure("answered_in_time", _("Answered in Time"), "Client Intake", "first_contact_on", is_in_time),
		Measure("accepted", _("Accepted"), "Client Intake", "decided_on", has_status("Accepted")),
		Measure("turned_away", _("Turned Away"), "Client Intake", "decided_on", has_status("Not Accepted")),
		Measure("opened", _("Cases Opened"), "Client Case", "opened_on"),
		Measure("closed", _("Cases Closed"), "Client Case"),
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


def get_columns() -> list[dict]:
	"""Return the program and a column for each count; text where small counts are not shown as numbers."""
	labels = {"active": _("Cases Open at the End"), **{row.fieldname: row.label for row in get_measures()}}
	return [get_program_column(), *[get_count_column(name, label) for name, label in labels.items()]]


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


def get_counts(measure: Measure, programs: list[str], period: tuple[date, date]) -> dict[str, int]:
	table = DocType(measure.doctype)
	query, program = count_of(measure.doctype, table)
	is_counted = (
		is_within(table[measure.date_field], period)
		if measure.date_field
		else was_closed_within(table, period)
	)
	query = query.where(is_counted)
	if measure.condition:
		query = query.where(measure.condition(table))
	return run_by_program(query, program, programs)


def get_active(programs: list[str], on: date) -> dict[str, int]:
	"""Count the cases that had begun by a day and had not ended on it."""
	case = DocType("Client Case")
	query, program = count_of("Client Case", case)
	query = query.where(was_open(case, on) & (case.status != "Pending"))
	return run_by_program(query, program, programs)


def get_chart_data(rows: list[dict]) -> dict | None:
	"""Return bars of intakes, meetings held and goals achieved for each program."""
	if not rows:
		return None
	shown = {"intakes": _("Intakes"), "held": _("Meetings Held"), "goals": _("Goals Achieved")}
	datasets = [{"name": label, "values": [row[name] for row in rows]} for name, label in shown.items()]
	return {"data": {"labels": [row["program"] for row in rows], "datasets": datasets}, "type": "bar"}
