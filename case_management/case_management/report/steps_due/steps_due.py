"""The open steps of all cases that a user sees: due, overdue and without a day, and who has them (C12, C14)."""

import frappe
from frappe import _
from frappe.utils import date_diff, getdate

from case_management.case_management.plan.goals import LIVE
from case_management.case_management.record.filters import get_filters

NOT_SAID = "Not Said"
STEP_FIELDS = ["name", "parent", "step", "responsible", "responsible_user", "responsible_agency"]
STEP_FIELDS += ["responsible_name", "due_on"]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and a row for each open step of a live goal in the open cases the user sees.

	:param filters: `program`, `until` (the last day on which a step is due; without it all, those without a day at the
	        end), `user` (who has the step, or manages the case where nobody is named), `responsible` (Client, Worker,
	        Together, Agency, Support Person or Not Said), `only_overdue`
	"""
	filters = get_filters(filters)
	return get_columns(), [row for row in get_data(filters) if is_wanted(row, filters)]


def get_columns() -> list[dict]:
	link = {"fieldtype": "Link", "width": 150}
	return [
		{"fieldname": "due_on", "label": _("By"), "fieldtype": "Date", "width": 100},
		{"fieldname": "days_overdue", "label": _("Days Overdue"), "fieldtype": "Data", "width": 110},
		{"fieldname": "step", "label": _("Step"), "fieldtype": "Data", "width": 260},
		{"fieldname": "who", "label": _("Who"), "fieldtype": "Data", "width": 160},
		{"fieldname": "goal", "label": _("Goal"), "options": "Support Goal", **link},
		{"fieldname": "client_name", "label": _("Client Name"), "fieldtype": "Data", "width": 150},
		{"fieldname": "client_case", "label": _("Case"), "options": "Client Case", **link},
		{"fieldname": "case_manager", "label": _("Case Manager"), "options": "User", **link},
		{"fieldname": "program", "label": _("Program"), "options": "Support Program", **link},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""Return the steps, the longest overdue first and those without a day last."""
	chosen = {"program": filters.program} if filters.program else {}
	fields = ["name", "client_name", "case_manager", "program"]
	cases = read("Client Case", {"status": ("!=", "Closed"), **chosen}, fields)
	about = {"status": ("in", LIVE), "client_case": ("in", list(cases) or [""])}
	goals = read("Support Goal", about, ["name", "client_case"])
	rows = [get_row(step, goals[step.parent], cases) for step in get_steps(list(goals))]
	return sorted(rows, key=lambda row: (not row["due_on"], row["due_on"] or getdate(), row["goal"]))


def read(doctype: str, filters: dict, fields: list[str]) -> dict[str, frappe._dict]:
	"""Return the records that the user sees, by their names."""
	return {row.name: row for row in frappe.get_list(doctype, filters=filters, fields=fields, limit=0)}


def get_steps(goals: list[str]) -> list[frappe._dict]:
	if not goals:
		return []
	filters = {"parent": ("in", goals), "parenttype": "Support Goal", "status": "Open"}
	return frappe.get_list(
		"Goal Step", filters=filters, fields=STEP_FIELDS, parent_doctype="Support Goal", limit=0
	)


def get_row(step: frappe._dict, goal: frappe._dict, cases: dict[str, frappe._dict]) -> dict:
	"""Return a step's row; how long it is overdue is empty where it is not."""
	case = cases[goal.client_case]
	late = date_diff(getdate(), step.due_on) if step.due_on else 0
	kind = step.responsible or NOT_SAID
	named = step.responsible_name or step.responsible_agency or step.responsible_user
	return {
		"due_on": step.due_on,
		"days_overdue": late if late > 0 else None,
		"step": step.step,
		"who": named or _(kind),
		"responsible": kind,
		"user": step.responsible_user or case.case_manager,
		"goal": goal.name,
		"client_case": case.name,
		"client_name": case.client_name,
		"case_manager": case.case_manager,
		"program": case.program,
	}


def is_wanted(row: dict, filters: frappe._dict) -> bool:
	in_time = not filters.until or (row["due_on"] and row["due_on"] <= getdate(filters.until))
	theirs = filters.user in (None, "", row["user"])
	kind = filters.responsible in (None, "", row["responsible"])
	return bool(in_time and theirs and kind and (row["days_overdue"] or not filters.only_overdue))
