from case_management.case_management.record.client_row import ClientRow


class ClientNameUse(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		do_not_use: DF.Check
		kind: DF.Literal["Legal", "Former", "Also Known As", "Professional"]
		name_sound: DF.Data | None
		name_used: DF.Data
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		use_with: DF.Data | None
	# end: auto-generated types
