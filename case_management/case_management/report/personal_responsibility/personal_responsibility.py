"""How much clients take into their own hands, month by month (C3, C29): counts only, no names.

It is told by what meetings wrote down on their day: who does each goal now, who does the steps agreed, and whose
decisions they were.
"""

from collections import Counter, defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import formatdate

from case_management.case_management.counting import (
	counts_exactly,
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share,
	get_share_column,
	get_shown,
	is_within,
)

# The ladder: from the worker's hands into the client's.
LADDER = {
	"worker_does": "Worker Does",
	"together": "Together",
	"with_support": "Client With Support",
	"alone": "Client Alone",
}
ROWS = {"goals": ("Meeting Goal", "responsibility"), "steps": ("Meeting Step", "responsible")}
ROWS["decisions"] = ("Meeting Decision", "decided_by")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Return columns, a row for each program and month, no message, and a chart where counts are exact.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = frappe._dict(filters or {})
	rows = get_data(get_period(filters), get_programs(filters.program))
	return get_columns(), get_shown(rows), None, get_chart_data(rows) if counts_exactly() else None


def get_columns() -> list[dict]:
	return [
		get_program_column(),
		{"fieldname": "month", "label": _("Month"), "fieldtype": "Data", "width": 90},
		*[get_count_column(field, _(level), 130) for field, level in LADDER.items()],
		get_share_column("goals_share", _("Goals in the Client's Hands (Percent)"), 190),
		get_count_column("steps", _("Steps Agreed"), 110),
		get_count_column("client_steps", _("The Client's Own"), 120),
		get_share_column("steps_share", _("Client's Steps (Percent)"), 150),
		get_count_column("decisions", _("Decisions"), 100),
		get_count_column("client_decisions", _("The Client's Own"), 120),
		get_share_column("decisions_share", _("Client's Decisions (Percent)"), 170),
	]


def get_data(period: tuple[date, date], programs: list[str]) -> list[dict]:
	counts = defaultdict(Counter)
	for kind in ROWS if programs else ():
		for program, day, value, count in get_counts(kind, period, programs):
			counts[program, f"{day:%Y-%m}"][kind, value] += count
	return [get_row(program, month, counts[program, month]) for program, month in sorted(counts)]


def get_counts(kind: str, period: tuple[date, date], programs: list[str]) -> list[tuple]:
	"""Return (program, day, who, count) of the rows of held meetings that say who."""
	doctype, field = ROWS[kind]
	row, meeting, case = DocType(doctype), DocType("Case Meeting"), DocType("Client Case")
	query = frappe.qb.from_(row).join(meeting).on(meeting.name == row.parent)
	query = query.join(case).on(case.name == meeting.client_case)
	said = row[field].isnotnull() & (row[field] != "")
	query = query.where((meeting.status == "Held") & is_within(meeting.held_on, period) & said)
	groups = (case.program, meeting.held_on, row[field])
	return query.where(case.program.isin(programs)).groupby(*groups).select(*groups, Count(row.name)).run()


def get_row(program: str, month: str, counts: Counter) -> dict:
	"""Return a month of a program: counts by (kind, who) as steps of the ladder and as shares."""
	ladder = {field: counts["goals", level] for field, level in LADDER.items()}
	row = {"program": program, "month": month, **ladder}
	row["goals_share"] = get_share(ladder["with_support"] + ladder["alone"], sum(ladder.values()))
	for kind in ("steps", "decisions"):
		total = sum(count for (counted, _who), count in counts.items() if counted == kind)
		own = counts[kind, "Client"]
		row |= {kind: total, f"client_{kind}": own, f"{kind}_share": get_share(own, total)}
	return row


def get_chart_data(rows: list[dict]) -> dict | None:
	"""Return lines of the goals that are in clients' hands, one for each program."""
	months = sorted({row["month"] for row in rows})
	if not months:
		return None
	shares = {(row["program"], row["month"]): row["goals_share"] for row in rows}
	programs = sorted({row["program"] for row in rows})
	datasets = [
		{"name": program, "values": [shares.get((program, month)) or 0 for month in months]}
		for program in programs
	]
	labels = [formatdate(f"{month}-01", "MMM yyyy") for month in months]
	return {"data": {"labels": labels, "datasets": datasets}, "type": "line"}
