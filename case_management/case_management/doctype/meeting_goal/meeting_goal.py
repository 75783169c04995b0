from case_management.case_management.record.client_row import ClientRow


class MeetingGoal(ClientRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		client_words: DF.SmallText | None
		follow_on_goal: DF.SmallText | None
		goal: DF.Link
		goal_text: DF.SmallText | None
		impediment: DF.Link | None
		impediment_before: DF.SmallText | None
		impediment_note: DF.SmallText | None
		impediment_overcome: DF.Check
		level: DF.Literal["", "-2", "-1", "0", "1", "2"]
		not_discussed_note: DF.SmallText | None
		not_discussed_reason: DF.Link | None
		outcome: DF.Literal["Continue", "Achieved", "Sustaining", "On Hold", "Stopped"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		progress: DF.SmallText | None
		responsibility: DF.Literal["", "Worker Does", "Together", "Client With Support", "Client Alone"]
		worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
	# end: auto-generated types
