from case_management.case_management.record.client_row import ClientRow


class CaseEvent(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		by_user: DF.Link | None
		destination: DF.Link | None
		end_reason: DF.Link | None
		event: DF.Literal[
			"Opened",
			"Activated",
			"Exit Planning",
			"Closed",
			"Reopened",
			"Handed Over",
			"Hand-over Planned",
			"Hand-over Taken Back",
			"Covered",
			"Left the Household",
		]
		from_user: DF.Link | None
		on_date: DF.Date
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.SmallText | None
		to_user: DF.Link | None
	# end: auto-generated types
