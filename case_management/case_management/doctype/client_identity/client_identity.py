from case_management.case_management.client_record import ClientRecord


class ClientIdentity(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_identifier.client_identifier import ClientIdentifier
		from case_management.case_management.doctype.client_name_use.client_name_use import ClientNameUse
		from frappe.types import DF

		client: DF.Link
		client_name: DF.Data | None
		identifiers: DF.Table[ClientIdentifier]
		legal_family_name: DF.Data | None
		legal_given_name: DF.Data | None
		names_used: DF.Table[ClientNameUse]
		naming_series: DF.Literal["IDN-.#####"]
		sex_recorded: DF.Link | None
		statistical_linkage_key: DF.Data | None
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
