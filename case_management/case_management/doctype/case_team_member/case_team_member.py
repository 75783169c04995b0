from case_management.case_management.record.client_row import ClientRow


class CaseTeamMember(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		from_date: DF.Date
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.Data | None
		team_role: DF.Literal["Case Manager", "Co-worker", "Seconded Case Manager", "Specialist", "Cover"]
		to_date: DF.Date | None
		user: DF.Link
	# end: auto-generated types
