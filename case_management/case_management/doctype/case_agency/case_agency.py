from case_management.case_management.record.client_row import ClientRow


class CaseAgency(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link
		consent: DF.Link | None
		contact: DF.Data | None
		from_date: DF.Date | None
		no_consent_reason: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		role: DF.Data | None
		to_date: DF.Date | None
	# end: auto-generated types
