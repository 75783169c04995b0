from case_management.case_management.record.client_row import ClientRow


class ClientAlert(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		alert: DF.SmallText
		from_date: DF.Date | None
		kind: DF.Literal["Safety", "Health", "Legal", "Communication", "Other"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		to_date: DF.Date | None
	# end: auto-generated types
