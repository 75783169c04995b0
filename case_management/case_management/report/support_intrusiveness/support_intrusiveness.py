"""How far support reached into clients' lives, and whether that was reasoned (A8, B13): counts only, no names."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Sum
from frappe.utils import cint
from pypika.terms import Term

from case_management.case_management.record.counting import (
	count_of,
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
	is_within,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import (
	Whole,
	get_legend,
	get_share,
	get_shown,
	may_tell,
)
from case_management.case_management.standards.check import get_flag, is_given

SUMS = (Whole("notes", ("reasoned",), rest=True), Whole("notes", ("considered",), rest=True))
SHARES = {"share": ("notes",)}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program and level of support of which there is a note, and the legend of small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	return get_columns(), get_shown(get_data(filters), SUMS, ("notes",), SHARES), get_legend()


def get_columns() -> list[dict]:
	return [
		get_program_column(),
		{
			"fieldname": "level",
			"label": _("How Intrusive the Support Was"),
			"fieldtype": "Data",
			"width": 220,
		},
		get_count_column("notes", _("Notes"), 90),
		get_share_column("share", _("Share of the Program's Support"), 150),
		get_count_column("reasoned", _("With a Reason"), 120),
		get_count_column("considered", _("Less Intrusive Option Considered"), 190),
		{"fieldname": "hours", "label": _("Hours"), "fieldtype": "Float", "precision": 1, "width": 90},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""Return a row for each program and level; notes that name no level are left out."""
	period, programs = get_period(filters), get_programs(filters.program)
	if not programs:
		return []
	note = DocType("Case Note")
	query, program = count_of("Case Note", note)
	query = query.select(note.intrusiveness, *get_sums(note))
	query = query.where(is_within(note.noted_on, period) & is_given(note.intrusiveness))
	counts = query.where(program.isin(programs)).groupby(program, note.intrusiveness).run()
	totals = defaultdict(int)
	for row in counts:
		totals[row[0]] += row[1]
	return [get_row(row, totals[row[0]]) for row in sorted(counts, key=lambda row: (row[0], row[2]))]


def get_sums(note: DocType) -> list[Term]:
	reasoned = get_flag(is_given(note.intrusiveness_reason))
	considered = get_flag(is_given(note.less_intrusive_considered))
	return [Sum(reasoned), Sum(considered), Sum(note.minutes)]


def get_row(counts: tuple, total: int) -> dict:
	"""Return a row; the hours of a few notes are not told to who does not see small counts."""
	program, notes, level, reasoned, considered, minutes = counts
	return {
		"program": program,
		"level": _(level),
		"notes": notes,
		"share": get_share(notes, total),
		"reasoned": cint(reasoned),
		"considered": cint(considered),
		"hours": round(cint(minutes) / 60, 1) if may_tell(notes) else None,
	}
