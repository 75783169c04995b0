from case_management.case_management.record.client_row import ClientRow


class ExitSupport(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		contact: DF.Data | None
		kind: DF.Literal["Friend", "Relative", "Cultural Group", "Support Group", "Service Provider"]
		linked_on: DF.Date | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		support_name: DF.Data
	# end: auto-generated types
