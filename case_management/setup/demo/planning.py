"""Support plans and goals of the made-up clients, in their own words (B9 to B11, C22 to C29)."""

from datetime import date

import frappe
from frappe.model.document import Document

from case_management.setup.demo.data import get_code
from case_management.setup.demo.story import Story, add

TARGETS = {"Immediate": 14, "Short": 90, "Medium": 180, "Long": 365}
REVIEW_DAYS = {"house": 90, "outreach": 120}
SCALE = ("scale_minus_2", "scale_minus_1", "scale_0", "scale_plus_1", "scale_plus_2")


def make_plans(story: Story, number: int, until: str = "agreed") -> None:
	"""Tell the planning of the whole household, the children's plans first.

	:param until: draft, shared or agreed
	"""
	for key, (client, case) in story.members.items():
		if key not in story.plan.get("child_gap", {}):
			plan_for_member(story, key, client, case, number)
	day = story.act(number)
	doc = offer(story, story.assessment, day)
	doc.children_without_plan_reason = "; ".join(story.plan.get("child_gap", {}).values())
	doc.save()
	story.support_plan = doc.name
	for goal in story.plan["goals"]:
		make_goal(story, goal, day)
	if until == "shared" or (until == "agreed" and story.random.random() < 0.4):
		doc.share_with_client()
	if until == "agreed":
		doc.agree(on=story.act(number + 1), how="Signed, and a copy taken home", participation="Fully")


def offer(story: Story, assessment: str, day: date) -> Document:
	"""Return the draft plan of an assessment, as offered on a day."""
	plan = frappe.get_doc("Client Assessment", assessment).make_plan()["plan"]
	doc = frappe.get_doc("Support Plan", plan)
	doc.update({"offered_on": day, "review_due": add(day, REVIEW_DAYS[story.plan["program"]])})
	doc.set_by = "Client" if story.random.random() < 0.6 else "Together"
	doc.vision = "A quiet life, and a say in it."
	doc.agency_involvement_note = "Only those the client has chosen."
	return doc


def decline_plan(story: Story, number: int) -> None:
	"""Tell that the client was offered a plan and wants none (B9)."""
	code, words = story.plan["declined"]
	doc = offer(story, story.assessment, story.act(number))
	doc.offer_answer, doc.vision = "Declined", words
	doc.no_plan_reason = get_code("Reason Plan Does Not Exist", code)
	doc.save()


def plan_for_member(story: Story, key: str, client: str, case: str, number: int) -> None:
	day = story.act(number)
	assessment = frappe.db.get_value("Client Assessment", {"client_case": case, "status": "Agreed"})
	doc = offer(story, assessment, day)
	doc.vision = "To sleep, to play, and to stay at one school."
	doc.save()
	for goal in story.plan["child_goals"][key]:
		values = get_goal(story, {"key": goal}, day)
		values.update({"client": client, "client_case": case, "plan": doc.name, "responsibility": "Together"})
		frappe.get_doc(values).insert()
	doc.agree(on=day, how="Drawn together and put on the fridge", participation="In Part")


def make_goal(story: Story, told: dict, day: date) -> str:
	"""Insert a goal of the head of the household; return its name.

	Inserted rather than added by the plan's action, which begins a goal on the day it is called.
	"""
	values = get_goal(story, told, day)
	doc = story.new(**values, plan=story.support_plan)
	doc.insert()
	story.goals[told["key"]], story.told[doc.name] = doc.name, told
	return doc.name


def get_goal(story: Story, told: dict, day: date) -> dict:
	known = story.world.goals.get(told["key"]) or {"goal": told["text"], **told}
	fields = ("goal", "domain", "goal_kind", "horizon", "pace", "strength", "need")
	values = {"doctype": "Support Goal", **{name: known[name] for name in fields if name in known}}
	values |= {"set_by": "Client", "start_on": day, "target_on": add(day, TARGETS[known["horizon"]])}
	values |= {"confidence": str(story.random.randint(4, 9)), "responsibility": "Worker Does"}
	values["strategies"] = [{"strategy": text} for text in known.get("strategies", [])]
	values["steps"] = get_steps(known, day)
	values |= dict(zip(SCALE, known.get("scale", ()), strict=False))
	if "levels" in told:
		values |= {"current_level": str(told["levels"][0]), "limitations_considered": "Very small steps"}
	return values


def get_steps(known: dict, day: date) -> list[dict]:
	who = ("Client", "Together", "Worker")
	return [
		{"step": text, "responsible": who[place % 3], "due_on": add(day, 14 * (place + 1))}
		for place, text in enumerate(known.get("steps", []))
	]


def revise(story: Story, number: int, kind: str, reason: str, goals: list[dict]) -> None:
	"""Tell a revision of the plan: a new version with its reason and new goals (B14)."""
	day = story.act(number)
	name = frappe.get_doc("Support Plan", story.support_plan).revise(
		get_code("Plan Revision Reason", kind), reason
	)["plan"]
	doc = frappe.get_doc("Support Plan", name)
	doc.update({"offered_on": day, "review_due": add(day, REVIEW_DAYS[story.plan["program"]])})
	doc.save()
	story.support_plan = name
	for goal in goals:
		make_goal(story, goal, day)
	doc.agree(on=day, how="Talked over and signed", participation="Fully")
