"""How soon first contacts were answered (B1), by program and urgency: counts only, no names."""

from collections import defaultdict
from datetime import date
from math import ceil
from statistics import median

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import now_datetime
from pypika.queries import QueryBuilder

from case_management.case_management.entry.working_hours import to_utc
from case_management.case_management.record.counting import (
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
	is_countable,
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

URGENCIES = ("Emergency", "Urgent", "Soon", "Routine")
SUMS = (
	*[Whole("intakes", (part,), rest=True) for part in ("answered", "in_time")],
	Whole("answered", ("in_time",), rest=True),
)
SHARES = {"share": ("in_time",)}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program and urgency, and the legend of small counts.

	:param filters: `from_date` and `to_date` of the first contact (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	period, programs = get_period(filters), get_programs(filters.program)
	rows = get_data(period, programs)
	return get_columns(), get_shown(rows, SUMS, ("intakes", "in_time"), SHARES), get_legend()


def get_columns() -> list[dict]:
	hours = {"fieldtype": "Float", "precision": 1, "width": 130}
	return [
		get_program_column(),
		{"fieldname": "urgency", "label": _("Urgency"), "fieldtype": "Data", "width": 110},
		get_count_column("intakes", _("Intakes"), 90),
		get_count_column("answered", _("Answered"), 100),
		get_count_column("in_time", _("In Time"), 90),
		get_share_column("share", _("In Time (Percent)"), 140),
		{"fieldname": "median_hours", "label": _("Median (Hours)"), **hours},
		{"fieldname": "most_hours", "label": _("Nine of Ten Within (Hours)"), **hours, "width": 190},
		get_count_column("overdue", _("Overdue Now"), 120),
	]


def get_data(period: tuple[date, date], programs: list[str]) -> list[dict]:
	"""Return the rows; “overdue now” counts every intake that waits for an answer, however long ago it was made."""
	if not programs:
		return []
	intake = DocType("Client Intake")
	contacts = group(select(programs).where(is_within(intake.first_contact_on, period)))
	waits = intake.responded_on.isnull() & intake.status.isin(("New", "Screening"))
	overdue = group(select(programs).where(waits & (intake.response_due < now_datetime())))
	keys = sorted({*contacts, *overdue}, key=lambda key: (key[0], URGENCIES.index(key[1])))
	return [get_row(key, contacts[key], len(overdue[key])) for key in keys]


def select(programs: list[str]) -> QueryBuilder:
	intake = DocType("Client Intake")
	fields = ("program", "urgency", "first_contact_on", "responded_on", "response_due")
	query = frappe.qb.from_(intake).select(*[intake[field] for field in fields])
	return query.where(intake.program.isin(programs) & is_countable(intake.client))


def group(query: QueryBuilder) -> dict[tuple[str, str], list[frappe._dict]]:
	groups = defaultdict(list)
	for row in query.run(as_dict=True):
		groups[(row.program, row.urgency)].append(row)
	return groups


def get_row(key: tuple[str, str], intakes: list[frappe._dict], overdue: int) -> dict:
	"""Return a program's and urgency's row: how many, in time, and how long it took."""
	answered = [row for row in intakes if row.responded_on]
	in_time = [row for row in answered if row.response_due and row.responded_on <= row.response_due]
	hours = sorted(get_hours(row) for row in answered)
	is_told = bool(hours) and may_tell(len(hours))
	return {
		"program": key[0],
		"urgency": _(key[1]),
		"intakes": len(intakes),
		"answered": len(answered),
		"in_time": len(in_time),
		"share": get_share(len(in_time), sum(is_judged(row) for row in intakes)),
		"median_hours": round(median(hours), 1) if is_told else None,
		"most_hours": round(hours[ceil(0.9 * len(hours)) - 1], 1) if is_told else None,
		"overdue": overdue,
	}


def get_hours(intake: frappe._dict) -> float:
	"""Return the hours that passed between first contact and response, whatever clock the target counts by."""
	return (to_utc(intake.responded_on) - to_utc(intake.first_contact_on)).total_seconds() / 3600


def is_judged(intake: frappe._dict) -> bool:
	"""Tell whether it is known if an intake was answered in time: it has a target, and an answer or none when due."""
	return bool(intake.response_due) and bool(intake.responded_on or intake.response_due < now_datetime())
