"""How the support of the made-up clients ends, and what comes after (B21 to B24, C48 to C52)."""

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from case_management.setup.demo import voices
from case_management.setup.demo.actors import act
from case_management.setup.demo.assessment import reassess
from case_management.setup.demo.data import get_code
from case_management.setup.demo.story import Story, add


def plan_exit(story: Story) -> None:
	"""Tell the exit planning as far as the fixtures say: draft, shared, agreed, or agreed before the case closed."""
	ending = story.plan["exit"]
	day = story.act(ending["plan"])
	planned = (
		add(story.day(story.plan["began"]), ending["planned"])
		if "planned" in ending
		else story.day(ending["close"])
	)
	name = story.get_case().plan_exit(planned_exit_on=planned, on=day)["exit_plan"]
	doc = frappe.get_doc("Exit Plan", name)
	fill(story, doc, ending, day)
	doc.save()
	if "shared" in ending:
		story.act(ending["shared"])
		doc.share_with_client()
	if "agreed" in ending:
		agree(story, doc, ending)


def fill(story: Story, doc: Document, ending: dict, day: object) -> None:
	doc.update({"offered_on": day, "participation": "Fully", "set_by": "Client"})
	doc.destination = get_code("Exit Destination", ending.get("destination"))
	for row in doc.achievements:
		row.how_kept, row.who_helps = "Goes on as before, a little at a time", story.person["name"].split()[0]
	for row in doc.ongoing_needs:
		row.who_helps = "The people named below"
	doc.append(
		"supports", {"kind": "Support Group", "support_name": "Tuesday Circle (made-up)", "linked_on": day}
	)
	if "culture" in story.person:
		doc.append(
			"supports", {"kind": "Cultural Group", "support_name": "Their own community", "linked_on": day}
		)
	doc.follow_up_assessed = "Together"
	if "follow_up" in ending:
		left = story.day(ending["close"]) if "close" in ending else doc.planned_exit_on
		rows = [
			{"due_on": add(left, days), "way": "Phone, not in the morning"} for days in ending["follow_up"]
		]
		doc.update({"follow_up_needed": 1, "follow_up_consent": 1, "follow_ups": []})
		for row in rows:
			doc.append("follow_ups", row)


def agree(story: Story, doc: Document, ending: dict) -> None:
	doc.agree(on=story.act(ending["agreed"]), how="Signed at the kitchen table")
	if "revised" in ending:
		day = story.act(ending["revised"])
		doc = frappe.get_doc(
			"Exit Plan", doc.revise(reason="He moves in with a friend instead.")["exit_plan"]
		)
		doc.offered_on = day
		doc.save()
		doc.agree(on=day, how="Signed again")
	if "given" in ending:
		doc.give_to_client(on=story.act(ending["given"]))


def close(story: Story) -> None:
	"""Tell the closure of the case and of those of the household."""
	ending = story.plan["exit"]
	day = story.act(ending["close"])
	finish_steps(story)
	if "plan" in ending:
		reassess(story, ending["close"], kind="Exit")
	case = story.get_case()
	if "evaluation" in ending:
		offer_evaluation(story, case, ending, day)
	for _client, member in story.members.values():
		close_member(story, member, ending, day)
	case.close(closed_on=day, cancel_meetings=1, note=ending.get("note"), **get_end(ending))
	tidy_meetings(story, day)


def offer_evaluation(story: Story, case: Document, ending: dict, day: object) -> None:
	"""Tell the offer of an evaluation, and what the client said in it (B24)."""
	values = {"answer": ending["evaluation"], "support": "The questions were read aloud"}
	feedback = case.offer_evaluation(on=day, **values)["feedback"]
	if "says" in ending:
		voices.give(story, frappe.get_doc("Client Feedback", feedback), day, ending["close"], ending["says"])
		story.act(ending["close"])


def get_end(ending: dict) -> dict:
	return {
		"end_reason": get_code("Support Period End Reason", ending["end_reason"]),
		"destination": get_code("Exit Destination", ending["destination"]),
		"exception": get_code("Closure Without Exit Plan", ending.get("exception")),
	}


def close_member(story: Story, case: str, ending: dict, day: object) -> None:
	"""Close a child's case with the parent's: the exit plan of the parent covers both."""
	doc = frappe.get_doc("Client Case", case)
	drop_steps(case)
	doc.offer_evaluation(on=day, answer="Declined")
	end = {
		**get_end(ending),
		"exception": get_code("Closure Without Exit Plan", ending.get("exception", "other")),
	}
	doc.close(closed_on=day, cancel_meetings=1, note="Closed with the parent's case.", **end)


def finish_steps(story: Story) -> None:
	drop_steps(story.case)


def drop_steps(case: str) -> None:
	"""Drop what is still open: a case does not close with open steps."""
	filters = {"client_case": case, "status": ("in", ("Proposed", "Active", "On Hold"))}
	for name in frappe.get_all("Support Goal", filters=filters, pluck="name"):
		goal = frappe.get_doc("Support Goal", name)
		for row in [row.name for row in goal.steps if row.status == "Open"]:
			goal.drop_step(step_row=row)


def tidy_meetings(story: Story, day: object) -> None:
	"""Date the cancelled meetings after the closure: the cycle had made them for days to come from today."""
	cases = [story.case, *[case for _client, case in story.members.values()]]
	filters = {
		"client_case": ("in", cases),
		"status": "Cancelled",
		"scheduled_on": (">", frappe.utils.now_datetime()),
	}
	when = get_datetime(add(day, 7)).replace(hour=10)
	frappe.db.set_value("Case Meeting", filters, "scheduled_on", when, update_modified=False)


def follow_up(story: Story) -> None:
	"""Tell what came of the follow-ups, by the leader: the team's access has ended by then."""
	due = frappe.get_all("Case Follow Up", {"client_case": story.case}, ["name", "due_on"], order_by="due_on")
	for row, outcome in zip(due, story.plan["exit"].get("outcomes", []), strict=False):
		act(story.lead, row.due_on)
		doc = frappe.get_doc("Case Follow Up", row.name)
		what, words, *kept = outcome
		if what == "done":
			again = int(kept[0] == "No")
			doc.record_done(
				outcome=words, on=row.due_on, achievements_kept=kept[0], needs_support_again=again
			)
		elif what == "not_reached":
			doc.not_reached(note=words, on=row.due_on)
		else:
			doc.cancel(reason=words)


def reopen(story: Story) -> int:
	"""Tell that the person came back; return the day."""
	again = story.plan["reopen"]
	day = story.act(again["day"], story.lead)
	story.get_case().reopen(reason=again["reason"], on=day)
	return again["day"]


def date_event(case: str, event: str, day: object) -> None:
	"""Date a line of the case's history: the app dates it on the day it is written, this one is older."""
	rows = {"parenttype": "Client Case", "parent": case, "event": event}
	frappe.db.set_value("Case Event", rows, "on_date", day, update_modified=False)
