from case_management.case_management.record.client_row import ClientRow


class SupportPlanGoal(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actions: DF.SmallText | None
		goal: DF.Link
		goal_text: DF.SmallText | None
		horizon: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		status: DF.Data | None
	# end: auto-generated types
