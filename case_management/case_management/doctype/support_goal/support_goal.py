from case_management.case_management.client_record import ClientRecord


class SupportGoal(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.goal_step.goal_step import GoalStep
		from case_management.case_management.doctype.goal_strategy.goal_strategy import GoalStrategy
		from frappe.types import DF

		achieved_on: DF.Date | None
		achievement_level: DF.Link | None
		baseline_level: DF.Literal["", "-2", "-1", "0", "1", "2"]
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		confidence: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		current_level: DF.Literal["", "-2", "-1", "0", "1", "2"]
		deferred_reason: DF.Link | None
		domain: DF.Link | None
		follows_goal: DF.Link | None
		goal: DF.SmallText
		goal_kind: DF.Literal["", "Access to Resource", "Skill or Knowledge", "Other"]
		horizon: DF.Literal["Immediate", "Short", "Medium", "Long"]
		last_discussed_on: DF.Date | None
		limitations_considered: DF.SmallText | None
		naming_series: DF.Literal["GOAL-.YYYY.-.#####"]
		need: DF.SmallText | None
		pace: DF.Literal["Comfortable", "Faster", "Slower"]
		plan: DF.Link | None
		responsibility: DF.Literal["Worker Does", "Together", "Client With Support", "Client Alone"]
		scale_0: DF.SmallText | None
		scale_minus_1: DF.SmallText | None
		scale_minus_2: DF.SmallText | None
		scale_plus_1: DF.SmallText | None
		scale_plus_2: DF.SmallText | None
		set_by: DF.Literal["Client", "Together", "Worker"]
		start_on: DF.Date | None
		status: DF.Literal["Proposed", "Active", "On Hold", "Achieved", "Sustaining", "Deferred", "Stopped"]
		status_reason: DF.SmallText | None
		steps: DF.Table[GoalStep]
		strategies: DF.Table[GoalStrategy]
		strength: DF.SmallText | None
		target_on: DF.Date | None
		worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
	# end: auto-generated types

	NEXT_STATUS = {
		"Proposed": ("Active", "Deferred", "Stopped"),
		"Active": ("On Hold", "Achieved", "Sustaining", "Deferred", "Stopped"),
		"On Hold": ("Active", "Achieved", "Deferred", "Stopped"),
		"Achieved": ("Active", "Sustaining"),
		"Sustaining": ("Active", "Achieved", "Stopped"),
		"Deferred": ("Proposed", "Active", "Stopped"),
		"Stopped": ("Active",),
	}

	def validate(self) -> None:
		self.validate_record()
