from case_management.case_management.client_record import ClientRecord


class CriticalIncident(ClientRecord):
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
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		client_words: DF.Text | None
		closed_by: DF.Link | None
		closed_on: DF.Date | None
		closing_note: DF.SmallText | None
		emergency_reference: DF.Data | None
		follow_up: DF.SmallText | None
		follow_up_due: DF.Date | None
		incident_type: DF.Link
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

	NEXT_STATUS = {"Open": ("Closed",), "Closed": ()}

	def validate(self) -> None:
		self.validate_record()
