from case_management.case_management.record.client_row import ClientRow


class ClientLimitation(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		kind: DF.Literal["Social", "Emotional", "Physical", "Other"]
		limitation: DF.SmallText
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		taken_into_account: DF.SmallText | None
	# end: auto-generated types
