from case_management.case_management.record.client_row import ClientRow


class ClientContactWay(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		detail: DF.Data
		note: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		safe_to_leave_message: DF.Check
		safe_to_use: DF.Literal["", "Yes", "No"]
		way: DF.Literal["Phone", "Text Message", "Email", "Post", "In Person", "Through Somebody"]
	# end: auto-generated types
