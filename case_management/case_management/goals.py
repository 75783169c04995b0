"""Goals over the versions of a plan and from one meeting to the next (B10, B14, C22 to C29, C38, C40, C42)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from case_management.case_management.actions import store
from case_management.case_management.unmet_need import record_unmet_need

# Days from its beginning to the day a goal is hoped for, by horizon: they prefill the date, nothing more (B10).
TARGET_DAYS = {"Immediate": 14, "Short": 90, "Medium": 180, "Long": 365}
# A goal that somebody works on or will.
LIVE = ("Proposed", "Active", "On Hold", "Sustaining")
# What becomes of a strategy in a meeting.
STRATEGY_STATUS = {"Keep": "In Use", "Change": "Changed", "Stop": "Stopped"}


def get_target(horizon: str | None, start_on: date | str | None) -> date | None:
	"""Return the day a goal of this horizon is hoped for by, None for a horizon that does not exist."""
	days = TARGET_DAYS.get(horizon)
	return add_days(getdate(start_on), days) if days else None


def has_action(goal: Document) -> bool:
	"""Tell whether a goal has a step that was not dropped, or a strategy in use."""
	steps = any(row.status != "Dropped" for row in goal.steps)
	return steps or any(row.status in (None, "In Use") for row in goal.strategies)


def get_actions(goal: Document) -> str:
	"""Return the goal's steps and the strategies in use, a line each, as a plan shows them."""
	strategies = [row.strategy for row in goal.strategies if row.status == "In Use"]
	steps = [
		_("{0} ({1})").format(row.step, _(row.responsible)) for row in goal.steps if row.status != "Dropped"
	]
	return "\n".join([*strategies, *steps])


def make_goal(values: dict, status: str = "Proposed") -> Document:
	"""Return a new goal, stored; one that is to begin at once is proposed first, as every goal is."""
	goal = store(frappe.get_doc({"doctype": "Support Goal", **values}))
	return begin(goal) if status == "Active" else goal


def begin(goal: Document) -> Document:
	"""Make a goal Active because a plan or a meeting says so; return it."""
	goal.status = "Active"
	return store(goal)


def make_follow_on(
	goal: Document, text: str, horizon: str | None = None, status: str = "Proposed"
) -> Document:
	"""Return the goal that follows another (C40), in the same plan and life domain; asked again, the one there is.

	:param text: the new goal in the client's words
	"""
	same = {"follows_goal": goal.name, "goal": text}
	if existing := frappe.db.get_value("Support Goal", same, "name", for_update=True):
		return frappe.get_doc("Support Goal", existing)
	kept = ("client", "client_case", "plan", "domain", "goal_kind", "pace", "set_by", "responsibility")
	values = {field: goal.get(field) for field in kept}
	return make_goal({**values, **same, "horizon": horizon or goal.horizon}, status)


def update_strategy(goal: Document, said: Document, on: date) -> None:
	"""Take into a goal's strategy how it went and what becomes of it (C42); `said` is the meeting's row."""
	row = next((row for row in goal.strategies if row.name == said.strategy_row), None)
	if not row:
		return
	row.effectiveness = said.effectiveness or row.effectiveness
	row.last_discussed_on = on
	row.status = STRATEGY_STATUS.get(said.decision, row.status)
	if said.decision == "Change":
		goal.append("strategies", {"strategy": said.change_to, "status": "In Use"})


def is_action_required() -> bool:
	return bool(
		frappe.db.get_single_value("Case Management Settings", "goal_needs_action_required", cache=True)
	)


def needs_action(goal: Document) -> bool:
	"""Tell whether design rule 5 asks a step or a strategy of a goal."""
	return is_action_required() and is_of_active_plan(goal)


def is_of_active_plan(goal: Document) -> bool:
	return bool(frappe.db.exists("Support Plan", {"client_case": goal.client_case, "status": "Active"}))


def update_unmet_need(goal: Document, meaning: str) -> None:
	"""Record that a goal waits because there is no resource for it: an unmet need, once (B14, C16).

	:param meaning: what the code of the reason means to the app
	"""
	if meaning == "No Resource":
		program = frappe.db.get_value("Client Case", goal.client_case, "program")
		values = {"client": goal.client, "client_case": goal.client_case, "program": program}
		record_unmet_need(**values, goal=goal.name, description=goal.goal)
