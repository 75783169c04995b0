from case_management.case_management.client_record import ClientRecord


class EmergencyAccess(ClientRecord):
	"""Access to a client that a worker gave themselves, once, for some hours, with a reason."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client: DF.Link
		client_name: DF.Data | None
		expires_on: DF.Datetime | None
		granted_on: DF.Datetime
		hours: DF.Float
		justified: DF.Literal["", "Yes", "No"]
		lead_told_on: DF.Datetime | None
		looked_at_by: DF.Link | None
		looked_at_note: DF.SmallText | None
		looked_at_on: DF.Datetime | None
		naming_series: DF.Literal["EMG-.YYYY.-.#####"]
		reason: DF.SmallText
		user: DF.Link
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
