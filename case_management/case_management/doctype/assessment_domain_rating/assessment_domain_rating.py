from case_management.case_management.record.client_row import ClientRow


class AssessmentDomainRating(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		discussed: DF.Literal["Discussed", "Not Discussed", "Client Declined"]
		domain: DF.Link
		in_need: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		past_achievement: DF.SmallText | None
		possible_future_need: DF.SmallText | None
		present_need: DF.SmallText | None
		previous_client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		previous_worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		recorded_apart: DF.Check
		required: DF.Check
		strength: DF.SmallText | None
		worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
	# end: auto-generated types
