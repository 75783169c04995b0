"""Assessments of the made-up clients: what goes well, what is needed, in their ratings and the worker's (B5 to B8)."""

from datetime import date

import frappe
from frappe.model.document import Document

from case_management.setup.demo.data import get_code
from case_management.setup.demo.people import is_child
from case_management.setup.demo.story import Story

SENSITIVE = "Alcohol, Drugs and Gambling"


def assess(story: Story, number: int, share_only: bool = False, draft_only: bool = False) -> None:
	"""Tell the assessment of the whole household, the children's first."""
	for key, (client, case) in story.members.items():
		if key not in story.plan.get("child_gap", {}):
			assess_member(story, key, client, case, number)
	day = story.act(number)
	doc = frappe.get_doc("Client Assessment", story.get_case().start_assessment()["assessment"])
	story.assessment = doc.name
	fill(story, doc, story.plan["who"], day)
	doc.children_not_assessed_reason = "; ".join(story.plan.get("child_gap", {}).values())
	doc.save()
	if draft_only:
		return
	if story.random.random() < 0.4 or share_only:
		doc.share_with_client()
	if not share_only:
		doc.agree(on=story.act(number + 2), how="Read together, and signed", participation="Fully")


def assess_member(story: Story, key: str, client: str, case: str, number: int) -> None:
	day = story.act(number)
	doc = frappe.get_doc(
		"Client Assessment", frappe.get_doc("Client Case", case).start_assessment()["assessment"]
	)
	fill(story, doc, key, day)
	doc.save()
	participation = "Fully" if story.world.people[key]["age"] > 6 else "In Part"
	doc.agree(on=day, how="Told in their own way, with a parent", participation=participation)


def reassess(story: Story, number: int, kind: str = "Reassessment") -> None:
	"""Tell a later assessment, in which what was worked on has moved (B18)."""
	day = story.act(number)
	doc = frappe.get_doc("Client Assessment", story.get_case().start_assessment(kind=kind)["assessment"])
	fill(story, doc, story.plan["who"], day, better=3)
	doc.save()
	doc.agree(on=day, how="Looked at both pictures side by side", participation="Fully")


def correct(story: Story, number: int, reason: str) -> None:
	"""Tell that an agreed assessment was revised: the version before it is superseded (design rule 4)."""
	day = story.act(number)
	first = frappe.get_doc("Client Assessment", story.assessment)
	doc = frappe.get_doc("Client Assessment", first.revise(reason=reason)["assessment"])
	doc.assessed_on = day
	doc.summary = f"{doc.summary} {reason}"
	doc.save()
	doc.agree(on=day, how="Read again together", participation="Fully")
	story.assessment = doc.name


def fill(story: Story, doc: Document, key: str, day: date, better: int = 0) -> None:
	"""Write what was said of each life domain; those of the person's goals are the ones in need."""
	person = story.world.people[key]
	needs = get_needs(story, key)
	doc.assessed_on = day
	doc.set_by = "Client" if person["age"] > 12 else "Together"
	for row in doc.domains:
		fill_domain(story, row, needs.get(row.domain), better)
	doc.summary = "What goes well stands first here, and what is wanted next stands at the end."
	if not is_child(person):
		add_context(story, doc, person)


def get_needs(story: Story, key: str) -> dict[str, dict]:
	"""Return what the person's goals are about: life domain → the goal of the fixtures."""
	if key == story.plan["who"]:
		goals = [goal["key"] for goal in story.plan.get("goals", [])]
	else:
		goals = story.plan.get("child_goals", {}).get(key, [])
	known = [story.world.goals[goal] for goal in goals if goal in story.world.goals]
	return {goal["domain"]: goal for goal in known}


def fill_domain(story: Story, row: Document, goal: dict | None, better: int) -> None:
	if not goal and not row.required and story.random.random() < 0.5:
		row.discussed = "Client Declined" if row.domain == SENSITIVE else "Not Discussed"
		return
	own = story.random.randint(1, 3) + better if goal else story.random.randint(5, 8)
	row.client_rating = str(own)
	row.worker_rating = str(max(0, min(10, own + story.random.choice((-1, 0, 0, 1, 2)))))
	if goal:
		row.update({"in_need": 1, "present_need": goal["need"], "strength": goal.get("strength")})
		row.possible_future_need = "May come back when things get tight"
	elif story.random.random() < 0.4:
		row.strength, row.past_achievement = story.pick("strengths"), story.pick("achievements")


def add_context(story: Story, doc: Document, person: dict) -> None:
	kind, limitation, answer = story.pick("limitations")
	row = {"kind": kind, "limitation": limitation, "taken_into_account": answer}
	if not doc.limitations:
		doc.append("limitations", row)
	doc.no_contributors_reason = "The client wanted to begin without others."
	if "interpreter" in person and not doc.participation_supports:
		doc.append("participation_supports", {"support": get_code("Support Used", "interpreter")})
