from case_management.case_management.record.client_row import ClientRow


class IntakeCompanion(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		birth_date: DF.Date | None
		birth_date_estimated: DF.Check
		client: DF.Link | None
		needs_support: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person_name: DF.Data
		relationship: DF.Link | None
	# end: auto-generated types
