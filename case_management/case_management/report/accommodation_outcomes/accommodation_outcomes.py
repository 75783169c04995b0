"""Where clients came from and where they live after the support (C30): counts only, no names.

A stable home of the client's own is a stay marked so or, where no stay was recorded, an exit destination whose code means
so. At follow-up it is the stay the client was in on the day of the last follow-up that reached them.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max

from case_management.case_management.record.codes import get_labelled, get_meaning
from case_management.case_management.record.counting import (
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
	is_countable,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.history import get_closings, was_closed_within
from case_management.case_management.record.small_counts import Whole, get_legend, get_share, get_shown

OWN_HOME = "Own Home"
# A stay that begins so soon after the closure is where the client left to.
DAYS_TO_SETTLE = timedelta(days=7)
SUMS = (
	*[Whole("cases", (part,), rest=True) for part in ("places", "homes", "followed_up", "homes_later")],
	Whole("followed_up", ("homes_later",), rest=True),
)
SHARES = {"share": ("homes", "cases"), "share_later": ("homes_later", "followed_up")}


class Outcome(NamedTuple):
	"""What became of one support period, as far as accommodation goes."""

	entered: str | None
	left: str | None
	lived_in_place: bool
	is_home: bool
	followed_up: bool
	is_home_later: bool


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program, kind of accommodation before and kind after, and the legend of small counts.

	:param filters: `from_date` and `to_date` of the closure (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	period, programs = get_period(filters), get_programs(filters.program)
	rows = get_labelled(get_data(period, programs), "entered", "left")
	return get_columns(), get_shown(rows, SUMS, ("cases",), SHARES), get_legend()


def get_columns() -> list[dict]:
	code = {"fieldtype": "Data", "width": 220}
	return [
		get_program_column(),
		{"fieldname": "entered", "label": _("Came From"), **code},
		{"fieldname": "left", "label": _("Left To"), **code},
		get_count_column("cases", _("Cases Closed"), 110),
		get_count_column("places", _("Lived in a Place of the Program"), 200),
		get_count_column("homes", _("In a Stable Home at Exit"), 180),
		get_share_column("share", _("At Exit (Percent)"), 130),
		get_count_column("followed_up", _("Reached at Follow-up"), 160),
		get_count_column("homes_later", _("In a Stable Home Then"), 170),
		get_share_column("share_later", _("Then (Percent)"), 120),
	]


def get_data(period: tuple[date, date], programs: list[str]) -> list[dict]:
	cases = get_cases(period, programs)
	stays = get_stays({case.client for case in cases})
	reached = get_reached([case.name for case in cases])
	groups = defaultdict(list)
	for case in cases:
		outcome = get_outcome(case, stays.get(case.client, []), reached.get(case.name))
		groups[(case.program, outcome.entered or "", outcome.left or "")].append(outcome)
	return [get_row(key, groups[key]) for key in sorted(groups)]


def get_cases(period: tuple[date, date], programs: list[str]) -> list[frappe._dict]:
	"""Return the cases that were closed in a period, each with what was recorded then, though it was reopened since."""
	case = DocType("Client Case")
	fields = ("name", "client", "program", "opened_on", "closed_on", "destination")
	query = frappe.qb.from_(case).select(*[case[field] for field in fields])
	query = query.where(was_closed_within(case, period) & is_countable(case.client))
	cases = query.where(case.program.isin(programs)).run(as_dict=True) if programs else []
	closings = get_closings([case.name for case in cases], period)
	for case in cases:
		if closing := closings.get(case.name):
			case.update(
				{"closed_on": closing.on_date, "destination": closing.destination or case.destination}
			)
	return cases


def get_stays(clients: set[str]) -> dict[str, list[frappe._dict]]:
	"""Return the stays of each client, the earliest first."""
	stay = DocType("Accommodation Stay")
	fields = (
		"client",
		"client_case",
		"accommodation_type",
		"from_date",
		"to_date",
		"is_independent",
		"provided_by_program",
	)
	query = frappe.qb.from_(stay).select(*[stay[field] for field in fields]).orderby(stay.from_date)
	stays = defaultdict(list)
	for row in query.where(stay.client.isin(clients)).run(as_dict=True) if clients else ():
		stays[row.client].append(row)
	return stays


def get_reached(cases: list[str]) -> dict[str, date]:
	"""Return the day on which each client was last reached at follow-up."""
	follow_up = DocType("Case Follow Up")
	query = frappe.qb.from_(follow_up).select(follow_up.client_case, Max(follow_up.done_on))
	query = query.where((follow_up.status == "Done") & follow_up.client_case.isin(cases))
	return dict(query.groupby(follow_up.client_case).run()) if cases else {}


def get_outcome(case: frappe._dict, stays: list[frappe._dict], reached: date | None) -> Outcome:
	"""Return what became of a case; a place on the case itself is neither where they came from nor where they went."""
	places = [stay for stay in stays if stay.provided_by_program and stay.client_case == case.name]
	others = [stay for stay in stays if stay not in places]
	entered = get_last([stay for stay in others if stay.from_date <= case.opened_on])
	settled = [stay for stay in others if stay.from_date <= case.closed_on + DAYS_TO_SETTLE]
	left = get_last([stay for stay in settled if not stay.to_date or stay.to_date > case.closed_on])
	later = get_last([stay for stay in others if reached and is_in(stay, reached)])
	return Outcome(
		entered=entered and entered.accommodation_type,
		left=left.accommodation_type if left else case.destination,
		lived_in_place=bool(places),
		is_home=bool(left.is_independent if left else get_meaning(case.destination) == OWN_HOME),
		followed_up=bool(reached),
		is_home_later=bool(later and later.is_independent),
	)


def get_last(stays: list[frappe._dict]) -> frappe._dict | None:
	return stays[-1] if stays else None


def is_in(stay: frappe._dict, day: date) -> bool:
	return stay.from_date <= day and (not stay.to_date or stay.to_date > day)


def get_row(key: tuple[str, str, str], outcomes: list[Outcome]) -> dict:
	followed_up = [outcome for outcome in outcomes if outcome.followed_up]
	homes = sum(outcome.is_home for outcome in outcomes)
	homes_later = sum(outcome.is_home_later for outcome in followed_up)
	return {
		"program": key[0],
		"entered": key[1],
		"left": key[2],
		"cases": len(outcomes),
		"places": sum(outcome.lived_in_place for outcome in outcomes),
		"homes": homes,
		"share": get_share(homes, len(outcomes)),
		"followed_up": len(followed_up),
		"homes_later": homes_later,
		"share_later": get_share(homes_later, len(followed_up)),
	}
