from case_management.case_management.record.client_row import ClientRow


class AssessmentContributor(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link
		consent: DF.Link
		contributed_on: DF.Date
		contribution: DF.SmallText
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person: DF.Data | None
	# end: auto-generated types
