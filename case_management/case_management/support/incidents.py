"""An incident after it was recorded: the risk that goes on and ends, the report, the closing (B12)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, cstr

from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import move_to
from case_management.case_management.support.safety import get_current_plan, lock_both
from case_management.permissions import is_visible

# What the shortest safety plan says.
PLAN_WORDS = ("warning_signs", "safe_places", "what_to_do")


# What a leader approves before an incident is closed.
APPROVED_FIELDS = ("what_happened", "client_words", "actions_taken", "safety_of_others", "ongoing_risk")


def get_content(incident: Document) -> dict:
	"""Return what a leader approves of an incident, as values that JSON can write."""
	return {field: incident.get(field) for field in APPROVED_FIELDS}


class IncidentActions:
	"""The actions of a critical incident."""

	@frappe.whitelist(methods=["POST"])
	@action
	def record_ongoing_risk(
		self,
		warning_signs: str | None = None,
		safe_places: str | None = None,
		what_to_do: str | None = None,
		children_safety: str | None = None,
		set_by: str | None = None,
	) -> dict:
		"""Say that the risk goes on, with the client's first safety plan in the same step if they have none.

		The incident is stored before and stays whatever comes of this; the team leader is told at once (design
		rule 8).

		:param warning_signs: how the client notices that danger is near; where there is no current safety plan
		:param safe_places: where they can go
		:param what_to_do: what they do then
		:param children_safety: how the children are kept safe
		:param set_by: whose words these are: Client, Together or Worker; not said if none is given
		:return: `status`, `safety_plan`, the code of the client's current one, and `lead_told_on` (None where
		        no leader could be told)
		:raises frappe.ValidationError: there is no current safety plan and the words of one are missing, there
		        is one and words are given, or the incident is closed
		"""
		words = {"warning_signs": warning_signs, "safe_places": safe_places, "what_to_do": what_to_do}
		words |= {"children_safety": children_safety}
		if not cint(self.ongoing_risk):
			make_first_plan(self, {key: text for key, text in words.items() if text}, set_by)
			self.ongoing_risk = 1
			self.save()
		return {
			"status": self.status,
			"safety_plan": self.safety_plan,
			"lead_told_on": self.lead_told_on,
		}

	@frappe.whitelist(methods=["POST"])
	@action
	def end_risk(self, on: str | date | None = None, note: str | None = None) -> dict:
		"""Say that the risk is over, and how one knows.

		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: how it ended, in words
		:return: `status` and `risk_ended_on`
		:raises frappe.ValidationError: no risk goes on or ended, there is no note, or the day lies before the
		        incident or in the future
		"""
		if cint(self.ongoing_risk):
			if not (note or "").strip():
				refuse(self, _("It is said how the risk ended."), _("Write how you know that it is over."))
			self.update({"ongoing_risk": 0, "risk_ended_note": note})
			self.risk_ended_on = get_date(self, _("Risk Ended on"), on)
			self.save()
		elif not self.risk_ended_on:
			refuse(self, _("No risk goes on."), _("There is nothing to end."))
		return {"status": self.status, "risk_ended_on": self.risk_ended_on}

	@frappe.whitelist(methods=["POST"])
	@action
	def report(
		self, to: str | None = None, on: str | date | None = None, reference: str | None = None
	) -> dict:
		"""Record that the incident was reported to who has to know: child protection, a funder, a regulator.

		:param to: whom it was reported to
		:param on: a day, YYYY-MM-DD; today if none is given
		:param reference: their reference, if they gave one
		:return: `reported_to` and `reported_on`
		:raises frappe.ValidationError: it is not said to whom, it was reported to somebody else already, the
		        incident is closed, or the day lies before the incident or in the future
		"""
		if not self.reported_on:
			self.update({"reported_to": to, "report_reference": reference})
			self.reported_on = get_date(self, _("Reported on"), on)
			if not (to or "").strip():
				refuse(self, _("A report goes to somebody."), _("Say whom it was reported to."))
			self.save()
		elif to and to != self.reported_to:
			refuse(
				self,
				_("It was reported to {0} already.").format(self.reported_to),
				_("Write a case note about the further report."),
			)
		return {"reported_to": self.reported_to, "reported_on": self.reported_on}

	@frappe.whitelist(methods=["POST"])
	@action
	def close(
		self,
		on: str | date | None = None,
		note: str | None = None,
		follow_up_outcome: str | None = None,
	) -> dict:
		"""Close the incident; from then on it is kept as it is.

		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: what was learned
		:param follow_up_outcome: what came of what was to follow, where something was
		:return: `status` and `closed_on`
		:raises frappe.ValidationError: the risk goes on, it must be reported and was not, what was to follow
		        has no outcome, nothing is said about the safety of others at risk, or the day lies before
		        the incident or in the future
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Closed":
			self.closed_on = get_date(self, _("Closed on"), on)
			self.closing_note = note or self.closing_note
			self.follow_up_outcome = follow_up_outcome or self.follow_up_outcome
			move_to(self, "Closed")
		return {"status": self.status, "closed_on": self.closed_on}


def make_first_plan(incident: Document, words: dict, set_by: str | None) -> None:
	"""Store a safety plan of these words for a client who has none.

	:raises frappe.ValidationError: words of a plan are missing, or the client has a plan already
	"""
	if not words:
		return
	lock_both(incident)
	if plan := get_current_plan(incident.client):
		refuse(
			incident,
			_("The client {0} has the safety plan {1}.").format(incident.client, plan.name),
			_("Leave out the words, and revise that plan."),
		)
	if missing := [key for key in PLAN_WORDS if not words.get(key)]:
		meta = frappe.get_meta("Safety Plan")
		labels = ", ".join(_(meta.get_label(key)) for key in missing)
		refuse(incident, _("A safety plan also says: {0}.").format(labels), _("A few words each will do."))
	plan = {"client": incident.client, "client_case": incident.client_case, "set_by": set_by}
	frappe.get_doc({"doctype": "Safety Plan", **plan, **words}).insert()


def validate_people_at_risk(incident: Document) -> None:
	"""Refuse a row whose client is the incident's own, or one the user does not see; what is stored stays.

	:raises frappe.ValidationError: naming the row, and nothing about the client
	"""
	before = incident.get_doc_before_save()
	known = {row.related_client for row in before.people_at_risk} if before else set()
	for row in incident.people_at_risk:
		client = row.related_client
		if not client or client in known or (client != incident.client and is_visible("Client", client)):
			continue
		refuse(
			incident,
			_("Row {0} of the people at risk: {1} is no other client whom you see.").format(row.idx, client),
			_("Leave the client out and say who it is."),
		)


def validate_closing(incident: Document) -> None:
	"""Refuse to close an incident while something about it is open.

	:raises frappe.ValidationError: the risk goes on, a report is missing, nothing is said about the safety of others
	        at risk, or about what came of the follow-up
	"""
	for is_open, rule, remedy in get_open_points(incident):
		if is_open:
			refuse(incident, rule, remedy)


def get_open_points(incident: Document) -> list[tuple[bool, str, str]]:
	"""Return what can stand in the way of closing: whether it does, the rule and the remedy."""
	at_risk, reportable = cint(incident.ongoing_risk), cint(incident.reportable)
	others = incident.people_at_risk and not cstr(incident.safety_of_others).strip()
	follow_up = incident.follow_up and not cstr(incident.follow_up_outcome).strip()
	return [
		(bool(at_risk), _("The risk goes on."), _("Use the action “End the Risk” first.")),
		(
			bool(reportable and not incident.reported_on),
			_("It must be reported, and was not."),
			_("Use the action “Record the Report” first."),
		),
		(bool(others), _("Others are at risk."), _("Say what was done for the safety of others.")),
		(bool(follow_up), _("Something was to follow."), _("Say what came of it.")),
	]
