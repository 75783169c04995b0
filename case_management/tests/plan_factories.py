"""Makers of assessments, plans, goals, meetings and notes for tests; each keeps every rule."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.tests.factories import make_active_case, make_client, make_program

NO_TIME = "Reason a Goal Was Not Discussed-no-time"


def make_domain(name: str = "Test Housing", scores: tuple[int, ...] = (), **values) -> str:
	if not frappe.db.exists("Assessment Domain", name):
		levels = [{"score": score, "label": f"Level {score}"} for score in scores]
		domain = {"doctype": "Assessment Domain", "domain_name": name, "levels": levels, **values}
		frappe.get_doc(domain).insert(ignore_permissions=True)
	return name


def make_template(
	name: str = "Test Adult", for_whom: str = "Adult", domains: dict[str, int] | None = None
) -> str:
	"""Return a template of these domains; the value tells whether a domain is required."""
	domains = domains or {make_domain(): 1, make_domain("Test Leisure"): 0}
	if not frappe.db.exists("Assessment Template", name):
		rows = [{"domain": domain, "required": required} for domain, required in domains.items()]
		template = {"doctype": "Assessment Template", "template_name": name, "for_whom": for_whom}
		frappe.get_doc({**template, "domains": rows}).insert(ignore_permissions=True)
	return name


def make_support_program(name: str = "Test Residence", **values) -> Document:
	"""Return a compulsory program with templates of its own, that meets fortnightly at ten."""
	templates = {
		"assessment_template": make_template(),
		"child_assessment_template": make_template(
			"Test Child", "Child", {make_domain("Test Child: Play"): 1}
		),
	}
	return make_program(name, **{"meeting_time": "10:00", **templates, **values})


def make_support_case(client: Document | None = None, **values) -> Document:
	"""Return an Active case of the compulsory program, opened 30 days ago, of worker@staff.example.org."""
	return make_active_case(client, values.pop("program", None) or make_support_program(), **values)


def make_child_case(head: Document, birth_date: str | None = None) -> Document:
	"""Return the Active case of a child of eight in the household of `head`."""
	child = make_client("Test Child", birth_date=birth_date or add_days(today(), -8 * 366))
	return make_support_case(child, head_case=head.name)


def make_assessment(case: Document, rated: bool = True, **values) -> Document:
	"""Return a draft assessment, all of whose domains are rated 4 by the client if asked."""
	doc = {"doctype": "Client Assessment", "client": case.client, "client_case": case.name, **values}
	assessment = store(frappe.get_doc(doc))
	if rated:
		for row in assessment.domains:
			row.client_rating = "4"
		assessment.save(ignore_permissions=True)
	return assessment


def make_agreed_assessment(case: Document, **values) -> Document:
	assessment = make_assessment(case, **values)
	assessment.agree(how="Spoken")
	return frappe.get_doc("Client Assessment", assessment.name)


def make_plan(case: Document, **values) -> Document:
	doc = {"doctype": "Support Plan", "client": case.client, "client_case": case.name, **values}
	return store(frappe.get_doc(doc))


def make_goal(case: Document, goal: str = "A place of my own", **values) -> Document:
	"""Return a Proposed goal with one strategy and one step."""
	doc = {
		"doctype": "Support Goal",
		"client": case.client,
		"client_case": case.name,
		"goal": goal,
		"strategies": [{"strategy": "Look at notices every Monday"}],
		"steps": [{"step": "Ring the housing office", "due_on": add_days(today(), 7)}],
		**values,
	}
	return store(frappe.get_doc(doc))


def make_active_goal(case: Document, goal: str = "A place of my own", **values) -> Document:
	doc = make_goal(case, goal, **values)
	doc.begin()
	return frappe.get_doc("Support Goal", doc.name)


def make_active_plan(case: Document, goal: str = "A place of my own") -> Document:
	plan = make_plan(case)
	make_goal(case, goal, plan=plan.name)
	plan.agree(how="Spoken")
	return frappe.get_doc("Support Plan", plan.name)


def make_meeting(case: Document, **values) -> Document:
	doc = {
		"doctype": "Case Meeting",
		"client": case.client,
		"client_case": case.name,
		"scheduled_on": add_days(now_datetime(), 1),
		**values,
	}
	return store(frappe.get_doc(doc))


def get_next_meeting(case: Document) -> Document:
	"""Return the case's earliest scheduled Case Management meeting."""
	filters = {"client_case": case.name, "status": "Scheduled", "kind": "Case Management"}
	return frappe.get_doc(
		"Case Meeting", frappe.db.get_value("Case Meeting", filters, order_by="scheduled_on")
	)


def get_words(case: Document, **said) -> dict:
	"""Return arguments of `hold` with a reason for each active goal of a case of which they say nothing, and somebody there."""
	goals = said.get("goals") or []
	if isinstance(goals, list):
		there = {row.get("goal") for row in goals if isinstance(row, dict)}
		filters = {"client_case": case.name, "status": "Active", "name": ("not in", [*there, ""])}
		others = frappe.get_all("Support Goal", filters=filters, pluck="name")
		said["goals"] = [*goals, *({"goal": goal, "not_discussed_reason": NO_TIME} for goal in others)]
	return {"attendees": [{"kind": "Client", "attended": 1}], **said}


def make_note(case: Document, **values) -> Document:
	doc = {
		"doctype": "Case Note",
		"client": case.client,
		"client_case": case.name,
		"note": "We spoke.",
		**values,
	}
	return store(frappe.get_doc(doc))


def make_consent(
	case: Document, agency: str | None = None, purpose: str = "assessment", **values
) -> Document:
	consent = {
		"doctype": "Client Consent",
		"client": case.client,
		"client_case": case.name,
		"purpose": f"Consent Purpose-{purpose}",
		"agency": agency,
		"given_on": case.opened_on,
		**values,
	}
	return store(frappe.get_doc(consent))


def set_setting(name: str, value: object) -> None:
	"""Change a switch of Case Management Settings for the test."""
	frappe.db.set_single_value("Case Management Settings", name, value)
	frappe.clear_document_cache("Case Management Settings", "Case Management Settings")
