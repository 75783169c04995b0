"""Who was turned away, why, and what was offered instead (B3), by program, reason and need: counts only, no names."""

from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.terms import Criterion

from case_management.case_management.record.codes import get_labelled
from case_management.case_management.record.counting import (
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	is_countable,
	is_within,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import Whole, get_legend, get_shown

SUMS = (
	Whole("intakes", ("informed", "without")),
	*[Whole(whole, ("referred",), rest=True) for whole in ("people", "intakes", "informed")],
	Whole("people", ("intakes",), rest=True),
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program, reason and service asked for, and the legend of small counts.

	:param filters: `from_date` and `to_date` of the decision (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	period, programs = get_period(filters), get_programs(filters.program)
	rows = get_labelled(get_data(period, programs), "reason", "service")
	return get_columns(), get_shown(rows, SUMS, ("intakes",)), get_legend()


def get_columns() -> list[dict]:
	code = {"fieldtype": "Data", "width": 230}
	return [
		get_program_column(),
		{"fieldname": "reason", "label": _("Reason Not Accepted"), **code},
		{"fieldname": "service", "label": _("Service Requested"), **code},
		get_count_column("intakes", _("Intakes"), 100),
		get_count_column("people", _("People"), 100),
		get_count_column("informed", _("Told of an Alternative"), 170),
		get_count_column("referred", _("Referred On"), 110),
		get_count_column("without", _("No Alternative"), 130),
	]


def get_data(period: tuple[date, date], programs: list[str]) -> list[dict]:
	"""Return a row for each program, reason and need, with its count in the period."""
	intakes = get_intakes(period, programs)
	names = [intake.name for intake in intakes]
	companion, alternative = DocType("Intake Companion"), DocType("Intake Alternative")
	counts = {
		"companions": count_rows("Intake Companion", names, companion.needs_support == 1),
		"told": count_rows("Intake Alternative", names),
		"referred": count_rows("Intake Alternative", names, alternative.kind == "Referral"),
	}
	groups = defaultdict(list)
	for intake in intakes:
		groups[(intake.program, intake.decision_reason, intake.service_requested)].append(intake.name)
	return [
		get_row(key, groups[key], counts)
		for key in sorted(groups, key=lambda key: [part or "" for part in key])
	]


def get_intakes(period: tuple[date, date], programs: list[str]) -> list[frappe._dict]:
	intake = DocType("Client Intake")
	query = frappe.qb.from_(intake).select(
		intake.name, intake.program, intake.decision_reason, intake.service_requested
	)
	query = query.where(is_countable(intake.client))
	query = query.where((intake.status == "Not Accepted") & is_within(intake.decided_on, period))
	return query.where(intake.program.isin(programs)).run(as_dict=True) if programs else []


def count_rows(child: str, intakes: list[str], condition: Criterion | None = None) -> dict[str, int]:
	"""Return how many rows of a table each intake has, those that meet the condition where there is one."""
	row = DocType(child)
	query = frappe.qb.from_(row).select(row.parent, Count(row.name)).groupby(row.parent)
	query = query.where((row.parenttype == "Client Intake") & row.parent.isin(intakes))
	query = query.where(condition) if condition else query
	return dict(query.run()) if intakes else {}


def get_row(key: tuple, names: list[str], counts: dict[str, dict[str, int]]) -> dict:
	told = [name for name in names if counts["told"].get(name)]
	referred = [name for name in names if counts["referred"].get(name)]
	return {
		"program": key[0],
		"reason": key[1],
		"service": key[2],
		"intakes": len(names),
		"people": len(names) + sum(counts["companions"].get(name, 0) for name in names),
		"informed": len(told),
		"referred": len(referred),
		"without": len(names) - len(told),
	}
