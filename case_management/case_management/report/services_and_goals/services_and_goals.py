"""Both prongs of case management for each case: direct service, and co-ordination of other services (B17, C5).

For each, how much of it serves a goal of the client and how much serves none.
"""

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint

from case_management.case_management.record.counting import get_period
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.history import find_open_within

DIRECT = "Direct Service"


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and a row for each case the user sees that was open in the period.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`, `only_without_goal`
	        (true for the cases in which something serves no goal)
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	rows = get_data(filters, get_period(filters))
	if filters.only_without_goal:
		rows = [row for row in rows if row["notes_without"] or row["referrals_without"]]
	return get_columns(), rows


def get_columns() -> list[dict]:
	case = {"fieldtype": "Link", "options": "Client Case", "width": 170}
	return [
		{"fieldname": "name", "label": _("Case"), **case},
		{"fieldname": "client_name", "label": _("Client Name"), "fieldtype": "Data", "width": 150},
		{"fieldname": "prongs", "label": _("What There Was"), "fieldtype": "Data", "width": 170},
		get_number_column("notes_for_goal", _("Direct Service for a Goal")),
		get_number_column("notes_without", _("Direct Service for None")),
		{"fieldname": "hours", "label": _("Hours"), "fieldtype": "Float", "precision": 1, "width": 80},
		get_number_column("referrals_for_goal", _("Referrals for a Goal")),
		get_number_column("referrals_without", _("Referrals for None")),
		get_number_column("agencies", _("Agencies Involved")),
		{"fieldname": "case_manager", "label": _("Case Manager"), "fieldtype": "Link", "options": "User"},
		{"fieldname": "program", "label": _("Program"), "fieldtype": "Link", "options": "Support Program"},
	]


def get_number_column(fieldname: str, label: str) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Int", "width": 130}


def get_data(filters: frappe._dict, period: tuple[date, date]) -> list[dict]:
	cases = get_cases(filters.program, period)
	names = [case.name for case in cases]
	notes = get_notes(names, period)
	referrals = get_referrals(names, period)
	agencies = Counter(get_agencies(names))
	return [get_row(case, notes, referrals, agencies) for case in cases]


def get_cases(program: str | None, period: tuple[date, date]) -> list[frappe._dict]:
	"""Return the cases the user sees that were open in the period."""
	filters = {"opened_on": ("<=", period[1]), "status": ("!=", "Pending")}
	cases = frappe.get_list(
		"Client Case",
		filters={**filters, **({"program": program} if program else {})},
		fields=["name", "client_name", "case_manager", "program"],
		order_by="name asc",
		limit=0,
	)
	open_then = find_open_within(period)
	return [case for case in cases if case.name in open_then]


def get_notes(cases: list[str], period: tuple[date, date]) -> Counter:
	"""Return (case, whether it serves a goal) → notes of direct service, and (case, "minutes") → minutes."""
	conditions = [["client_case", "in", cases], ["kind", "=", DIRECT]]
	conditions += [["noted_on", ">=", period[0]], ["noted_on", "<", add_days(period[1], 1)]]
	counts = Counter()
	for note in read("Case Note", conditions, ["client_case", "goal", "minutes"]) if cases else ():
		counts[note.client_case, bool(note.goal)] += 1
		counts[note.client_case, "minutes"] += cint(note.minutes)
	return counts


def get_referrals(cases: list[str], period: tuple[date, date]) -> Counter:
	"""Return (case, whether it serves a goal) → referrals sent."""
	conditions = [["client_case", "in", cases], ["sent_on", ">=", period[0]], ["sent_on", "<=", period[1]]]
	rows = read("Case Referral", conditions, ["client_case", "goal"]) if cases else ()
	return Counter((row.client_case, bool(row.goal)) for row in rows)


def get_agencies(cases: list[str]) -> list[str]:
	"""Return the case of each agency that is involved in one."""
	if not cases:
		return []
	rows = frappe.get_list(
		"Case Agency",
		filters={"parent": ("in", cases), "parenttype": "Client Case"},
		fields=["parent"],
		parent_doctype="Client Case",
		limit=0,
	)
	return [row.parent for row in rows]


def read(doctype: str, conditions: list[list], fields: list[str]) -> list[frappe._dict]:
	return frappe.get_list(doctype, filters=conditions, fields=fields, limit=0)


def get_row(case: frappe._dict, notes: Counter, referrals: Counter, agencies: Counter) -> dict:
	"""Return a case's row from what was counted for all of them."""
	name = case.name
	row = {field: case[field] for field in ("name", "client_name", "case_manager", "program")}
	row |= {"notes_for_goal": notes[name, True], "notes_without": notes[name, False]}
	row |= {"referrals_for_goal": referrals[name, True], "referrals_without": referrals[name, False]}
	row |= {"agencies": agencies[name], "hours": round(notes[name, "minutes"] / 60, 1)}
	direct = row["notes_for_goal"] + row["notes_without"]
	coordinated = row["referrals_for_goal"] + row["referrals_without"] + row["agencies"]
	return {**row, "prongs": get_prongs(bool(direct), bool(coordinated))}


def get_prongs(direct: bool, coordinated: bool) -> str:
	"""Return which of the two prongs of case management a case had (C5)."""
	if direct and coordinated:
		return _("Both")
	if direct:
		return _("Direct service only")
	return _("Co-ordination only") if coordinated else _("Neither")
