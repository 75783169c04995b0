"""What was in the way of goals, as the meetings of a period said (C16, C41): counts only, no names."""

from datetime import date

from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from case_management.case_management.plan.talks import select_held
from case_management.case_management.record.codes import get_labelled
from case_management.case_management.record.counting import (
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	is_within,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import get_legend, get_shown
from case_management.case_management.standards.check import is_given

COUNTS = ("times", "goals", "cases")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program and impediment, and the legend of small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	rows = get_data(get_period(filters), get_programs(filters.program))
	return get_columns(), get_shown(rows, across=COUNTS), get_legend()


def get_columns() -> list[dict]:
	return [
		get_program_column(),
		{"fieldname": "impediment", "label": _("Impediment"), "fieldtype": "Data", "width": 260},
		get_count_column("times", _("Times Named in Meetings"), 180),
		get_count_column("goals", _("Goals"), 100),
		get_count_column("cases", _("Cases"), 100),
	]


def get_data(period: tuple[date, date], programs: list[str]) -> list[dict]:
	"""Return a row for each program and impediment that a held meeting named, the most frequent first."""
	if not programs:
		return []
	row = DocType("Meeting Goal")
	query, meeting, case = select_held(row, programs)
	query = query.where(is_within(meeting.held_on, period) & is_given(row.impediment))
	query = query.groupby(case.program, row.impediment).select(
		case.program,
		row.impediment,
		Count(row.name).as_("times"),
		Count(row.goal).distinct().as_("goals"),
		Count(meeting.client_case).distinct().as_("cases"),
	)
	rows = query.run(as_dict=True)
	return get_labelled(sorted(rows, key=lambda row: (row.program, -row.times, row.impediment)), "impediment")
