from case_management.case_management.record.client_row import ClientRow


class GoalStrategy(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		effectiveness: DF.Literal["", "Worked", "Partly", "Not"]
		last_discussed_on: DF.Date | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		status: DF.Literal["In Use", "Changed", "Stopped"]
		strategy: DF.SmallText
	# end: auto-generated types
