from case_management.case_management.client_record import ClientRecord


class SupportPlan(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_limitation.client_limitation import ClientLimitation
		from case_management.case_management.doctype.participation_support.participation_support import ParticipationSupport
		from case_management.case_management.doctype.support_plan_goal.support_plan_goal import SupportPlanGoal
		from case_management.case_management.doctype.support_plan_need.support_plan_need import SupportPlanNeed
		from frappe.types import DF

		agency_involvement_note: DF.SmallText | None
		agreed_goals: DF.Table[SupportPlanGoal]
		agreed_how: DF.Data | None
		agreed_on: DF.Date | None
		assessment: DF.Link | None
		children_without_plan_reason: DF.SmallText | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		limitations: DF.Table[ClientLimitation]
		naming_series: DF.Literal["PLAN-.YYYY.-.#####"]
		needs: DF.Table[SupportPlanNeed]
		no_plan_reason: DF.Link | None
		offer_answer: DF.Literal["Accepted", "Declined"]
		offered_on: DF.Date
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		review_due: DF.Date | None
		revises: DF.Link | None
		revision_kind: DF.Link | None
		revision_reason: DF.SmallText | None
		set_by: DF.Literal["Client", "Together", "Worker"]
		status: DF.Literal["Draft", "With Client", "Active", "Completed", "Superseded"]
		superseded_by: DF.Link | None
		version: DF.Int
		vision: DF.Text | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"Draft": ("With Client", "Active"),
		"With Client": ("Draft", "Active"),
		"Active": ("Completed", "Superseded"),
		"Completed": (),
		"Superseded": (),
	}

	def validate(self) -> None:
		self.validate_record()
