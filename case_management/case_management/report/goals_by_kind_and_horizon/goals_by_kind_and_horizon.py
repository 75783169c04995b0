"""The goals begun in a period by their kind, life domain or horizon (A1, A6, B10, C34 to C37): counts only, no names."""

from collections import Counter, defaultdict

import frappe
from frappe import _

from case_management.case_management.record.counting import (
	count_by,
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import Whole, get_legend, get_share, get_shown

HORIZONS = {"immediate": "Immediate", "short": "Short", "medium": "Medium", "long": "Long"}
REACHED = ("Achieved", "Sustaining")
# What a row stands for: the filter's value → the goal's field.
GROUPS = {"Kind": "goal_kind", "Life Domain": "domain"}
COUNTS = ("total", *HORIZONS, "client_words", "words_not_said", "reached")
SUMS = (
	Whole("total", tuple(HORIZONS), rest=True),
	Whole("total", ("client_words", "words_not_said"), rest=True),
	Whole("total", ("reached",), rest=True),
)
SHARES = {"client_share": ("total", "client_words")}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program and kind of goal, and the legend of small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`, `group_by` (Kind or
	        Life Domain; by Kind if nothing else is given)
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	by = filters.group_by if filters.group_by in GROUPS else "Kind"
	return get_columns(by), get_shown(get_data(filters, GROUPS[by]), SUMS, COUNTS, SHARES), get_legend()


def get_columns(by: str) -> list[dict]:
	return [
		get_program_column(),
		{"fieldname": "group", "label": _(by), "fieldtype": "Data", "width": 200},
		get_count_column("total", _("Goals"), 90),
		*[get_count_column(field, _(horizon), 100) for field, horizon in HORIZONS.items()],
		get_count_column("client_words", _("In the Client's Words"), 140),
		get_count_column("words_not_said", _("Whose Words Not Said"), 150),
		get_share_column("client_share", _("Client's Words (Percent)")),
		get_count_column("reached", _("Achieved"), 100),
	]


def get_data(filters: frappe._dict, field: str) -> list[dict]:
	"""Return a row for each program and value that a field of its goals has."""
	period, programs = get_period(filters), get_programs(filters.program)
	counts = defaultdict(Counter)
	fields = (field, "horizon", "set_by", "status")
	for program, count, group, horizon, words, status in count_by(
		"Support Goal", fields, "start_on", period, programs
	):
		row = counts[program, group or ""]
		row.update({"total": count, horizon: count})
		row.update({"client_words": count} if words == "Client" else {})
		row.update({"words_not_said": count} if not words else {})
		row.update({"reached": count} if status in REACHED else {})
	return [get_row(program, group, counts[program, group]) for program, group in sorted(counts)]


def get_row(program: str, group: str, counts: Counter) -> dict:
	return {
		"program": program,
		"group": _(group) if group else _("Not Said"),
		"total": counts["total"],
		**{field: counts[horizon] for field, horizon in HORIZONS.items()},
		"client_words": counts["client_words"],
		"words_not_said": counts["words_not_said"],
		"client_share": get_share(counts["client_words"], counts["total"]),
		"reached": counts["reached"],
	}
