"""How much clients take into their own hands, month by month (C3, C29): counts only, no names.

It is told by what meetings wrote down on their day: who did each goal that was talked about, who does the steps
agreed, and whose decisions they were.
"""

from collections import Counter, defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import formatdate

from case_management.case_management.plan.spoken import spoken_of_condition
from case_management.case_management.plan.talks import select_held
from case_management.case_management.record.counting import (
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
	counts_exactly,
	get_legend,
	get_share,
	get_shown,
)

# The ladder: from the worker's hands into the client's.
LADDER = {
	"worker_does": "Worker Does",
	"together": "Together",
	"with_support": "Client With Support",
	"alone": "Client Alone",
}
NOT_SAID = "not_said"
ROWS = {"steps": ("Meeting Step", "responsible"), "decisions": ("Meeting Decision", "decided_by")}
SUMS = (
	Whole("steps", ("client_steps", "steps_not_said"), rest=True),
	Whole("decisions", ("client_decisions", "decisions_not_said"), rest=True),
)
SHARES = {
	"goals_share": tuple(LADDER),
	"steps_share": ("steps", "client_steps", "steps_not_said"),
	"decisions_share": ("decisions", "client_decisions", "decisions_not_said"),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Return columns, a row for each program and month, the legend of small counts, and a chart where counts are exact.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	rows = get_data(get_period(filters), get_programs(filters.program))
	chart = get_chart_data(rows) if counts_exactly() else None
	return get_columns(), get_shown(rows, SUMS, shares=SHARES), get_legend(), chart


def get_columns() -> list[dict]:
	return [
		get_program_column(),
		{"fieldname": "month", "label": _("Month"), "fieldtype": "Data", "width": 90},
		*[get_count_column(field, _(level), 130) for field, level in LADDER.items()],
		get_count_column(NOT_SAID, _("Not Said"), 100),
		get_share_column("goals_share", _("Goals in the Client's Hands (Percent)"), 190),
		get_count_column("steps", _("Steps Agreed"), 110),
		get_count_column("client_steps", _("The Client's Own"), 120),
		get_count_column("steps_not_said", _("Steps of Nobody Named"), 150),
		get_share_column("steps_share", _("Client's Steps (Percent)"), 150),
		get_count_column("decisions", _("Decisions"), 100),
		get_count_column("client_decisions", _("The Client's Own"), 120),
		get_count_column("decisions_not_said", _("Decisions of Nobody Named"), 170),
		get_share_column("decisions_share", _("Client's Decisions (Percent)"), 170),
	]


def get_data(period: tuple[date, date], programs: list[str]) -> list[dict]:
	"""Return a row for each program and month in which a meeting said something of it."""
	counts = defaultdict(Counter)
	if not programs:
		return []
	for (program, month, _goal), level in get_levels(period, programs).items():
		counts[program, month]["goals", level] += 1
	for kind in ROWS:
		for program, day, value, count in get_counts(kind, period, programs):
			counts[program, get_month(day)][kind, value] += count
	return [get_row(program, month, counts[program, month]) for program, month in sorted(counts)]


def get_month(day: date) -> str:
	return f"{day:%Y-%m}"


def get_levels(period: tuple[date, date], programs: list[str]) -> dict[tuple[str, str, str], str]:
	"""Return (program, month, goal) → who did it, of each goal talked about: as last said by the end of the month.

	A meeting that says nothing leaves it as the one before had it. A goal of which no meeting ever said anything is
	as it was when it was written.
	"""
	said, spoken_of = {}, defaultdict(list)
	for row in get_talks(period[1], programs):
		spoken_of[row.goal].append(row)
	for goal, rows in spoken_of.items():
		level = None if any(row.responsibility for row in rows) else rows[0].as_written
		for row in rows:
			level = row.responsibility or level
			if row.held_on >= period[0]:
				said[row.program, get_month(row.held_on), goal] = level or ""
	return said


def get_talks(until: date, programs: list[str]) -> list[frappe._dict]:
	"""Return each row about a goal of the meetings held until a day, in their order."""
	row, goal = DocType("Meeting Goal"), DocType("Support Goal")
	query, meeting, case = select_held(row, programs)
	query = query.join(goal).on(goal.name == row.goal).where(meeting.held_on <= until)
	query = query.where(spoken_of_condition(row))
	query = query.select(row.goal, row.responsibility, goal.responsibility.as_("as_written"))
	query = query.select(case.program, meeting.held_on)
	return query.orderby(meeting.held_on).orderby(meeting.name).run(as_dict=True)


def get_counts(kind: str, period: tuple[date, date], programs: list[str]) -> list[tuple]:
	"""Return (program, day, who, count) of the rows of held meetings; who is empty where nobody said it."""
	doctype, field = ROWS[kind]
	row = DocType(doctype)
	query, meeting, case = select_held(row, programs)
	query = query.where(is_within(meeting.held_on, period))
	groups = (case.program, meeting.held_on, row[field])
	rows = query.groupby(*groups).select(*groups, Count(row.name)).run()
	return [(program, day, who or "", count) for program, day, who, count in rows]


def get_row(program: str, month: str, counts: Counter) -> dict:
	"""Return a month of a program: counts by (kind, who) as steps of the ladder and as shares."""
	ladder = {field: counts["goals", level] for field, level in LADDER.items()}
	row = {"program": program, "month": month, **ladder, NOT_SAID: counts["goals", ""]}
	row["goals_share"] = get_share(ladder["with_support"] + ladder["alone"], sum(ladder.values()))
	for kind in ("steps", "decisions"):
		total = sum(count for (counted, _who), count in counts.items() if counted == kind)
		own, not_said = counts[kind, "Client"], counts[kind, ""]
		row |= {kind: total, f"client_{kind}": own, f"{kind}_not_said": not_said}
		row[f"{kind}_share"] = get_share(own, total - not_said)
	return row


def get_chart_data(rows: list[dict]) -> dict | None:
	"""Return a bar for each month: the goals that were talked about, by who did them."""
	months = sorted({row["month"] for row in rows})
	if not months:
		return None
	datasets = [
		{
			"name": _(level),
			"values": [sum(row[field] for row in rows if row["month"] == month) for month in months],
		}
		for field, level in LADDER.items()
	]
	labels = [formatdate(f"{month}-01", "MMM yyyy") for month in months]
	return {"data": {"labels": labels, "datasets": datasets}, "type": "bar", "barOptions": {"stacked": 1}}
