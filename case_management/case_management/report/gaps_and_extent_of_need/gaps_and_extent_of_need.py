"""Services people needed and did not get (C16): by service, reason, place and period; counts only, no names.

Unmet needs come from people turned away, referrals declined, goals that wait, requests for a seconded worker that could
not be met, and from workers directly. A person who was turned away counts with those who came along and need support.
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from case_management.case_management.record.codes import get_labelled
from case_management.case_management.record.counting import (
	counts_all,
	get_count_column,
	get_period,
	get_programs,
	is_countable,
	is_within,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import Whole, get_legend, get_shown

SOURCES = ("intake", "referral", "goal", "seconded_worker_request")
LOCALITY, AREA = "Locality", "Area of the Agency"
SUMS = (Whole("events", (*SOURCES, "other")), Whole("events", ("met",), rest=True))


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each service, reason, place and, if asked for, part of the period, and the legend of small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`, `place` (Program,
	        Locality or Area of the Agency), `period` (Month, Quarter or Year), `still_unmet`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	rows = get_labelled(get_data(filters), "service", "reason")
	return get_columns(filters), get_shown(rows, SUMS, ("events",), by="place"), get_legend()


def get_columns(filters: frappe._dict) -> list[dict]:
	"""Return what was needed and why it was not met, people, events, and what is still unmet."""
	code = {"fieldtype": "Data", "width": 230}
	place = _(filters.place or "Program")
	period = [{"fieldname": "period", "label": _("Period"), "fieldtype": "Data", "width": 100}]
	return [
		{"fieldname": "service", "label": _("Service"), **code},
		{"fieldname": "reason", "label": _("Reason It Was Not Met"), **code},
		{"fieldname": "place", "label": place, "fieldtype": "Data", "width": 170},
		*(period if filters.period else []),
		get_count_column("events", _("Times Needed"), 120),
		get_count_column("people", _("People"), 90),
		get_count_column("intake", _("Turned Away"), 110),
		get_count_column("referral", _("Referral Declined"), 140),
		get_count_column("goal", _("Goal Waits"), 100),
		get_count_column("seconded_worker_request", _("Worker Not Found"), 140),
		get_count_column("other", _("Recorded Directly"), 140),
		get_count_column("met", _("Met Since"), 100),
	]


def get_data(filters: frappe._dict) -> list[dict]:
	needs = get_needs(filters)
	places, companions = get_places(needs, filters.place), get_companions(needs)
	groups = defaultdict(list)
	for need in needs:
		service = need.service_activity or need.service
		period = get_part(need.needed_on, filters.period)
		groups[(service or "", need.reason or "", places[need.name] or "", period)].append(need)
	return [get_row(key, groups[key], companions) for key in sorted(groups)]


def get_needs(filters: frappe._dict) -> list[frappe._dict]:
	"""Return the unmet needs of the period in the programs the user may count."""
	need, case, referral = DocType("Unmet Need"), DocType("Client Case"), DocType("Case Referral")
	program = Coalesce(need.program, case.program)
	fields = ("name", "client", "service", "service_activity", "reason", "needed_on", "met_on", *SOURCES)
	query = frappe.qb.from_(need).left_join(case).on(case.name == need.client_case)
	query = query.left_join(referral).on(referral.name == need.referral)
	query = query.select(*[need[field] for field in fields], program.as_("program"), referral.agency)
	query = query.where(is_within(need.needed_on, get_period(filters)) & may_count(program, filters.program))
	query = query.where(is_countable(need.client))
	query = query.where(need.met_on.isnull()) if filters.still_unmet else query
	return query.run(as_dict=True)


def may_count(program: Coalesce, asked_for: str | None) -> Criterion:
	"""Return the condition that a need is one of the user's programs; who counts all counts those of none too."""
	is_theirs = program.isin(get_programs(asked_for) or [""])
	return is_theirs | program.isnull() if counts_all() and not asked_for else is_theirs


def get_places(needs: list[frappe._dict], place: str | None) -> dict[str, str | None]:
	"""Return for each need where it was: its program, where the client lived, or the area its agency serves."""
	if place == LOCALITY:
		lived = get_localities({need.client for need in needs if need.client})
		return {need.name: get_locality(lived.get(need.client, []), need.needed_on) for need in needs}
	if place == AREA:
		agencies = {need.agency for need in needs if need.agency}
		rows = get_areas(agencies).run() if agencies else []
		return {need.name: dict(rows).get(need.agency) for need in needs}
	return {need.name: need.program for need in needs}


def get_areas(agencies: set[str]) -> QueryBuilder:
	agency = DocType("External Agency")
	return frappe.qb.from_(agency).select(agency.name, agency.area_served).where(agency.name.isin(agencies))


def get_localities(clients: set[str]) -> dict[str, list[tuple[date, str]]]:
	"""Return since when each client lived where, as far as it was recorded and is no secret, the earliest first."""
	stay = DocType("Accommodation Stay")
	query = frappe.qb.from_(stay).select(stay.client, stay.from_date, stay.locality).orderby(stay.from_date)
	query = query.where(stay.place_is_secret == 0)
	lived = defaultdict(list)
	for client, since, locality in query.where(stay.client.isin(clients)).run() if clients else ():
		lived[client].append((since, locality))
	return lived


def get_locality(lived: list[tuple[date, str]], on: date) -> str | None:
	position = bisect_right([since for since, _locality in lived], on)
	return lived[position - 1][1] if position else None


def get_part(day: date, period: str | None) -> str:
	"""Return the month, quarter or year of a day, so written that they sort."""
	if period == "Month":
		return day.strftime("%Y-%m")
	if period == "Quarter":
		return f"{day.year}-Q{(day.month + 2) // 3}"
	return str(day.year) if period == "Year" else ""


def get_companions(needs: list[frappe._dict]) -> dict[str, int]:
	"""Return how many people came along with each intake who need support too."""
	row, intakes = DocType("Intake Companion"), [need.intake for need in needs if need.intake]
	query = frappe.qb.from_(row).select(row.parent, Count(row.name)).groupby(row.parent)
	query = query.where((row.parenttype == "Client Intake") & (row.needs_support == 1))
	return dict(query.where(row.parent.isin(intakes)).run()) if intakes else {}


def get_row(key: tuple, needs: list[frappe._dict], companions: dict[str, int]) -> dict:
	"""Return the row of one service, reason and place."""
	people = {need.client or need.intake or need.name for need in needs}
	turned_away = {need.intake for need in needs if need.intake}
	by_source = {source: sum(bool(need[source]) for need in needs) for source in SOURCES}
	return {
		**dict(zip(("service", "reason", "place", "period"), key, strict=True)),
		"events": len(needs),
		"people": len(people) + sum(companions.get(intake, 0) for intake in turned_away),
		**by_source,
		"other": sum(not any(need[source] for source in SOURCES) for need in needs),
		"met": sum(bool(need.met_on) for need in needs),
	}
