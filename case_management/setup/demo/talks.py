"""Meetings of the made-up clients: each goal in turn, with both ratings and what comes next (C21, C39 to C47)."""

import frappe
from frappe.model.document import Document

from case_management.setup.demo.cycle import schedule
from case_management.setup.demo.data import get_code
from case_management.setup.demo.planning import get_goal
from case_management.setup.demo.story import Story, add


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


def hold(story: Story, doc: Document, number: int, place: int, count: int, **more: object) -> None:
	values = {
		"held_on": story.day(number),
		"goals": [get_goal_row(story, row, place, count) for row in doc.goals],
		"strategies": [get_strategy_row(story, row, place) for row in doc.strategies],
		"attendees": [*get_attendees(story, place), *more.pop("attendees", [])],
		"summary": story.pick("summaries"),
		"participation": "In Part" if story.random.random() < 0.15 else "Fully",
		"feedback_asked": int(place % 4 == 2),
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
	doc.hold(**{**values, **more})


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
	"""Return what becomes of a goal in this meeting, and the goal that follows it; after a while also who does it."""
	values = {}
	if place > count * 0.3:
		values["responsibility"] = get_responsibility(place / max(count, 1))
	if becomes := told.get("becomes", {}).get(str(place)):
		outcome, follows = becomes
		values["outcome"] = outcome
		if follows:
			values["follow_on_goal"] = story.world.goals[follows]["goal"]
	return values


def get_responsibility(done: float) -> str:
	"""Return who does a goal after this share of the meetings: more and more the client."""
	return "Together" if done < 0.6 else "Client With Support" if done < 0.85 else "Client Alone"


def get_strategy_row(story: Story, row: Document, place: int) -> dict:
	values = {"strategy_row": row.strategy_row, "tried": 1, "decision": "Keep"}
	values["effectiveness"] = story.random.choice(("Worked", "Worked", "Partly", "Partly", "Not"))
	if values["effectiveness"] == "Not" and place % 4 == 1:
		values["decision"] = "Stop"
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
	name = frappe.db.get_value("Support Goal", {"follows_goal": story.goals[key]}, "name")
	told = {"key": follows, "rates": [2, 6]}
	doc = frappe.get_doc("Support Goal", name)
	doc.update({**get_goal(story, told, story.day(number)), "responsibility": doc.responsibility})
	doc.save()
	story.goals[follows], story.told[name] = name, told
