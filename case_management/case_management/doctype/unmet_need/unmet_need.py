from case_management.case_management.client_record import ClientRecord


class UnmetNeed(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client: DF.Link | None
		client_case: DF.Link | None
		client_name: DF.Data | None
		description: DF.SmallText
		goal: DF.Link | None
		intake: DF.Link | None
		met_on: DF.Date | None
		naming_series: DF.Literal["NEED-.YYYY.-.#####"]
		needed_on: DF.Date
		program: DF.Link | None
		reason: DF.Link | None
		referral: DF.Link | None
		service: DF.Link | None
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
