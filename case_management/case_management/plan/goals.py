"""Goals over the versions of a plan and from one meeting to the next (B10, B14, C22 to C29, C38, C40, C42)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from case_management.case_management.record.actions import action, store
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting
from case_management.case_management.record.status import move_to
from case_management.case_management.support.unmet_need import record_unmet_need

# Days from its beginning to the day a goal is hoped for, by horizon: they prefill the date, nothing more (B10).
TARGET_DAYS = {"Immediate": 14, "Short": 90, "Medium": 180, "Long": 365}
# A goal that somebody works on or will.
LIVE = ("Proposed", "Active", "On Hold", "Sustaining")
# What becomes of a strategy in a meeting.
STRATEGY_STATUS = {"Keep": "In Use", "Change": "Changed", "Stop": "Stopped"}


class GoalActions:
	"""The actions of a goal."""

	def take(self, status: str, **values) -> dict:
		"""Bring the goal to a status, unless it is there; return its `name` and `status`."""
		if self.status != status:
			self.update({field: value for field, value in values.items() if value is not None})
			move_to(self, status)
		return {"name": self.name, "status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def begin(self) -> dict:
		"""Begin to work on the goal (B10).

		:return: `name` and `status`
		:raises frappe.ValidationError: the case is closed, or the plan is Active and the goal has neither a
		        step nor a strategy (design rule 5)
		"""
		return self.take("Active")

	@frappe.whitelist(methods=["POST"])
	@action
	def achieve(
		self, on: str | date | None = None, achievement_level: str | None = None, note: str | None = None
	) -> dict:
		"""Record that the goal is achieved (C40).

		:param on: a day, YYYY-MM-DD; today if none is given
		:param achievement_level: a code of Goal Achievement Level
		:param note: what was achieved, in words
		:return: `name` and `status`
		:raises frappe.ValidationError: the goal is Proposed, Deferred or Stopped, the day is to come or lies
		        before the case opened, or there is no such level
		"""
		on = get_date(self, _("Achieved on"), on)
		return self.take("Achieved", achieved_on=on, achievement_level=achievement_level, status_reason=note)

	@frappe.whitelist(methods=["POST"])
	@action
	def sustain(self, note: str | None = None) -> dict:
		"""Go on keeping what was achieved (B22).

		:param note: how, in words
		:return: `name` and `status`
		:raises frappe.ValidationError: the goal is neither Active nor Achieved
		"""
		return self.take("Sustaining", status_reason=note)

	@frappe.whitelist(methods=["POST"])
	@action
	def put_on_hold(self, reason: str | None = None) -> dict:
		"""Let the goal rest for now (B14).

		:param reason: why, in words
		:return: `name` and `status`
		:raises frappe.ValidationError: there is no reason, or the goal is not Active
		"""
		return self.take("On Hold", status_reason=reason or "")

	@frappe.whitelist(methods=["POST"])
	@action
	def resume(self) -> dict:
		"""Work on a goal again that rested, was put off, achieved or given up (B14).

		:return: `name` and `status`
		:raises frappe.ValidationError: the case is closed
		"""
		return self.take("Active")

	@frappe.whitelist(methods=["POST"])
	@action
	def defer(self, reason_code: str | None = None, reason: str | None = None) -> dict:
		"""Put the goal off (B14); where there is no resource for it, that is an unmet need (C16).

		:param reason_code: a code of Reason a Goal Waits
		:param reason: what it waits for, in words
		:return: `name` and `status`
		:raises frappe.ValidationError: there is no code, or the goal is Achieved, Sustaining or Stopped
		"""
		return self.take("Deferred", deferred_reason=reason_code or "", status_reason=reason)

	@frappe.whitelist(methods=["POST"])
	@action
	def stop(self, reason: str | None = None) -> dict:
		"""Give the goal up; it can be taken up again (B14).

		:param reason: why, in words
		:return: `name` and `status`
		:raises frappe.ValidationError: there is no reason, or the goal is Achieved
		"""
		return self.take("Stopped", status_reason=reason or "")

	@frappe.whitelist(methods=["POST"])
	@action
	def follow_on(self, goal: str | None = None, horizon: str | None = None) -> dict:
		"""Formulate the goal that follows this one (C40), in the same plan; asked again, the one there is.

		:param goal: the new goal in the client's words
		:param horizon: Immediate, Short, Medium or Long; this goal's if none is given
		:return: `goal`, its code: Active where the case has an Active plan, else Proposed
		:raises frappe.ValidationError: there are no words, or there is no such horizon
		"""
		if not goal:
			refuse(
				self, _("The goal that follows has words of its own."), _("Give it in the client's words.")
			)
		status = "Active" if is_of_active_plan(self) else "Proposed"
		return {"goal": make_follow_on(self, goal, horizon, status).name}


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
		_("{0} ({1})").format(row.step, _(row.responsible) if row.responsible else _("Not Said"))
		for row in goal.steps
		if row.status != "Dropped"
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
	# Whose words they are, and who does it, is of the new goal: nobody has said that yet.
	kept = ("client", "client_case", "plan", "domain", "goal_kind", "pace")
	values = {field: goal.get(field) for field in kept}
	return make_goal({**values, **same, "horizon": horizon or goal.horizon}, status)


def update_strategy(goal: Document, said: Document, on: date) -> None:
	"""Take into a goal's strategy how it went and what becomes of it (C42); `said` is the meeting's row."""
	row = next((row for row in goal.strategies if row.name == said.strategy_row), None)
	if not row or not (said.tried or said.effectiveness or said.decision):
		return
	if not row.last_discussed_on or getdate(row.last_discussed_on) <= getdate(on):
		row.effectiveness = said.effectiveness or row.effectiveness
		row.last_discussed_on = on
	# What another meeting has changed or stopped meanwhile is not put back in use.
	if row.status in (None, "In Use"):
		row.status = STRATEGY_STATUS.get(said.decision, row.status)
		if said.decision == "Change":
			goal.append("strategies", {"strategy": said.change_to, "status": "In Use"})


def is_action_required() -> bool:
	return bool(get_setting("goal_needs_action_required"))


def needs_action(goal: Document) -> bool:
	"""Tell whether design rule 5 asks a step or a strategy of a goal."""
	return is_action_required() and is_of_active_plan(goal)


def is_of_active_plan(goal: Document) -> bool:
	return bool(frappe.db.exists("Support Plan", {"client_case": goal.client_case, "status": "Active"}))


def update_unmet_need(
	goal: Document, meaning: str, description: str | None = None, on: date | str | None = None
) -> None:
	"""Record that a goal waits, or comes no further, because there is no resource for it: an unmet need, once (B14, C16).

	:param meaning: what the code of the reason means to the app
	:param description: what is missing, in words; the goal's own if none is given
	:param on: the day on which it was needed, today by default
	"""
	if meaning == "No Resource":
		program = frappe.db.get_value("Client Case", goal.client_case, "program")
		values = {"client": goal.client, "client_case": goal.client_case, "program": program}
		values |= {"goal": goal.name, "description": description or goal.goal}
		record_unmet_need(**values, needed_on=getdate(on))
