from case_management.case_management.client_record import ClientRecord


class Disclosure(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link
		client: DF.Link
		client_case: DF.Link | None
		client_name: DF.Data | None
		consent: DF.Link | None
		disclosed_by: DF.Link
		disclosed_on: DF.Date
		legal_basis: DF.Link | None
		legal_basis_note: DF.SmallText | None
		naming_series: DF.Literal["DISC-.YYYY.-.#####"]
		referral: DF.Link | None
		what_was_shared: DF.SmallText
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
