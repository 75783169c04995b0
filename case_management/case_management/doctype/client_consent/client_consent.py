from case_management.case_management.client_record import ClientRecord


class ClientConsent(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		client: DF.Link
		client_case: DF.Link | None
		client_name: DF.Data | None
		expires_on: DF.Date | None
		given_by: DF.Data | None
		given_on: DF.Date
		how_given: DF.Literal["Written", "Spoken", "By a Guardian", "Other"]
		is_live: DF.Check
		naming_series: DF.Literal["CON-.YYYY.-.#####"]
		purpose: DF.Link
		what_may_be_shared: DF.SmallText | None
		what_to_withhold: DF.SmallText | None
		withdrawal_note: DF.SmallText | None
		withdrawn_on: DF.Date | None
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
