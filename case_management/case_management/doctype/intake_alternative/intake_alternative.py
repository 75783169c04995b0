from case_management.case_management.record.client_row import ClientRow


class IntakeAlternative(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		agreed_how: DF.Literal["", "Written", "Spoken", "By a Guardian", "Other"]
		agreed_on: DF.Date | None
		alternative: DF.Data | None
		answer: DF.Literal["", "Accepted", "Declined", "No Answer"]
		answer_note: DF.SmallText | None
		answered_on: DF.Date | None
		given_on: DF.Date | None
		kind: DF.Literal["Information", "Referral"]
		legal_basis: DF.Link | None
		legal_basis_note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		what_was_shared: DF.SmallText | None
	# end: auto-generated types
