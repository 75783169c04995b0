"""What a worker has to see to next: what a case, a need or a goal still lacks (C14, C20, B4, B5, B9)."""

import frappe
from frappe import _

from case_management.case_management.plan.overview import leave_without_step
from case_management.case_management.record.filters import get_filters
from case_management.case_management.reminders.readers import get_enabled
from case_management.case_management.standards.check import AGREED_ASSESSMENT


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and a row for each thing that is missing in the open cases the user sees.

	:param filters: `program`, `case_manager`, `missing` (one kind of what is missing)
	"""
	filters = get_filters(filters)
	rows = get_data(filters)
	return get_columns(), [row for row in rows if filters.missing in (None, "", row["kind"])]


def get_columns() -> list[dict]:
	record = {"fieldname": "record", "label": _("Record"), "fieldtype": "Dynamic Link", "width": 180}
	return [
		{"fieldname": "missing", "label": _("What Is Missing"), "fieldtype": "Data", "width": 240},
		{**record, "options": "record_type"},
		{"fieldname": "about", "label": _("About"), "fieldtype": "Data", "width": 260},
		{"fieldname": "client_name", "label": _("Client Name"), "fieldtype": "Data", "width": 150},
		{"fieldname": "client_case", "label": _("Case"), "fieldtype": "Link", "options": "Client Case"},
		{"fieldname": "case_manager", "label": _("Case Manager"), "fieldtype": "Link", "options": "User"},
		{"fieldname": "program", "label": _("Program"), "fieldtype": "Link", "options": "Support Program"},
		{"fieldname": "record_type", "label": _("Kind of Record"), "fieldtype": "Data", "width": 120},
	]


def get_kinds() -> dict[str, str]:
	"""Return what can be missing, by the word a filter names it with."""
	return {
		"Case Manager": _("Case without a case manager"),
		"Rights": _("Case without the rights statement"),
		"Assessment": _("Case without an agreed assessment"),
		"Plan": _("Case without a plan"),
		"Goal": _("Need without a goal"),
		"Step": _("Goal without a next step"),
	}


def get_data(filters: frappe._dict) -> list[dict]:
	"""Return everything that is missing, cases first, then needs, then goals."""
	cases = {case.name: case for case in get_cases(filters)}
	if not cases:
		return []
	plans, goals = get_plans(list(cases)), get_goals(list(cases))
	found = [
		*find_in_cases(cases, plans),
		*find_needs(plans, goals),
		*find_goals(goals),
	]
	kinds, order = get_kinds(), list(get_kinds())
	found.sort(key=lambda row: (order.index(row["kind"]), row["record"]))
	return [{**row, **get_shown(cases[row["client_case"]]), "missing": kinds[row["kind"]]} for row in found]


def get_shown(case: frappe._dict) -> dict:
	return {field: case[field] for field in ("client", "client_name", "case_manager", "program")}


def get_cases(filters: frappe._dict) -> list[frappe._dict]:
	"""Return the open cases the user sees."""
	chosen = {field: filters[field] for field in ("program", "case_manager") if filters.get(field)}
	fields = ["name", "client", "client_name", "case_manager", "program", "rights_acknowledged_on"]
	fields += ["status", "manager_in_conflict", "agreement_withdrawn_on"]
	return frappe.get_list(
		"Client Case", filters={"status": ("!=", "Closed"), **chosen}, fields=fields, limit=0
	)


def get_plans(cases: list[str]) -> list[frappe._dict]:
	"""Return the plans in force of these cases, and those the client declined with a reason."""
	fields = ["name", "client_case", "status", "offer_answer", "no_plan_reason"]
	plans = frappe.get_list(
		"Support Plan", filters={"client_case": ("in", cases)}, fields=fields, order_by="name asc", limit=0
	)
	return [plan for plan in plans if plan.status == "Active" or is_declined(plan)]


def is_declined(plan: frappe._dict) -> bool:
	return plan.status != "Superseded" and plan.offer_answer == "Declined" and bool(plan.no_plan_reason)


def get_goals(cases: list[str]) -> list[frappe._dict]:
	fields = ["name", "client_case", "status", "domain", "goal"]
	return frappe.get_list("Support Goal", filters={"client_case": ("in", cases)}, fields=fields, limit=0)


def find_in_cases(cases: dict[str, frappe._dict], plans: list[frappe._dict]) -> list[dict]:
	"""Return what whole cases lack (C20, B4, B5, B9); one that is pending, or whose client left case management, is not assessed or planned for."""
	filters = {"client_case": ("in", list(cases)), "status": ("in", AGREED_ASSESSMENT)}
	assessed = set(frappe.get_list("Client Assessment", filters=filters, pluck="client_case", limit=0))
	planned = {plan.client_case for plan in plans}
	enabled = get_enabled(case.case_manager for case in cases.values() if case.case_manager)
	found = []
	for case in cases.values():
		supported = case.status != "Pending" and not case.agreement_withdrawn_on
		lacks = {
			"Case Manager": case.case_manager not in enabled or case.manager_in_conflict,
			"Rights": not case.rights_acknowledged_on,
			"Assessment": supported and case.name not in assessed,
			"Plan": supported and case.name not in planned,
		}
		found += [
			get_row(kind, "Client Case", case.name, case.name, get_about(kind, case, enabled))
			for kind, is_so in lacks.items()
			if is_so
		]
	return found


def get_about(kind: str, case: frappe._dict, enabled: set[str]) -> str:
	"""Say of a case without a case manager that the one it names has left."""
	has_left = kind == "Case Manager" and case.case_manager and case.case_manager not in enabled
	return _("{0} is disabled.").format(case.case_manager) if has_left else ""


def find_needs(plans: list[frappe._dict], goals: list[frappe._dict]) -> list[dict]:
	"""Return the needs of plans in force in whose life domain the case has no goal that was not stopped (C14)."""
	covered = {(goal.client_case, goal.domain) for goal in goals if goal.status != "Stopped"}
	active = {plan.name: plan for plan in plans if plan.status == "Active"}
	needs = get_children("Support Plan Need", "Support Plan", list(active), ["parent", "domain", "need"])
	return [
		get_row("Goal", "Support Plan", need.parent, case, f"{need.domain}: {need.need or ''}".strip(": "))
		for need in needs
		if ((case := active[need.parent].client_case), need.domain) not in covered
	]


def find_goals(goals: list[frappe._dict]) -> list[dict]:
	"""Return the goals that are worked on and have no step that is still open (C14)."""
	return [
		get_row("Step", "Support Goal", goal.name, goal.client_case, goal.goal)
		for goal in leave_without_step(goals)
	]


def get_children(child: str, parent: str, names: list[str], fields: list[str]) -> list[frappe._dict]:
	if not names:
		return []
	filters = {"parent": ("in", names), "parenttype": parent}
	return frappe.get_list(
		child, filters=filters, fields=fields, parent_doctype=parent, order_by="idx asc", limit=0
	)


def get_row(kind: str, record_type: str, record: str, case: str, about: str = "") -> dict:
	return {"kind": kind, "record_type": record_type, "record": record, "client_case": case, "about": about}
