from case_management.case_management.record.client_row import ClientRow


class MeetingAttendee(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		attended: DF.Check
		invited_by_client: DF.Check
		kind: DF.Literal[
			"Client",
			"Case Manager",
			"Other Worker",
			"Support Person",
			"Advocate",
			"Family Member",
			"Trusted Friend",
			"Worker From Another Agency",
			"Interpreter",
		]
		may_discuss: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person_name: DF.Data | None
		user: DF.Link | None
	# end: auto-generated types
