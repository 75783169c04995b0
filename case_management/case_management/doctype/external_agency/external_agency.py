from case_management.case_management.record.codes import validate_codes
from case_management.case_management.record.sent_record import SetupRecord


class ExternalAgency(SetupRecord):
	"""An agency the service works with, coordinates with or refers to (A7, B16, C43)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.external_agency_contact.external_agency_contact import (
			ExternalAgencyContact,
		)
		from frappe.types import DF

		address: DF.SmallText | None
		agency_name: DF.Data
		agency_type: DF.Link | None
		area_served: DF.Data | None
		contacts: DF.Table[ExternalAgencyContact]
		email: DF.Data | None
		enabled: DF.Check
		opening_hours: DF.Data | None
		phone: DF.Data | None
		referral_method: DF.Literal[
			"", "Phone", "Email", "Online Form", "Paper Form", "In Person", "Self-referral Only"
		]
		referral_notes: DF.SmallText | None
		services: DF.SmallText | None
		website: DF.Data | None
	# end: auto-generated types

	def validate(self) -> None:
		validate_codes(self)
