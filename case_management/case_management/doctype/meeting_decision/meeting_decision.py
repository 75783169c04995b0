from case_management.case_management.record.client_row import ClientRow


class MeetingDecision(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client_choice: DF.SmallText | None
		decided_by: DF.Literal["", "Client", "Together", "Worker"]
		decision: DF.SmallText
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
