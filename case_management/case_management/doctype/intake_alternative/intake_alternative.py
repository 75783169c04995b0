from case_management.case_management.record.client_row import ClientRow


class IntakeAlternative(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		alternative: DF.Data | None
		given_on: DF.Date | None
		kind: DF.Literal["Information", "Referral"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
