"""The board of the practice standards: what should have evidence, what has it, and how that meets the target (C11).

Counts only. A team leader sees the programs they lead; an administrator and an auditor all of them; an auditor no
small counts.
"""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import flt

from case_management.case_management.record.counting import (
	counts_all,
	get_count_column,
	get_period,
	get_programs,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import counts_exactly, get_share, get_small_count
from case_management.case_management.standards.check import Evidence, get_evidence, get_scope
from case_management.case_management.standards.registry import CHECKS


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and a row for each standard in use.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`, `area`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	exact = counts_exactly()
	return get_columns(exact), get_data(filters, exact)


def get_columns(exact: bool) -> list[dict]:
	"""Return the columns; counts and shares are text where small ones are not told."""
	standard = {"fieldname": "standard", "label": _("Standard"), "fieldtype": "Link", "width": 95}
	share = {"fieldname": "percent", "label": _("Percent"), "fieldtype": "Percent" if exact else "Data"}
	return [
		{**standard, "options": "Practice Standard"},
		{"fieldname": "title", "label": _("Characteristic"), "fieldtype": "Data", "width": 340},
		get_count_column("expected", _("Expected"), 95),
		get_count_column("found", _("Evidence"), 95),
		get_count_column("gaps", _("Gaps"), 75),
		{**share, "width": 85},
		{"fieldname": "target", "label": _("Target"), "fieldtype": "Percent", "width": 80},
		{"fieldname": "result", "label": _("Result"), "fieldtype": "Data", "width": 150},
		{"fieldname": "area", "label": _("Area"), "fieldtype": "Data", "width": 150},
		{"fieldname": "policies", "label": _("Policies"), "fieldtype": "Data", "width": 220},
	]


def get_data(filters: frappe._dict, exact: bool) -> list[dict]:
	"""Return a row for each standard in use: one query each, whatever the number of cases."""
	period, programs = get_period(filters), get_programs(filters.program)
	if not programs:
		return []
	standards, policies = get_standards(filters.area), get_policies()
	everything = counts_all() and not filters.program
	rows = []
	for standard in standards:
		scope = get_scope(period, None if everything else programs, standard.days_allowed)
		check = CHECKS.get(standard.check_name)
		row = get_result(standard, get_evidence(check(scope)) if check else None)
		row["policies"] = ", ".join(policies[standard.name])
		rows.append(row if exact else get_suppressed(row))
	return rows


def get_standards(area: str | None) -> list[frappe._dict]:
	"""Return the standards in use, in their order."""
	fields = ["name", "title", "area", "check_name", "target", "days_allowed"]
	filters = {"enabled": 1, **({"area": area} if area else {})}
	return frappe.get_list(
		"Practice Standard", filters=filters, fields=fields, order_by="sort_order asc, name asc", limit=0
	)


def get_policies() -> dict[str, list[str]]:
	"""Return the titles of the policies that each standard links; one that is not current says so (C2)."""
	link, policy = DocType("Practice Standard Policy"), DocType("Service Policy")
	query = frappe.qb.from_(link).join(policy).on(policy.name == link.policy).orderby(link.idx)
	titles = defaultdict(list)
	for standard, name, is_current in query.select(link.parent, policy.name, policy.is_current).run():
		titles[standard].append(name if is_current else _("{0} (not current)").format(name))
	return titles


def get_result(standard: frappe._dict, evidence: Evidence | None) -> dict:
	"""Return a standard's row; `evidence` is None for one that the system does not count."""
	row = {"standard": standard.name, "title": standard.title, "area": _(standard.area)}
	row |= {"expected": None, "found": None, "gaps": None, "percent": None, "target": flt(standard.target)}
	if evidence is None:
		return {**row, "result": _("Not counted by the system: evidence by hand")}
	if not evidence.expected:
		return {**row, "result": _("Nothing to check")}
	percent = get_share(evidence.found, evidence.expected, exact=True)
	meets = 100 * evidence.found >= row["target"] * evidence.expected
	return {
		**row,
		"expected": evidence.expected,
		"found": evidence.found,
		"gaps": evidence.expected - evidence.found,
		"percent": percent,
		"result": _("On target") if meets else _("Below target"),
	}


def get_suppressed(row: dict) -> dict:
	"""Return a row from which no count of a few people can be read or worked out.

	Where a part is small the other part and the percentage say only that they are more, or less, than the rest.
	"""
	small, expected = get_small_count(), row["expected"]
	if not expected:
		return row
	if expected < small:
		untold = {"found": None, "gaps": None, "percent": None, "result": _("Too few to tell")}
		return {**row, "expected": f"<{small}", **untold}
	share = get_share(small, expected, exact=True)
	if 0 < row["gaps"] < small:
		bound = {
			"found": f">{expected - small}",
			"gaps": f"<{small}",
			"percent": f">{round(100 - share, 1)} %",
		}
		return {**row, **bound}
	if 0 < row["found"] < small:
		return {**row, "found": f"<{small}", "gaps": f">{expected - small}", "percent": f"<{share} %"}
	return {**row, "percent": f"{row['percent']} %"}
