"""The exit plan's first draft: what was achieved, what goes on, and who helps (C48 to C52)."""

from datetime import date

import frappe
from frappe.model.document import Document

from case_management.case_management.record.actions import store
from case_management.case_management.record.agreement import get_latest_version

ACHIEVED = ("Achieved", "Sustaining")
UNFINISHED = ("Active", "On Hold", "Deferred")
SUPPORT_KINDS = {"Trusted Friend": "Friend", "Family Member": "Relative"}


def make_exit_plan(case: Document, planned_exit_on: date | None = None) -> Document:
	"""Return the case's exit plan that is not completed; a new draft filled from the record if there is none."""
	plan = get_latest_version("Exit Plan", {"client_case": case.name, "status": ("!=", "Completed")})
	if plan:
		return plan
	goals = get_goals(case)
	plan = frappe.new_doc("Exit Plan")
	plan.update(
		{
			"client": case.client,
			"client_case": case.name,
			"planned_exit_on": planned_exit_on,
			"achievements": [
				{"achievement": goal.goal, "goal": goal.name} for goal in goals if goal.status in ACHIEVED
			],
			"ongoing_needs": get_ongoing_needs(goals),
			"supports": [*get_support_persons(case), *get_agencies(case)],
		}
	)
	return store(plan)


def get_ongoing_needs(goals: list[frappe._dict]) -> list[dict]:
	"""Return what goes on: the goals that are not finished (C50)."""
	return [{"need": goal.goal, "domain": goal.domain} for goal in goals if goal.status in UNFINISHED]


def get_goals(case: Document) -> list[frappe._dict]:
	return frappe.get_all(
		"Support Goal",
		filters={"client_case": case.name},
		fields=["name", "goal", "domain", "status"],
		order_by="creation",
	)


def get_support_persons(case: Document) -> list[dict]:
	"""Return the friends and relatives the client has chosen."""
	return [
		{"kind": SUPPORT_KINDS[person.kind], "support_name": person.person_name, "contact": person.contact}
		for person in frappe.get_doc("Client", case.client).support_persons
		if person.kind in SUPPORT_KINDS
	]


def get_agencies(case: Document) -> list[dict]:
	"""Return the agencies that accepted a referral, which may go on helping."""
	referrals = frappe.get_all(
		"Case Referral",
		filters={"client_case": case.name, "status": ("in", ("Accepted", "Completed"))},
		fields=["agency", "answered_on"],
		order_by="creation",
	)
	linked = {row.agency: row.answered_on for row in referrals}
	return [
		{"kind": "Service Provider", "support_name": agency, "linked_on": linked_on}
		for agency, linked_on in linked.items()
	]
