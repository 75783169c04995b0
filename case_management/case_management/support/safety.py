"""Ongoing risk needs a current safety plan and tells the leader at once (design rule 8; B12).

The rule lies between an incident and the client's safety plans, so both ask here.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, formatdate, getdate, now_datetime

from case_management.case_management.access.leads import can_act
from case_management.case_management.record.actions import lock_case, lock_client
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.notice import get_notices

# What the Notification to the leader has as its method; an administrator's own copy of it may have it, too.
RISK_GOES_ON = "on_ongoing_risk"


def lock_both(doc: Document) -> None:
	"""Let incidents and safety plans of one client wait for each other: which plan is current depends on it.

	The case comes first, as in an action. A new record locks both before it draws its code from the series, on which
	others wait.
	"""
	lock_case(doc.client_case)
	lock_client(doc.client)


def get_current_plan(client: str) -> frappe._dict | None:
	"""Return name and version of a client's current safety plan as stored now, whatever was read before."""
	filters = {"client": client, "is_current": 1}
	return frappe.db.get_value("Safety Plan", filters, ["name", "version"], as_dict=True, for_update=True)


def is_at_risk(incident: Document) -> bool:
	"""Tell whether the risk goes on; one without a case is refused by Frappe, as not complete."""
	return bool(cint(incident.ongoing_risk) and incident.client_case)


def is_risk_new(incident: Document) -> bool:
	"""Tell whether the risk goes on, and did not before this save."""
	before = incident.get_doc_before_save()
	return bool(cint(incident.ongoing_risk)) and not (before and cint(before.ongoing_risk))


def set_safety_plan(incident: Document) -> None:
	"""Link the client's current safety plan when the risk arises; a newer plan links itself; at the end the last one stays."""
	if not is_at_risk(incident) or (incident.safety_plan and not is_risk_new(incident)):
		return
	lock_both(incident)
	plan = get_current_plan(incident.client)
	incident.safety_plan = plan.name if plan else None


def validate_safety_plan(incident: Document) -> None:
	"""Refuse a risk that goes on without a current safety plan, unless Settings let it pass as a gap.

	:raises frappe.ValidationError: naming the action that makes both at once, so that no incident is held up
	"""
	if not is_at_risk(incident) or incident.safety_plan:
		return
	if not get_setting("safety_plan_required"):
		return
	refuse(
		incident,
		_("While the risk goes on, the client {0} has a current safety plan; there is none.").format(
			incident.client
		),
		_(
			"Save the incident without “The Risk Goes on”, then use its action “The Risk Goes on”, which takes "
			"the safety plan with it; or make the safety plan first."
		),
	)


def set_lead_told(incident: Document) -> None:
	"""Find the leaders to be told of a risk that goes on, and note when; tried again until somebody could be told."""
	if is_risk_new(incident):
		incident.update({"lead_told_on": None, "risk_ended_on": None, "risk_ended_note": None})
	if not is_at_risk(incident) or incident.lead_told_on:
		return
	incident.lead, incident.deputy_lead = get_leads(incident)
	if (incident.lead or incident.deputy_lead) and get_notices(incident.doctype, RISK_GOES_ON):
		incident.lead_told_on = now_datetime()
		incident.flags.tells_lead = True


def get_leads(incident: Document) -> tuple[str | None, str | None]:
	"""Return the program's leader and deputy, each None if they are away for good or must not know of this client."""
	program = incident.get_case().program
	lead, deputy = frappe.db.get_value("Support Program", program, ["lead", "deputy_lead"])
	return tuple(user if user and can_act(user, incident.client) else None for user in (lead, deputy))


def tell_lead(incident: Document) -> None:
	"""Send the notice, or ask the worker to tell a leader themselves where the app cannot."""
	if incident.flags.tells_lead:
		incident.flags.tells_lead = False
		for notice in get_notices(incident.doctype, RISK_GOES_ON):
			notice.send_to(incident, incident.lead or incident.deputy_lead)
	elif cint(incident.ongoing_risk) and not incident.lead_told_on:
		frappe.msgprint(
			_("No team leader could be told of the risk in {0}. Tell one yourself, now.").format(
				incident.name
			),
			title=_("Tell a Team Leader"),
			indicator="red",
		)


def update_incidents(plan: Document) -> None:
	"""Let the client's incidents whose risk goes on name a new safety plan."""
	at_risk = {"client": plan.client, "ongoing_risk": 1}
	frappe.db.set_value("Critical Incident", at_risk, "safety_plan", plan.name, update_modified=False)


def get_safety_alerts(client: str) -> list[dict]:
	"""Return what every form of a client says while a risk goes on: kind and text, in codes (B12)."""
	incidents = frappe.get_all(
		"Critical Incident", {"client": client, "ongoing_risk": 1}, pluck="name", order_by="occurred_on desc"
	)
	if not incidents:
		return []
	text = _("The risk goes on: {0}.").format(", ".join(incidents))
	return [{"kind": _("Safety"), "alert": f"{text} {get_plan_line(client)}"}]


def get_plan_line(client: str) -> str:
	"""Return a sentence about a client's current safety plan."""
	filters = {"client": client, "is_current": 1}
	plan = frappe.db.get_value("Safety Plan", filters, ["name", "review_due"], as_dict=True)
	if not plan:
		return _("There is no current safety plan.")
	if plan.review_due and plan.review_due < getdate():
		return _("Safety plan {0}; its review was due on {1}.").format(plan.name, formatdate(plan.review_due))
	return _("Safety plan {0}.").format(plan.name)
