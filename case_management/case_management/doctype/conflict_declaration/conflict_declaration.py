from case_management.case_management.client_record import ClientRecord


class ConflictDeclaration(ClientRecord):
	"""A worker and a client who know each other, or a client's “not this worker”: denies access."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client: DF.Link
		client_name: DF.Data | None
		declared_by: DF.Literal["Worker", "Client", "Team Leader"]
		declared_on: DF.Date
		ended_by: DF.Link | None
		ended_on: DF.Date | None
		ended_reason: DF.SmallText | None
		naming_series: DF.Literal["CONF-.YYYY.-.#####"]
		reason: DF.SmallText | None
		user: DF.Link
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
