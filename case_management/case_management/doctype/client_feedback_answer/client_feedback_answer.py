from case_management.case_management.record.client_row import ClientRow


class ClientFeedbackAnswer(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.SmallText | None
		answer_kind: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		question: DF.Link
		question_text: DF.SmallText | None
		rating: DF.Literal["", "1", "2", "3", "4", "5"]
		yes_no: DF.Literal["", "Yes", "No"]
	# end: auto-generated types
