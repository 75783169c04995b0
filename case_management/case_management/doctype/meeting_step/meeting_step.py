from case_management.case_management.record.client_row import ClientRow


class MeetingStep(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		due_on: DF.Date | None
		goal: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		responsible: DF.Literal["", "Client", "Worker", "Together", "Agency", "Support Person"]
		step: DF.SmallText
	# end: auto-generated types
