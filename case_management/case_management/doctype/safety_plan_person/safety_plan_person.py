from case_management.case_management.record.client_row import ClientRow


class SafetyPlanPerson(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		contact: DF.Data | None
		knows_plan: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person_name: DF.Data
		relationship: DF.Data | None
	# end: auto-generated types
