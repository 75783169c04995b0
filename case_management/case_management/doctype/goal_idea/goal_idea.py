from case_management.case_management.record.sent_record import SetupRecord


class GoalIdea(SetupRecord):
	"""A suggestion that prefills a goal (A4): never the goal itself, which is in the client's words."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		domain: DF.Link | None
		enabled: DF.Check
		goal_kind: DF.Literal["", "Access to Resource", "Skill or Knowledge", "Other"]
		horizon: DF.Literal["", "Immediate", "Short", "Medium", "Long"]
		idea: DF.SmallText
		source: DF.Data | None
	# end: auto-generated types
