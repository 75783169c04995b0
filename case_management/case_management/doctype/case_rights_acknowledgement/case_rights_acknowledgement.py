from case_management.case_management.record.client_row import ClientRow


class CaseRightsAcknowledgement(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		acknowledged_by: DF.Data | None
		acknowledged_on: DF.Date
		format: DF.Data | None
		language: DF.Data | None
		no_signature_reason: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		policy: DF.Link
		signed: DF.Check
	# end: auto-generated types
