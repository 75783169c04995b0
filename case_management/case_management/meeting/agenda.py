"""The agenda of a meeting: a row for each active goal and each strategy in use (design rule 6; C15, C39 to C42)."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate

from case_management.case_management.plan import overview, spoken
from case_management.case_management.record.actions import store
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import add_row, get_rows, set_rows

# What somebody may have typed into a row of the agenda: such a row is kept.
GOAL_WORDS = (*spoken.WORDS, *spoken.NOT_DISCUSSED)
STRATEGY_WORDS = ("tried", "effectiveness", "decision", "change_to")
# The fields that rows given to a meeting may have.
GOAL_FIELDS = ("goal", "outcome", *GOAL_WORDS)
STRATEGY_FIELDS = ("strategy_row", "goal", "strategy", *STRATEGY_WORDS)
STEP_FIELDS = ("goal", "step", "responsible", "due_on")
DECISION_FIELDS = ("decision", "decided_by", "client_choice")
ATTENDEE_FIELDS = ("kind", "person_name", "user", "agency", "invited_by_client", "may_discuss", "attended")


def set_agenda(meeting: Document) -> bool:
	"""Bring a meeting's rows up to date with the case's active goals and what is in use for them.

	Rows in which something was typed are kept, whatever became of their goal.

	:return: whether a row came, went or changed its text
	"""
	goals = get_active_goals(meeting.client_case)
	strategies = get_strategies_in_use(goals)
	before = get_agenda(meeting)
	set_rows(meeting, "goals", get_goal_rows(meeting, goals))
	set_rows(meeting, "strategies", get_strategy_rows(meeting, strategies))
	return get_agenda(meeting) != before


def get_agenda(meeting: Document) -> list[tuple]:
	goals = [(row.goal, row.goal_text, row.impediment_before) for row in meeting.goals]
	return [*goals, *[(row.goal, row.strategy_row, row.strategy) for row in meeting.strategies]]


def get_active_goals(case: str) -> dict[str, dict]:
	"""Return the case's active goals, the oldest first: code → what the agenda shows of each."""
	filters = {"client_case": case, "status": "Active"}
	fields = ["name", "goal", "impediment", "impediment_note", "impediment_since"]
	rows = frappe.get_all("Support Goal", filters=filters, fields=fields, order_by="creation, name")
	return {row.name: {"goal_text": row.goal, "impediment_before": get_impediment(row)} for row in rows}


def get_impediment(goal: frappe._dict) -> str | None:
	"""Return what is in the way of a goal as its meetings last said, in words; None if nothing is (C41)."""
	if not goal.impediment:
		return None
	label = _(frappe.get_cached_value("Case Code", goal.impediment, "label") or goal.impediment)
	lines = [_("{0} (since {1})").format(label, formatdate(goal.impediment_since)), goal.impediment_note]
	return "\n".join(line for line in lines if line)


def get_strategies_in_use(goals: dict[str, dict]) -> dict[str, frappe._dict]:
	if not goals:
		return {}
	filters = {"parenttype": "Support Goal", "parent": ("in", list(goals)), "status": "In Use"}
	rows = frappe.get_all(
		"Goal Strategy", filters=filters, fields=["name", "parent", "strategy"], order_by="parent, idx"
	)
	return {row.name: row for row in rows}


def get_goal_rows(meeting: Document, goals: dict[str, dict]) -> list:
	kept = [row for row in meeting.goals if row.goal in goals or is_goal_touched(row)]
	for row in kept:
		row.update(goals.get(row.goal, {}))
	there = {row.goal for row in kept}
	return kept + [
		{"goal": goal, "outcome": "Continue", **shown} for goal, shown in goals.items() if goal not in there
	]


def is_goal_touched(row: Document) -> bool:
	return row.outcome not in (None, "", "Continue") or any(row.get(field) for field in GOAL_WORDS)


def get_strategy_rows(meeting: Document, strategies: dict[str, frappe._dict]) -> list:
	touched = [row for row in meeting.strategies if any(row.get(field) for field in STRATEGY_WORDS)]
	kept = [row for row in meeting.strategies if row.strategy_row in strategies or row in touched]
	for row in kept:
		row.strategy = strategies.get(row.strategy_row, row).strategy
	there = {row.strategy_row for row in kept}
	return kept + [
		{"goal": row.parent, "strategy": row.strategy, "strategy_row": name}
		for name, row in strategies.items()
		if name not in there
	]


def is_agenda_changed(goal: Document) -> bool:
	"""Tell whether a goal's save changes what scheduled meetings show of it (C39, C41, C42)."""
	fields = ("status", "goal", "impediment", "impediment_note", "impediment_since")
	before = goal.get_doc_before_save()
	strategies = [
		[(row.name, row.strategy, row.status) for row in doc.strategies] for doc in (before, goal) if doc
	]
	return any(map(goal.has_value_changed, fields)) or strategies[0] != strategies[-1]


def update_agendas(case: str) -> None:
	"""Bring the scheduled meetings of a case up to date after one of its goals changed."""
	for name in frappe.get_all(
		"Case Meeting", filters={"client_case": case, "status": "Scheduled"}, pluck="name"
	):
		meeting = frappe.get_doc("Case Meeting", name, for_update=True)
		if set_agenda(meeting):
			store(meeting)


def get_open_steps(meeting: Document) -> list[frappe._dict]:
	"""Return the open steps of the case's live goals, to be talked through (C15)."""
	return overview.get_open_steps(overview.get_live_goals(meeting.client_case))


def set_steps_done(meeting: Document, given: list | str | None) -> None:
	"""Note which of the open steps are done, for their goals to take over (C15, C33).

	:param given: the names of their rows
	:raises frappe.ValidationError: one is no open step of the case
	"""
	open_steps = {step.step_row: step.goal for step in get_open_steps(meeting)}
	rows = [row["step_row"] for row in get_rows(meeting, _("Steps"), given, ("step_row",), "step_row")]
	if strange := [row for row in rows if row not in open_steps]:
		refuse(
			meeting,
			_("“{0}” is no open step of the case {1}.").format(strange[0], meeting.client_case),
			_("Name the rows of its goals' open steps."),
		)
	meeting.flags.steps_done = {row: open_steps[row] for row in rows}


def set_words(meeting: Document, said: dict) -> None:
	"""Write what was said in a meeting into its rows.

	:param said: `goals`, `strategies`, `next_steps`, `decisions` and `attendees` as they came from outside
	:raises frappe.ValidationError: a row names what is not there, or has a field it cannot have
	"""
	set_goal_words(meeting, get_rows(meeting, _("Goals"), said["goals"], GOAL_FIELDS))
	set_strategy_words(meeting, get_rows(meeting, _("Strategies"), said["strategies"], STRATEGY_FIELDS))
	set_attendance(meeting, get_rows(meeting, _("Attendees"), said["attendees"], ATTENDEE_FIELDS))
	for values in get_rows(meeting, _("Next Steps"), said["next_steps"], STEP_FIELDS):
		add_row(meeting, "next_steps", values)
	for values in get_rows(meeting, _("Decisions"), said["decisions"], DECISION_FIELDS, "decision"):
		add_row(meeting, "decisions", values)


def set_goal_words(meeting: Document, rows: list[dict]) -> None:
	"""Write what was said of goals into their rows.

	:param rows: `goal` and fields of Meeting Goal
	:raises frappe.ValidationError: a goal is named twice
	"""
	said = [row.pop("goal", None) for row in rows]
	for goal, values in zip(said, rows, strict=True):
		if said.count(goal) > 1:
			refuse_twice(meeting, goal)
		row = next((row for row in meeting.goals if row.goal == goal), None)
		row = row or meeting.append("goals", {"goal": goal, "outcome": "Continue"})
		row.update(values)


def set_strategy_words(meeting: Document, rows: list[dict]) -> None:
	"""Write how strategies went into their rows, found by `strategy_row`, or by `goal` and `strategy`.

	:raises frappe.ValidationError: the meeting has no such strategy
	"""
	for values in rows:
		wanted = {
			field: values.pop(field) for field in ("strategy_row", "goal", "strategy") if field in values
		}
		found = [row for row in meeting.strategies if all(row.get(key) == wanted[key] for key in wanted)]
		if len(found) != 1 or not wanted:
			refuse(
				meeting,
				_("“{0}” names no single strategy of this meeting.").format(wanted.get("strategy") or ""),
				_("Name the goal and the strategy as they stand in the meeting's rows."),
			)
		found[0].update(values)


def set_attendance(meeting: Document, rows: list[dict]) -> None:
	"""Write who was there: into the row of that kind and person if there is one, else as a new row."""
	for values in rows:
		if not values.get("kind"):
			refuse(
				meeting, _("An attendee has a kind."), _("Say who it is: Client, Case Manager, Advocate …")
			)
		who = {key: values[key] for key in ("kind", "user", "person_name") if values.get(key)}
		row = next(
			(row for row in meeting.attendees if all(row.get(key) in (who[key], None) for key in who)), None
		)
		if row and row.kind == who.get("kind"):
			row.update(values)
		else:
			add_row(meeting, "attendees", values)


def validate_agenda(meeting: Document) -> None:
	"""Refuse rows about goals of another case, a goal that is there twice, and a change of strategy to nothing."""
	validate_goals_of_case(meeting)
	goals = [row.goal for row in meeting.goals]
	for goal in goals:
		if goals.count(goal) > 1:
			refuse_twice(meeting, goal)
	for row in meeting.strategies:
		if meeting.status == "Held" and row.decision == "Change" and not row.change_to:
			refuse(
				meeting,
				_("The strategy “{0}” changes to nothing.").format(row.strategy),
				_("Say what it changes to, or choose Stop."),
			)


def refuse_twice(meeting: Document, goal: str) -> NoReturn:
	refuse(meeting, _("The goal {0} is there twice.").format(goal), _("Keep one row for each goal."))


def validate_goals_of_case(meeting: Document) -> None:
	named = {row.goal for row in [*meeting.goals, *meeting.strategies, *meeting.next_steps] if row.goal}
	filters = {"name": ("in", named), "client_case": meeting.client_case}
	known = set(frappe.get_all("Support Goal", filters=filters, pluck="name")) if named else set()
	if strange := named - known:
		refuse(
			meeting,
			_("“{0}” is no goal of the case {1}.").format(", ".join(sorted(strange)), meeting.client_case),
			_("Name one of its goals by its code."),
		)
