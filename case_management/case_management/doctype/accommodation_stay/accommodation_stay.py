from case_management.case_management.client_record import ClientRecord


class AccommodationStay(ClientRecord):
	"""Where a client lives, from when until when (C30)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accommodation_type: DF.Link
		agency: DF.Link | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		from_date: DF.Date
		is_independent: DF.Check
		locality: DF.Data | None
		naming_series: DF.Literal["STAY-.YYYY.-.#####"]
		note: DF.SmallText | None
		occupancy: DF.Link | None
		provided_by_program: DF.Check
		reason_left: DF.SmallText | None
		tenure: DF.Link | None
		to_date: DF.Date | None
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
