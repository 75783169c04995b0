from case_management.case_management.record.client_row import ClientRow


class GoalStep(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		done_on: DF.Date | None
		due_on: DF.Date | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		responsible: DF.Literal["", "Client", "Worker", "Together", "Agency", "Support Person"]
		responsible_agency: DF.Link | None
		responsible_name: DF.Data | None
		responsible_user: DF.Link | None
		status: DF.Literal["Open", "Done", "Dropped"]
		step: DF.SmallText
	# end: auto-generated types
