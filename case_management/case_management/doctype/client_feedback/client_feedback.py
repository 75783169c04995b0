from case_management.case_management.client_record import ClientRecord


class ClientFeedback(ClientRecord):
	"""What a client says of the service, and what the service made of it (B20, B24)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_feedback_answer.client_feedback_answer import (
			ClientFeedbackAnswer,
		)
		from case_management.case_management.doctype.participation_support.participation_support import (
			ParticipationSupport,
		)
		from frappe.types import DF

		anonymous: DF.Check
		answer: DF.Text | None
		answered_by: DF.Link | None
		answered_on: DF.Date | None
		answers: DF.Table[ClientFeedbackAnswer]
		channel: DF.Literal[
			"", "In Person", "Phone", "Paper Form", "Online Form", "Email", "Through an Advocate", "Other"
		]
		client: DF.Link | None
		client_case: DF.Link | None
		client_name: DF.Data | None
		client_told_on: DF.Date | None
		comments: DF.Text | None
		given_on: DF.Date | None
		invited_by: DF.Link | None
		invited_on: DF.Date | None
		kind: DF.Literal["During Support", "At Exit", "After Exit"]
		naming_series: DF.Literal["FB-.YYYY.-.#####"]
		nature: DF.Literal["", "Praise", "Suggestion", "Concern", "Complaint"]
		program: DF.Link
		response: DF.Literal["", "Given", "Given Without a Name", "Declined", "No Answer"]
		status: DF.Literal["New", "Answered"]
		support_used: DF.TableMultiSelect[ParticipationSupport]
		what_changed: DF.SmallText | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {"New": ("Answered",), "Answered": ()}

	def validate(self) -> None:
		self.validate_record()
