from case_management.case_management.client_record import ClientRecord


class CaseReferral(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link
		answered_on: DF.Date | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		consent: DF.Link | None
		continues_after_exit: DF.Check
		decline_reason: DF.Link | None
		goal: DF.Link | None
		help_kind: DF.Literal["Information", "Supported", "Accompanied", "Formal"]
		legal_basis: DF.Link | None
		legal_basis_note: DF.SmallText | None
		naming_series: DF.Literal["REF-.YYYY.-.#####"]
		outcome: DF.SmallText | None
		outcome_on: DF.Date | None
		reason: DF.SmallText
		sent_on: DF.Date | None
		service: DF.Link | None
		status: DF.Literal["Draft", "Sent", "Accepted", "Declined", "Withdrawn", "Completed"]
		what_was_shared: DF.SmallText | None
		withdraw_reason: DF.SmallText | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"Draft": ("Sent", "Withdrawn"),
		"Sent": ("Accepted", "Declined", "Withdrawn"),
		"Accepted": ("Completed", "Withdrawn"),
		"Declined": (),
		"Withdrawn": (),
		"Completed": (),
	}

	def validate(self) -> None:
		self.validate_record()
