"""How the meetings of a period went, and which cases kept the rhythm of their program (C21): counts only, no names."""

from collections import Counter, defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, getdate, now_datetime
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.plan.spoken import spoken_of_condition
from case_management.case_management.plan.talks import select_held
from case_management.case_management.record.counting import (
	count_of,
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
	is_within,
	run_by_program,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import Whole, get_legend, get_share, get_shown
from case_management.case_management.standards.check import Scope, by_days, get_scope, has, select_open_cases

STATUSES = {"held": "Held", "missed": "Missed", "cancelled": "Cancelled", "not_recorded": "Scheduled"}
SUMS = (
	Whole("due", ("held", "missed", "not_recorded")),
	*[Whole(whole, ("there",), rest=True) for whole in ("held", "due")],
	Whole("cases", ("in_rhythm",), rest=True),
	Whole("goals", ("discussed",), rest=True),
)
SHARES = {
	"goals_share": ("goals", "discussed"),
	"attendance": ("there", "held", "missed"),
	"rhythm": ("in_rhythm", "cases"),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program (or reason meetings were missed, if asked), and the legend of small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`, `kind` of meeting,
	        `by_reason` (true for the reasons)
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	period, programs = get_period(filters), get_programs(filters.program)
	if filters.by_reason:
		reasons = get_shown(get_reasons(filters, period, programs), across=("missed",))
		return get_reason_columns(), reasons, get_legend()
	return get_columns(), get_shown(get_data(filters, period, programs), SUMS, shares=SHARES), get_legend()


def get_columns() -> list[dict]:
	return [
		get_program_column(),
		get_count_column("due", _("Meetings Due"), 110),
		get_count_column("held", _("Held"), 80),
		get_count_column("there", _("Client Was There"), 130),
		get_count_column("missed", _("Missed"), 80),
		get_count_column("cancelled", _("Cancelled"), 100),
		get_count_column("not_recorded", _("Not Recorded Yet"), 130),
		get_share_column("attendance", _("Attendance (Percent)"), 140),
		get_count_column("goals", _("Goals on the Agenda"), 140),
		get_count_column("discussed", _("Discussed"), 100),
		get_share_column("goals_share", _("Discussed (Percent)"), 140),
		get_count_column("cases", _("Cases Open at the End"), 150),
		get_count_column("in_rhythm", _("Met Within the Program's Days"), 190),
		get_share_column("rhythm", _("In Rhythm (Percent)"), 140),
	]


def get_reason_columns() -> list[dict]:
	code = {"fieldname": "reason", "label": _("Reason Missed"), "fieldtype": "Link", "options": "Case Code"}
	return [get_program_column(), {**code, "width": 260}, get_count_column("missed", _("Missed"), 100)]


def is_due(meeting: Table, filters: frappe._dict, period: tuple) -> Criterion:
	"""Return the condition that a meeting was to take place in the period, and its time has come."""
	due = is_within(meeting.scheduled_on, period) & (meeting.scheduled_on <= now_datetime())
	return due & (meeting.kind == filters.kind) if filters.kind else due


def get_data(filters: frappe._dict, period: tuple, programs: list[str]) -> list[dict]:
	"""Return a row for each program; a cancelled meeting was not due."""
	if not programs:
		return []
	statuses = get_statuses(filters, period, programs)
	there = get_there(filters, period, programs)
	scope = get_scope(period, programs)
	cases, in_rhythm = get_cases(scope), get_cases(scope, get_rhythm(scope))
	goals, discussed = get_goals(filters, period, programs), get_goals(filters, period, programs, True)
	rows = []
	for program in programs:
		row = {field: statuses[program][status] for field, status in STATUSES.items()}
		attended, open_cases = there.get(program, 0), cases.get(program, 0)
		row |= {"program": program, "due": sum(row.values()) - row["cancelled"], "there": attended}
		row |= {"attendance": get_share(attended, row["held"] + row["missed"])}
		row |= {"goals": goals.get(program, 0), "discussed": discussed.get(program, 0)}
		row |= {"goals_share": get_share(row["discussed"], row["goals"])}
		row |= {"cases": open_cases, "in_rhythm": in_rhythm.get(program, 0)}
		rows.append({**row, "rhythm": get_share(row["in_rhythm"], open_cases)})
	return rows


def get_statuses(filters: frappe._dict, period: tuple, programs: list[str]) -> dict[str, Counter]:
	meeting = DocType("Case Meeting")
	query, program = count_of("Case Meeting", meeting)
	query = query.select(meeting.status).where(is_due(meeting, filters, period) & program.isin(programs))
	counts = defaultdict(Counter)
	for name, count, status in query.groupby(program, meeting.status).run():
		counts[name][status] = count
	return counts


def get_there(filters: frappe._dict, period: tuple, programs: list[str]) -> dict[str, int]:
	"""Return how many of the meetings held the client is recorded as having attended, by program."""
	meeting, row = DocType("Case Meeting"), DocType("Meeting Attendee")
	clients = frappe.qb.from_(row).select(row.parent).where((row.kind == "Client") & (row.attended == 1))
	query, program = count_of("Case Meeting", meeting)
	query = query.where(is_due(meeting, filters, period) & (meeting.status == "Held"))
	return run_by_program(query.where(meeting.name.isin(clients)), program, programs)


def get_goals(
	filters: frappe._dict, period: tuple, programs: list[str], discussed: bool = False
) -> dict[str, int]:
	"""Return how many goals were on the agendas of the meetings held, or were discussed, by program (C39)."""
	row = DocType("Meeting Goal")
	query, meeting, case = select_held(row, programs)
	query = query.where(is_due(meeting, filters, period)).select(case.program, Count(row.name))
	query = query.where(spoken_of_condition(row)) if discussed else query
	return dict(query.groupby(case.program).run())


def get_cases(scope: Scope, condition: Criterion | None = None) -> dict[str, int]:
	"""Return how many cases were open on the last day, by program."""
	case = DocType("Client Case")
	query = select_open_cases(scope).select(case.program, Count(case.name))
	query = query.where(condition) if condition else query
	return dict(query.groupby(case.program).run())


def get_rhythm(scope: Scope) -> Criterion:
	"""Return the condition that a case had a meeting within its program's days before the last day, or is younger."""
	case = DocType("Client Case")

	def met(days: int) -> Criterion:
		start = add_days(getdate(scope.end), -days)
		held = has("Case Meeting", lambda table: (table.status == "Held") & table.held_on[start : scope.end])
		return held | (case.opened_on >= start)

	return by_days("meeting_interval_days", met, case.program)


def get_reasons(filters: frappe._dict, period: tuple, programs: list[str]) -> list[dict]:
	"""Return a row for each program and coded reason, the most frequent first."""
	if not programs:
		return []
	meeting = DocType("Case Meeting")
	query, program = count_of("Case Meeting", meeting)
	query = query.select(meeting.missed_reason).where(is_due(meeting, filters, period))
	query = query.where((meeting.status == "Missed") & program.isin(programs))
	counts = query.groupby(program, meeting.missed_reason).run()
	rows = [{"program": name, "reason": reason, "missed": count} for name, count, reason in counts]
	return sorted(rows, key=lambda row: (row["program"], -row["missed"]))
