from case_management.case_management.record.sent_record import SetupRecord


class FeedbackQuestion(SetupRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		after_exit: DF.Check
		answer_kind: DF.Literal["Rating 1 to 5", "Yes or No", "Text"]
		at_exit: DF.Check
		during_support: DF.Check
		enabled: DF.Check
		question: DF.SmallText
		sort_order: DF.Int
	# end: auto-generated types
