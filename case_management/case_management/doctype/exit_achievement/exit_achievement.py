from case_management.case_management.record.client_row import ClientRow


class ExitAchievement(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		achievement: DF.SmallText
		goal: DF.Link | None
		how_kept: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		who_helps: DF.Data | None
	# end: auto-generated types
