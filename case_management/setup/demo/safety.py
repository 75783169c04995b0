"""Danger, and what is done about it: safety plans and critical incidents of the made-up clients (B12)."""

from datetime import date, datetime, timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from case_management.setup.demo.data import get_code
from case_management.setup.demo.story import Story, add

PLAN_WORDS = ("warning_signs", "safe_places", "what_to_do", "children_safety", "copy_is_safe", "people")


def plan_safety(story: Story, number: int, **told: object) -> None:
	"""Tell a first safety plan; the client is given it where a copy is safe with them."""
	day = story.act(number)
	doc = story.new("Safety Plan", made_on=day, set_by="Client")
	doc.update({field: told[field] for field in PLAN_WORDS if field in told})
	doc.insert()
	give(doc, day)


def give(doc: Document, day: date) -> None:
	if doc.copy_is_safe:
		doc.give_to_client(on=day)


def get_current(story: Story) -> Document:
	return frappe.get_doc("Safety Plan", {"client": story.client, "is_current": 1})


def review_plan(story: Story, number: int, note: str, again: int = 30) -> None:
	"""Tell that the plan was gone through and still fits.

	:param again: days until the next review
	"""
	day = story.act(number)
	get_current(story).review(on=day, note=note, next_review_on=add(day, again))


def revise_plan(story: Story, number: int, reason: str, again: int = 30, **told: object) -> None:
	"""Tell that the plan was revised: a new version.

	:param again: days until the next review
	"""
	day = story.act(number)
	doc = frappe.get_doc("Safety Plan", get_current(story).revise(reason=reason, on=day)["plan"])
	doc.update({field: told[field] for field in PLAN_WORDS if field in told})
	doc.review_due = add(day, again)
	doc.save()
	give(doc, day)


def record_incident(
	story: Story,
	number: int,
	kind: str,
	happened: str,
	did: str,
	hour: int = 20,
	at_risk: list[dict] | None = None,
	risk: int = 0,
	report: list | None = None,
	ended: list | None = None,
	closed: list | None = None,
	**more: object,
) -> None:
	"""Tell a critical incident as far as it came.

	:param report: to whom it was reported, and the days that took
	:param ended: how the risk ended, and after how many days
	:param closed: what was learned, after how many days, and what came of the follow-up
	"""
	day = story.act(number)
	occurred = get_datetime(day) - timedelta(hours=24 - hour)
	doc = story.new("Critical Incident", occurred_on=occurred, what_happened=happened, actions_taken=did)
	doc.update({"incident_type": get_code("Incident Type", kind), "ongoing_risk": risk, **more})
	doc.reportable = int(bool(report))
	doc.set("people_at_risk", at_risk or [])
	doc.insert()
	date_telling(doc, occurred)
	if report:
		doc.report(to=report[0], on=story.act(number + report[1]), reference="EXAMPLE-1")
	if ended:
		doc.end_risk(on=story.act(number + ended[1]), note=ended[0])
	if closed:
		words, days, *outcome = closed
		doc.close(
			on=story.act(number + days, story.lead), note=words, follow_up_outcome=next(iter(outcome), None)
		)


def date_telling(doc: Document, occurred: datetime) -> None:
	"""Date when the leader was told: the app tells at once, and this was a while ago."""
	if doc.lead_told_on:
		doc.db_set("lead_told_on", occurred + timedelta(hours=1), update_modified=False)
