from case_management.case_management.client_record import ClientRecord


class ClientAccessLog(ClientRecord):
	"""Who opened, printed or exported what of a client; never changed, never deleted."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		access_kind: DF.Literal[
			"Opened", "Printed", "Exported", "Read by API", "Record Bundle", "Emergency Access"
		]
		accessed_on: DF.Datetime
		client: DF.Link
		naming_series: DF.Literal["LOG-.YYYY.-.########"]
		record_name: DF.Data | None
		record_type: DF.Link | None
		user: DF.Link
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
