import frappe
from frappe import _
from frappe.utils import cint, getdate

from case_management.case_management.access.approval import Approval, ApprovalActions, validate_approved
from case_management.case_management.record.agreement import validate_unchanged
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.support import incidents, safety
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to


class CriticalIncident(incidents.IncidentActions, ApprovalActions, ClientRecord):
	"""Somebody was or is in danger: what happened, what was done, whether the risk goes on (B12)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.incident_person_at_risk.incident_person_at_risk import (
			IncidentPersonatRisk,
		)
		from frappe.types import DF

		actions_taken: DF.SmallText
		ambulance: DF.Literal["", "Not Needed", "Called", "Client Did Not Want"]
		approval: DF.Literal["", "Asked", "Approved", "Returned"]
		approval_answered_by: DF.Link | None
		approval_answered_on: DF.Datetime | None
		approval_asked_by: DF.Link | None
		approval_asked_on: DF.Datetime | None
		approval_note: DF.SmallText | None
		approved_content: DF.Data | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		client_words: DF.Text | None
		closed_by: DF.Link | None
		closed_on: DF.Date | None
		closing_note: DF.SmallText | None
		deputy_lead: DF.Link | None
		emergency_reference: DF.Data | None
		follow_up: DF.SmallText | None
		follow_up_due: DF.Date | None
		follow_up_outcome: DF.SmallText | None
		incident_type: DF.Link
		lead: DF.Link | None
		lead_told_on: DF.Datetime | None
		naming_series: DF.Literal["INC-.YYYY.-.#####"]
		occurred_on: DF.Datetime
		ongoing_risk: DF.Check
		people_at_risk: DF.Table[IncidentPersonatRisk]
		place: DF.Data | None
		police: DF.Literal["", "Not Needed", "Called", "Client Did Not Want"]
		report_reference: DF.Data | None
		reportable: DF.Check
		reported_on: DF.Date | None
		reported_to: DF.Data | None
		risk_ended_note: DF.SmallText | None
		risk_ended_on: DF.Date | None
		safety_of_others: DF.SmallText | None
		safety_plan: DF.Link | None
		status: DF.Literal["Open", "Closed"]
		what_happened: DF.Text
		workflow_state: DF.Link | None
	# end: auto-generated types

	APPROVAL = Approval("incidents_need_approval", "Closed", "remind_incident_approval")
	NEXT_STATUS = {"Open": ("Closed",), "Closed": ()}
	PAST_DATES = ("occurred_on", "reported_on", "risk_ended_on", "closed_on")
	# An incident is recorded, reported and closed after its case was closed, too: no administration holds it up.
	WRITTEN_AFTER_CLOSURE = True

	def before_insert(self) -> None:
		if safety.is_at_risk(self):
			safety.lock_both(self)

	def validate(self) -> None:
		self.validate_record()
		self.validate_unchanged()
		self.validate_order()
		incidents.validate_people_at_risk(self)
		self.validate_risk_ended()
		safety.set_safety_plan(self)
		safety.validate_safety_plan(self)
		safety.set_lead_told(self)
		self.set_closed()
		self.validate_closing()

	def on_update(self) -> None:
		safety.tell_lead(self)

	def validate_dates(self, case: frappe._dict | None) -> None:
		"""What happened may lie before the case opened: often it is why the case was opened."""
		super().validate_dates(None)

	def validate_unchanged(self) -> None:
		validate_unchanged(self, ("Closed",), _("Write a case note about what is to be added."))

	def validate_order(self) -> None:
		happened = self.occurred_on and getdate(self.occurred_on)
		for field in ("reported_on", "risk_ended_on", "closed_on", "follow_up_due"):
			if happened and self.get(field) and getdate(self.get(field)) < happened:
				self.refuse_date(field, _("lies before it happened."))

	def validate_risk_ended(self) -> None:
		before = self.get_doc_before_save()
		if before and before.ongoing_risk and not cint(self.ongoing_risk) and not self.risk_ended_on:
			refuse(
				self,
				_("A risk that goes on ends on a day, and it is said how."),
				_("Use the action “End the Risk”."),
			)

	def set_closed(self) -> None:
		"""Say when and by whom it was closed, also where the workflow's own button did it."""
		if status_changed_to(self, "Closed"):
			self.closed_on = self.closed_on or getdate()
			self.closed_by = frappe.session.user

	def get_approved_content(self) -> object:
		return incidents.get_content(self)

	def validate_closing(self) -> None:
		validate_approved(self)
		if status_changed_to(self, "Closed"):
			incidents.validate_closing(self)
