from case_management.case_management.record.client_row import ClientRow


class ClientSupportPerson(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		chosen_by_client: DF.Check
		contact: DF.Data | None
		kind: DF.Literal[
			"Advocate",
			"Support Person",
			"Trusted Friend",
			"Family Member",
			"Worker From Another Agency",
			"Guardian",
		]
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person_name: DF.Data
	# end: auto-generated types
