from case_management.case_management.client_record import ClientRecord


class ClientIntake(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.intake_alternative.intake_alternative import IntakeAlternative
		from case_management.case_management.doctype.intake_companion.intake_companion import IntakeCompanion
		from case_management.case_management.doctype.intake_reason.intake_reason import IntakeReason
		from frappe.types import DF

		access_until: DF.Date | None
		alternatives: DF.Table[IntakeAlternative]
		birth_date: DF.Date | None
		birth_date_estimated: DF.Check
		client: DF.Link | None
		client_case: DF.Link | None
		companions: DF.Table[IntakeCompanion]
		contact_channel: DF.Literal["Phone", "Walk-in", "Email", "Website", "Outreach", "Referral by an Agency", "Other"]
		contact_detail: DF.Data | None
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision_informed_how: DF.Data | None
		decision_informed_on: DF.Datetime | None
		decision_not_informed_reason: DF.SmallText | None
		decision_note: DF.SmallText | None
		decision_reason: DF.Link | None
		first_contact_on: DF.Datetime
		gender: DF.Data | None
		intake_worker: DF.Link | None
		interpreter_required: DF.Check
		language: DF.Data | None
		naming_series: DF.Literal["INT-.YYYY.-.#####"]
		no_alternative_reason: DF.SmallText | None
		person_name: DF.Data
		process_informed_how: DF.Data | None
		process_informed_on: DF.Datetime | None
		process_not_informed_reason: DF.SmallText | None
		program: DF.Link
		pronouns: DF.Data | None
		reasons: DF.Table[IntakeReason]
		referral_source: DF.Link | None
		referring_agency: DF.Link | None
		responded_by: DF.Link | None
		responded_on: DF.Datetime | None
		response_due: DF.Datetime | None
		response_note: DF.SmallText | None
		safe_contact_note: DF.SmallText | None
		service_requested: DF.Link | None
		situation: DF.Text | None
		status: DF.Literal["New", "Screening", "Accepted", "Waitlisted", "Not Accepted"]
		urgency: DF.Literal["Emergency", "Urgent", "Soon", "Routine"]
		waitlist_priority: DF.Literal["", "1 High", "2 Medium", "3 Low"]
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"New": ("Screening",),
		"Screening": ("Accepted", "Waitlisted", "Not Accepted"),
		"Waitlisted": ("Accepted", "Not Accepted"),
		"Accepted": (),
		"Not Accepted": (),
	}

	def validate(self) -> None:
		self.validate_record()
