"""What a held meeting changes: ratings, strategies, steps and outcomes go into the goals (C7, C39 to C42)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, getdate

from case_management.case_management.plan.goals import make_follow_on, update_strategy, update_unmet_need
from case_management.case_management.plan.impediments import take_impediment
from case_management.case_management.plan.spoken import WORDS, is_spoken_of
from case_management.case_management.record.actions import store
from case_management.case_management.record.codes import get_meaning
from case_management.case_management.record.rows import add_row

# What a goal's history shows of each meeting in which it was talked about.
HISTORY_FIELDS = ("goal", "meeting", "client_rating", "worker_rating", "level", "responsibility")


def update_goals(meeting: Document) -> None:
	"""Take ratings, strategies, next steps and outcomes of a held meeting into the goals, and make those that follow."""
	named = [row.goal for row in [*meeting.goals, *meeting.strategies, *meeting.next_steps]]
	named += (meeting.flags.steps_done or {}).values()
	for name in dict.fromkeys(named):
		update_goal(meeting, frappe.get_doc("Support Goal", name, for_update=True))
	for row in meeting.goals:
		if row.follow_on_goal:
			make_follow_on(frappe.get_doc("Support Goal", row.goal), row.follow_on_goal, status="Active")
		if row.impediment:
			goal = frappe.get_doc("Support Goal", row.goal)
			update_unmet_need(goal, get_meaning(row.impediment), row.impediment_note, meeting.held_on)


def update_goal(meeting: Document, goal: Document) -> None:
	"""Take everything that was said of one goal into it, in one save."""
	for row in meeting.goals:
		if row.goal == goal.name:
			take_words(meeting, row, goal)
	for row in meeting.strategies:
		if row.goal == goal.name:
			update_strategy(goal, row, meeting.held_on)
	for row in meeting.next_steps:
		if row.goal == goal.name:
			step = {"step": row.step, "responsible": row.responsible, "due_on": row.due_on}
			add_row(goal, "steps", step)
	for row in goal.steps:
		if row.name in (meeting.flags.steps_done or {}):
			row.status, row.done_on = "Done", meeting.held_on
	store(goal)


def take_words(meeting: Document, row: Document, goal: Document) -> None:
	"""Take one row into its goal; a meeting recorded late does not overwrite what a later one said."""
	if not is_spoken_of(row):
		return
	if not goal.last_discussed_on or getdate(goal.last_discussed_on) <= getdate(meeting.held_on):
		take_impediment(meeting, row, goal)
		goal.client_rating = row.client_rating or goal.client_rating
		goal.worker_rating = row.worker_rating or goal.worker_rating
		goal.current_level = row.level or goal.current_level
		goal.responsibility = row.responsibility or goal.responsibility
		goal.last_discussed_on = meeting.held_on
	if row.outcome not in (None, "", "Continue", goal.status):
		goal.status = row.outcome
		goal.status_reason = row.impediment_note or row.progress or _("Agreed in {0}").format(meeting.name)
		goal.achieved_on = meeting.held_on if row.outcome == "Achieved" else goal.achieved_on


def get_history(goals: list[str], until: date | None = None) -> dict[str, list[frappe._dict]]:
	"""Return what was said of goals at each held meeting, the first one first (C7, C26, C29, C31).

	:param until: the day of the last meeting that counts
	:return: goal → rows of `on`, `meeting`, `client_rating`, `worker_rating`, `level` and `responsibility`, empty where
	        nothing was said
	"""
	held = frappe.get_all(
		"Meeting Goal",
		filters={"goal": ("in", goals or [""]), "parenttype": "Case Meeting"},
		fields=["goal", "parent as meeting", "outcome", *WORDS],
	)
	held = [
		frappe._dict({field: row[field] for field in HISTORY_FIELDS}) for row in held if is_spoken_of(row)
	]
	days = get_days_held({row.meeting for row in held}, until)
	history: dict[str, list[frappe._dict]] = {}
	for row in sorted(held, key=lambda row: (days.get(row.meeting, date.min), row.meeting)):
		if row.meeting in days:
			row.on = days[row.meeting]
			history.setdefault(row.pop("goal"), []).append(row)
	return history


def get_days_held(meetings: set[str], until: date | None) -> dict[str, date]:
	"""Return the days of those of the meetings that were held."""
	filters = {"name": ("in", list(meetings) or [""]), "status": "Held"}
	if until:
		filters["held_on"] = ("<=", until)
	rows = frappe.get_all("Case Meeting", filters=filters, fields=["name", "held_on"])
	return {row.name: getdate(row.held_on) for row in rows}


def update_reassessment_due(meeting: Document) -> None:
	"""Let the case's next assessment be due today where a review found that one is wanted (B18)."""
	if meeting.kind == "Review" and meeting.reassessment_wanted:
		frappe.db.set_value(
			"Client Case", meeting.client_case, "reassessment_due", getdate(), update_modified=False
		)


def update_review_due(meeting: Document) -> None:
	"""Move the next review of the case's Active plan on from a held Review meeting."""
	plan = frappe.db.get_value(
		"Support Plan", {"client_case": meeting.client_case, "status": "Active"}, "name"
	)
	if plan and meeting.kind == "Review":
		program = frappe.db.get_value("Client Case", meeting.client_case, "program")
		days = frappe.get_cached_value("Support Program", program, "review_interval_days")
		due = add_days(getdate(meeting.held_on), cint(days))
		frappe.db.set_value("Support Plan", plan, "review_due", due, update_modified=False)
