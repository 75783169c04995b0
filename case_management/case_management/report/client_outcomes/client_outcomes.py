"""How ratings changed from the first assessment to the latest and to the exit, by life domain (C9).

Counts and averages of a program's cases, never of a worker's: there is no league table (C31). Who may not read what is
kept apart of sensitive domains does not get their averages either.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Field

from case_management.case_management.record.counting import get_count_column, get_period, get_programs
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import (
	Whole,
	counts_exactly,
	get_legend,
	get_shown,
	may_tell,
)
from case_management.case_management.standards.check import AGREED_ASSESSMENT, get_scope, select_supported

RATINGS = {"Client": "client_rating", "Worker": "worker_rating"}
SUMS = (
	Whole("cases", ("compared",), rest=True),
	Whole("compared", ("higher", "same", "lower")),
	*[Whole(whole, ("exits",), rest=True) for whole in ("cases", "compared")],
)


class Course(NamedTuple):
	"""What one case's ratings of one life domain came to."""

	baseline: int
	latest: int | None
	at_exit: int | None


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Return columns, a row for each life domain, the legend of small counts, and a chart where counts are exact.

	:param filters: `from_date` and `to_date` (this month until today by default): cases open in the period, with
	        their assessments until its end; `program`; `rated_by` (Client, as is the default, or Worker)
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	rows = get_data(filters)
	chart = get_chart_data(rows) if counts_exactly() else None
	return get_columns(), get_shown(rows, SUMS), get_legend(), chart


def get_columns() -> list[dict]:
	domain = {"fieldname": "domain", "label": _("Life Domain"), "fieldtype": "Link", "width": 200}
	return [
		{**domain, "options": "Assessment Domain"},
		get_count_column("cases", _("Cases Rated"), 110),
		get_count_column("compared", _("Rated Again"), 110),
		get_average_column("baseline", _("At First")),
		get_average_column("latest", _("Latest")),
		get_average_column("change", _("Change")),
		get_count_column("higher", _("Higher"), 90),
		get_count_column("same", _("The Same"), 90),
		get_count_column("lower", _("Lower"), 90),
		get_count_column("exits", _("Rated at Exit"), 110),
		get_average_column("exit_baseline", _("Those at First")),
		get_average_column("exit_rating", _("At Exit")),
	]


def get_average_column(fieldname: str, label: str) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Float", "precision": 1, "width": 110}


def get_data(filters: frappe._dict) -> list[dict]:
	"""Return a row for each life domain in which a case of the period was rated."""
	period, programs = get_period(filters), get_programs(filters.program)
	if not programs:
		return []
	scope = get_scope(period, programs)
	cases = select_supported(scope).select(DocType("Client Case").name)
	rating = RATINGS.get(filters.rated_by, RATINGS["Client"])
	ratings = defaultdict(dict)
	for domain, case, kind, day, _version, value in sorted(
		get_ratings(cases, scope.end, rating), key=get_order
	):
		ratings[domain, case][day, kind] = int(value)
	courses = defaultdict(list)
	for (domain, _case), rated in ratings.items():
		courses[domain].append(get_course([(kind, value) for (_day, kind), value in rated.items()]))
	return [get_row(domain, courses[domain]) for domain in sorted(courses)]


def get_order(row: tuple) -> tuple:
	"""Assessments follow each other by their day, an exit's last; of one day and kind the last version counts."""
	_domain, _case, kind, day, version, _value = row
	return getdate(day), kind == "Exit", version or 0


def get_ratings(cases: QueryBuilder, until: date, rating: str) -> list[tuple]:
	"""Return (domain, case, kind of assessment, day, version, rating) of the agreed assessments of cases."""
	row, apart = DocType("Assessment Domain Rating"), DocType("Sensitive Rating")
	rows = select_ratings(row, row.parent, cases, until, rating).run()
	if frappe.has_permission("Sensitive Rating", "read"):
		rows += select_ratings(apart, apart.assessment, cases, until, rating).run()
	return list(rows)


def select_ratings(row: Table, parent: Field, cases: QueryBuilder, until: date, rating: str) -> QueryBuilder:
	"""Return a query of the ratings given in `row`, a table whose field `parent` names the assessment."""
	assessment = DocType("Client Assessment")
	query = frappe.qb.from_(row).join(assessment).on(assessment.name == parent)
	query = query.where(assessment.status.isin(AGREED_ASSESSMENT) & (assessment.agreed_on <= until))
	query = query.where(assessment.client_case.isin(cases))
	query = query.where(row[rating].isnotnull() & (row[rating] != ""))
	about = (assessment.client_case, assessment.kind, assessment.assessed_on, assessment.version)
	return query.select(row.domain, *about, row[rating])


def get_course(rated: list[tuple[str, int]]) -> Course:
	"""Return first, latest and exit rating; there is no latest one where there is only one."""
	exits = [value for kind, value in rated if kind == "Exit"]
	latest = rated[-1][1] if len(rated) > 1 else None
	at_exit = exits[-1] if exits and latest is not None else None
	return Course(rated[0][1], latest, at_exit)


def get_row(domain: str, courses: list[Course]) -> dict:
	"""Return what the courses of one life domain come to; averages are of the cases that were rated again."""
	compared = [course for course in courses if course.latest is not None]
	exits = [course for course in courses if course.at_exit is not None]
	changes = [course.latest - course.baseline for course in compared]
	return {
		"domain": domain,
		"cases": len(courses),
		"compared": len(compared),
		"baseline": get_average([course.baseline for course in compared]),
		"latest": get_average([course.latest for course in compared]),
		"change": get_average(changes),
		"higher": sum(change > 0 for change in changes),
		"same": sum(change == 0 for change in changes),
		"lower": sum(change < 0 for change in changes),
		"exits": len(exits),
		"exit_baseline": get_average([course.baseline for course in exits]),
		"exit_rating": get_average([course.at_exit for course in exits]),
	}


def get_average(values: list[int]) -> float | None:
	"""Return a mean, None of nothing, or of too few for who does not see small counts."""
	if not values or not may_tell(len(values)):
		return None
	return round(sum(values) / len(values), 1)


def get_chart_data(rows: list[dict]) -> dict | None:
	"""Return bars of the first and the latest rating of each life domain that was rated again."""
	compared = [row for row in rows if row["compared"]]
	if not compared:
		return None
	datasets = [
		{"name": label, "values": [row[field] for row in compared]}
		for field, label in (("baseline", _("At First")), ("latest", _("Latest")))
	]
	return {"data": {"labels": [row["domain"] for row in compared], "datasets": datasets}, "type": "bar"}
