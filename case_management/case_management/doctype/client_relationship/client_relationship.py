from case_management.case_management.record.client_row import ClientRow


class ClientRelationship(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		in_care: DF.Check
		in_household: DF.Check
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person_name: DF.Data | None
		related_client: DF.Link | None
		relationship: DF.Link
	# end: auto-generated types
