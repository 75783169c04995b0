"""Where a case is now and what comes next (C13, C14): for the forms, and for lists of what is missing."""

import frappe
from frappe import _
from frappe.utils import getdate

from case_management.case_management.plan.drawing import get_rating_drawings
from case_management.case_management.plan.goals import LIVE

# Plans whose needs count, the one in force first.
CURRENT_PLANS = ("Active", "With Client", "Draft")
# Goals that answer a need: all but those given up.
ANSWERING = (*LIVE, "Achieved", "Deferred")
STEP_FIELDS = [
	"name as step_row",
	"parent as goal",
	"step",
	"responsible",
	"responsible_agency",
	"responsible_name",
	"due_on",
]
# Goals that a step is looked for.
WORKED_ON = ("Proposed", "Active")


def get_overview(case: str) -> dict:
	"""Return where a case is and what comes next, for a user who reads goals; nothing for others.

	:return: `goals` (the live ones, each with the client's and the worker's last rating, and `drawing`, its ratings over
	        the meetings as SVG), `steps` (open, with goal, who and by when, and whether that is past), `next_meeting`,
	        `review_due`, `reassessment_due`, `needs_without_goal`, `goals_without_step`, `unused_strengths`
	"""
	if not frappe.has_permission("Support Goal", "read"):
		return {}
	goals = get_live_goals(case)
	drawings = get_rating_drawings([goal.name for goal in goals])
	for goal in goals:
		goal.drawing = drawings.get(goal.name)
	return {
		"goals": goals,
		"steps": get_open_steps(goals),
		**get_dates_ahead(case),
		"needs_without_goal": get_needs_without_goal([case]),
		"goals_without_step": get_goals_without_step([case]),
		"unused_strengths": get_unused_strengths(case),
	}


def get_live_goals(case: str) -> list[frappe._dict]:
	fields = ["name", "goal", "status", "horizon", "responsibility", "client_rating", "worker_rating"]
	return frappe.get_all(
		"Support Goal",
		filters={"client_case": case, "status": ("in", LIVE)},
		fields=[*fields, "current_level", "last_discussed_on"],
		order_by="creation, name",
	)


def get_open_steps(goals: list[frappe._dict]) -> list[frappe._dict]:
	"""Return the open steps of goals, the first due first and those without a day last."""
	if not goals:
		return []
	parents = {"parenttype": "Support Goal", "parent": ("in", [goal.name for goal in goals])}
	steps = frappe.get_all(
		"Goal Step", filters={**parents, "status": "Open"}, fields=STEP_FIELDS, order_by="parent, idx"
	)
	for step in steps:
		step.who = step.pop("responsible_name") or step.responsible_agency
		step.who = step.who or (None if step.responsible else _("Not Said"))
		step.overdue = bool(step.due_on and getdate(step.due_on) < getdate())
	return sorted(steps, key=lambda step: (not step.due_on, step.due_on or getdate()))


def get_dates_ahead(case: str) -> dict:
	"""Return when the next meeting, the review of the plan and the next assessment are due; None where none is."""
	fields = ["reassessment_due", "next_meeting_on"]
	row = frappe.db.get_value("Client Case", case, fields, as_dict=True) or frappe._dict()
	plan = {"client_case": case, "status": "Active"}
	return {
		"next_meeting": row.next_meeting_on,
		"review_due": frappe.db.get_value("Support Plan", plan, "review_due"),
		"reassessment_due": row.reassessment_due,
	}


def get_current_plans(cases: list[str]) -> dict[str, str]:
	"""Return the plan of each case that is in force, or else in the making: case → plan."""
	rows = frappe.get_all(
		"Support Plan",
		filters={
			"client_case": ("in", cases),
			"status": ("in", CURRENT_PLANS),
			"offer_answer": ("!=", "Declined"),
		},
		fields=["name", "client_case", "status"],
		order_by="version desc, creation desc",
	)
	rows.sort(key=lambda row: CURRENT_PLANS.index(row.status), reverse=True)
	return {row.client_case: row.name for row in rows}


def get_needs_without_goal(cases: list[str]) -> list[frappe._dict]:
	"""Return the needs of the cases' current plans that no goal answers, by its life domain or its words (C14, C25).

	:return: rows of `client_case`, `plan`, `domain` and `need`
	"""
	plans = {plan: case for case, plan in get_current_plans(cases).items()} if cases else {}
	if not plans:
		return []
	needs = frappe.get_all(
		"Support Plan Need",
		filters={"parenttype": "Support Plan", "parent": ("in", list(plans))},
		fields=["parent as plan", "domain", "need"],
		order_by="parent, idx",
	)
	answered = get_answered(cases)
	for need in needs:
		need.client_case = plans[need.plan]
	return [
		need
		for need in needs
		if not {(need.client_case, need.domain), (need.client_case, need.need or need.domain)} & answered
	]


def get_answered(cases: list[str]) -> set[tuple[str, str]]:
	"""Return what the goals of the cases are about: case and life domain, case and words of the need."""
	goals = frappe.get_all(
		"Support Goal",
		filters={"client_case": ("in", cases), "status": ("in", ANSWERING)},
		fields=["client_case", "domain", "need"],
	)
	return {(goal.client_case, about) for goal in goals for about in (goal.domain, goal.need) if about}


def get_goals_without_step(cases: list[str]) -> list[frappe._dict]:
	"""Return the goals that somebody works on or will, and for which no step is open (C14).

	:return: rows of `client_case`, `name`, `goal` and `status`
	"""
	goals = frappe.get_all(
		"Support Goal",
		filters={"client_case": ("in", cases or [""]), "status": ("in", WORKED_ON)},
		fields=["client_case", "name", "goal", "status"],
		order_by="client_case, creation, name",
	)
	return leave_without_step(goals)


def leave_without_step(goals: list[frappe._dict]) -> list[frappe._dict]:
	"""Return those of some goals that somebody works on or will, and for which no step is open (C14)."""
	worked_on = [goal for goal in goals if goal.status in WORKED_ON]
	with_step = {step.goal for step in get_open_steps(worked_on)}
	return [goal for goal in worked_on if goal.name not in with_step]


def get_strengths(case: str) -> list[str]:
	"""Return the strengths that the case's current plan took over from the assessment (A5)."""
	filters = {"parenttype": "Support Plan", "parent": get_current_plans([case]).get(case) or ""}
	return frappe.get_all("Support Plan Strength", filters=filters, pluck="strength", order_by="idx")


def get_unused_strengths(case: str) -> list[str]:
	"""Return the strengths that no goal of the case builds on yet (A5)."""
	filters = {"client_case": case, "status": ("in", ANSWERING), "strength": ("is", "set")}
	used = set(frappe.get_all("Support Goal", filters=filters, pluck="strength"))
	return [strength for strength in get_strengths(case) if strength not in used]
