from case_management.case_management.record.client_row import ClientRow


class MeetingStrategy(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		change_to: DF.SmallText | None
		decision: DF.Literal["", "Keep", "Change", "Stop"]
		effectiveness: DF.Literal["", "Worked", "Partly", "Not"]
		goal: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		strategy: DF.SmallText
		strategy_row: DF.Data | None
		tried: DF.Check
	# end: auto-generated types
