"""Meetings of the made-up clients: each goal in turn, with both ratings and what comes next (C21, C39 to C47)."""

from datetime import date, datetime, timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from case_management.setup.demo.data import get_code
from case_management.setup.demo.story import Story, add

HOURS = {"house": 10, "outreach": 14}
INTERVAL = {"house": 14, "outreach": 42}


def get_days(story: Story, first: int, last: int) -> list[int]:
	"""Return the days of the cycle's meetings, none of them today: that one is still to come."""
	shift = max(0, story.day(first).weekday() - 4)
	start = first + (3 - shift if shift else 0)
	days = range(start, last, INTERVAL[story.plan["program"]])
	return [number for number in days if number < story.plan["began"]]


def meet(story: Story, number: int, place: int, count: int) -> None:
	"""Tell the meeting of a day: held, or missed.

	:param place: which of the `count` meetings it is, from 1
	"""
	doc = schedule(story, number)
	missed = story.plan.get("missed", {}).get(str(place))
	if missed:
		doc.miss(reason=get_code("Missed Meeting Reason", missed), on=story.day(number))
	else:
		hold(story, doc, number, place, count)
		after_meeting(story, number, place)


def schedule(story: Story, number: int, kind: str = "Case Management") -> Document:
	"""Return the meeting of a day, linked to the one before.

	The cycle only makes meetings to come, so one of the past is scheduled by hand, and the last one's next meeting
	is set in the database.
	"""
	day = story.act(number)
	when = get_datetime(day) + timedelta(hours=HOURS[story.plan["program"]])
	doc = frappe.get_doc(
		"Case Meeting", story.get_case().schedule_meeting(scheduled_on=when, kind=kind)["meeting"]
	)
	if doc.previous_meeting and kind == "Case Management":
		frappe.db.set_value(
			"Case Meeting", doc.previous_meeting, "next_meeting", doc.name, update_modified=False
		)
	if "interpreter" in story.person:
		book_interpreter(doc, day)
	return doc


def book_interpreter(doc: Document, day: date) -> None:
	doc.update(
		{
			"interpreter_required": 1,
			"interpreter_type": "Phone",
			"interpreter_provider": "Imaginary Interpreters",
		}
	)
	doc.interpreter_booked_on = add_days(min(day, getdate()), -5)
	doc.save()


def hold(story: Story, doc: Document, number: int, place: int, count: int, **more: object) -> None:
	values = {
		"held_on": story.day(number),
		"goals": [get_goal_row(story, row, place, count) for row in doc.goals],
		"strategies": [get_strategy_row(story, row, place) for row in doc.strategies],
		"attendees": [*get_attendees(story, place), *more.pop("attendees", [])],
		"summary": story.pick("summaries"),
		"participation": "In Part" if story.random.random() < 0.15 else "Fully",
	}
	if place % 3 == 0:
		decision, who, choice = story.pick("decisions")
		values["decisions"] = [{"decision": decision, "decided_by": who, "client_choice": choice}]
	if place % 4 == 1 and doc.goals:
		step = {
			"goal": doc.goals[0].goal,
			"step": "Try it once before we meet again",
			"responsible": "Client",
		}
		values["next_steps"] = [{**step, "due_on": add(story.day(number), 14)}]
	doc.hold(**values, **more)


def get_goal_row(story: Story, row: Document, place: int, count: int) -> dict:
	"""Return what was said of a goal: its rating moves along its way, with ups and downs."""
	told = story.told.get(row.goal, {})
	values = {"goal": row.goal}
	start, end = told.get("rates", (3, 6))
	own = start + (end - start) * place / max(count, 1) + story.random.choice((-1, 0, 0, 0, 1))
	own = max(0, min(10, round(own)))
	delta = own - told.get("last", start)
	told["last"] = own
	values |= {
		"client_rating": str(own),
		"worker_rating": str(max(0, min(10, own + story.random.choice((-2, -1, 0, 0, 1))))),
	}
	values["progress"] = story.random.choice(story.world.words["progress"][get_trend(delta)])
	if "levels" in told:
		first, last = told["levels"]
		values["level"] = str(round(first + (last - first) * place / max(count, 1)))
	if delta < 0:
		code, note = story.pick("impediments")
		values |= {"impediment": get_code("Impediment", code), "impediment_note": note}
	return values | get_outcome(story, told, place, count)


def get_trend(delta: int) -> str:
	return "up" if delta > 0 else "down" if delta < 0 else "same"


def get_outcome(story: Story, told: dict, place: int, count: int) -> dict:
	"""Return what becomes of a goal in this meeting, and the goal that follows it; later also who does it."""
	values = {}
	if place > count * 0.6:
		values["responsibility"] = "Client With Support" if place < count * 0.85 else "Client Alone"
	if becomes := told.get("becomes", {}).get(str(place)):
		outcome, follows = becomes
		values["outcome"] = outcome
		if follows:
			values["follow_on_goal"] = story.world.goals[follows]["goal"]
	return values


def get_strategy_row(story: Story, row: Document, place: int) -> dict:
	values = {"strategy_row": row.strategy_row, "tried": 1, "decision": "Keep"}
	values["effectiveness"] = story.random.choice(("Worked", "Worked", "Partly", "Partly", "Not"))
	if values["effectiveness"] == "Not" and place % 4 == 0:
		values |= {"decision": "Change", "change_to": f"{row.strategy.split(',')[0]}, together with somebody"}
	return values


def get_attendees(story: Story, place: int) -> list[dict]:
	rows = [{"kind": "Client", "attended": 1}, {"kind": "Case Manager", "user": story.worker, "attended": 1}]
	if "interpreter" in story.person:
		rows.append({"kind": "Interpreter", "person_name": "Imaginary Interpreters", "attended": 1})
	if place % 3 == 2:
		for person in story.person.get("support", []):
			invited = {
				"kind": person["kind"],
				"person_name": person["person_name"],
				"may_discuss": person["note"],
			}
			rows.append({**invited, "invited_by_client": 1, "attended": 1})
	return rows


def after_meeting(story: Story, number: int, place: int) -> None:
	"""Do what was agreed: a step is done now and then, and a goal that follows gets its first step."""
	if place % 2 == 0:
		complete_a_step(story, number)
	for key, name in list(story.goals.items()):
		becomes = story.told[name].get("becomes", {}).get(str(place))
		if becomes and becomes[1]:
			take_up(story, key, becomes[1], number)


def complete_a_step(story: Story, number: int) -> None:
	for name in story.goals.values():
		goal = frappe.get_doc("Support Goal", name)
		row = next((row for row in goal.steps if row.status == "Open"), None)
		if goal.status == "Active" and row:
			goal.complete_step(step_row=row.name, on=story.day(number))
			return


def take_up(story: Story, key: str, follows: str, number: int) -> None:
	"""Write strategies and steps into a goal that was formulated in the meeting."""
	from case_management.setup.demo.planning import get_goal

	name = frappe.db.get_value("Support Goal", {"follows_goal": story.goals[key]}, "name")
	told = {"key": follows, "rates": [2, 6]}
	doc = frappe.get_doc("Support Goal", name)
	doc.update({**get_goal(story, told, story.day(number)), "responsibility": doc.responsibility})
	doc.save()
	story.goals[follows], story.told[name] = name, told


def set_next(story: Story, last: int | None) -> None:
	"""Move the meeting to come to where the cycle has it, which counts from the last meeting and not from today."""
	story.act(story.plan["began"])
	filters = {"client_case": story.case, "status": "Scheduled", "kind": "Case Management"}
	name = frappe.db.get_value("Case Meeting", filters, "name", order_by="scheduled_on")
	if not name:
		return
	if last is not None:
		link(story, name)
	doc = frappe.get_doc("Case Meeting", name)
	doc.reschedule(scheduled_on=get_next_time(story, last))
	if "interpreter" in story.person:
		book_interpreter(frappe.get_doc("Case Meeting", name), getdate())


def link(story: Story, name: str) -> None:
	"""Link the last meeting and the one to come, which was made when the case became active."""
	filters = {"client_case": story.case, "status": ("in", ("Held", "Missed")), "kind": "Case Management"}
	previous = frappe.db.get_value("Case Meeting", filters, "name", order_by="scheduled_on desc")
	frappe.db.set_value("Case Meeting", name, "previous_meeting", previous, update_modified=False)


def get_next_time(story: Story, last: int | None) -> datetime:
	interval, now = INTERVAL[story.plan["program"]], now_datetime()
	ahead = story.plan.get("next")
	if ahead is None:
		since = story.plan["began"] - (last or 0)
		ahead = -since % interval or interval
	when = get_datetime(add_days(getdate(), ahead)) + timedelta(hours=HOURS[story.plan["program"]])
	evening = now.replace(hour=23, minute=30, second=0, microsecond=0)
	later = min(max(when, now + timedelta(hours=2)), evening) if ahead == 0 else when
	return later.replace(second=0, microsecond=0)
