from case_management.case_management.client_record import ClientRecord


class CaseNote(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.case_note_addendum.case_note_addendum import CaseNoteAddendum
		from case_management.case_management.doctype.case_note_service.case_note_service import CaseNoteService
		from frappe.types import DF

		addenda: DF.Table[CaseNoteAddendum]
		client: DF.Link
		client_case: DF.Link
		client_choice: DF.SmallText | None
		client_name: DF.Data | None
		confidential: DF.Check
		contact_channel: DF.Literal["", "In Person", "Phone", "Text Message", "Email", "Video", "Home Visit", "Outreach"]
		goal: DF.Link | None
		information_format: DF.Data | None
		information_topic: DF.Data | None
		intrusiveness: DF.Literal["", "1 Information Only", "2 Guidance", "3 Doing It Together", "4 Doing It for the Client", "5 Against the Client's Wish"]
		intrusiveness_reason: DF.SmallText | None
		is_locked: DF.Check
		kind: DF.Literal["Contact", "Direct Service", "Information Given", "Attempted Contact", "File Note"]
		less_intrusive_considered: DF.SmallText | None
		minutes: DF.Int
		naming_series: DF.Literal["NOTE-.YYYY.-.#####"]
		note: DF.TextEditor
		noted_on: DF.Datetime
		options_discussed: DF.SmallText | None
		services: DF.Table[CaseNoteService]
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
