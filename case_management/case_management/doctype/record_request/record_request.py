from case_management.case_management.client_record import ClientRecord


class RecordRequest(ClientRecord):
	"""A client asks for their record, or for a change in it, and gets an answer in time (B26)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.record_request_withheld.record_request_withheld import (
			RecordRequestWithheld,
		)
		from frappe.types import DF

		asked_by: DF.Literal["Client", "Person Authorised by the Client", "Parent or Guardian", "Other"]
		asked_by_name: DF.Data | None
		bundle: DF.Attach | None
		bundle_made_on: DF.Datetime | None
		channel: DF.Literal["", "In Person", "Phone", "Email", "Letter", "Through an Advocate"]
		client: DF.Link
		client_case: DF.Link | None
		client_name: DF.Data | None
		complaint_path_told: DF.Check
		completed_on: DF.Date | None
		decided_by: DF.Link | None
		decided_on: DF.Date | None
		decision: DF.Literal["", "Granted", "Granted in Part", "Refused"]
		decision_reasons: DF.Text | None
		due_on: DF.Date | None
		extended_on: DF.Date | None
		extension_reason: DF.SmallText | None
		identity_checked_how: DF.Data | None
		informed_on: DF.Date | None
		kind: DF.Literal["Access", "Correction", "Statement", "Complaint", "Deletion"]
		naming_series: DF.Literal["REQ-.YYYY.-.#####"]
		outcome: DF.SmallText | None
		received_on: DF.Date
		record_name: DF.DynamicLink | None
		record_type: DF.Link | None
		statement: DF.Text | None
		statement_file: DF.Attach | None
		status: DF.Literal["Received", "Decided", "Completed"]
		what_is_asked: DF.Text
		withheld: DF.Table[RecordRequestWithheld]
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {"Received": ("Decided",), "Decided": ("Completed",), "Completed": ()}

	def validate(self) -> None:
		self.validate_record()
