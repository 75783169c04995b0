from case_management.case_management.client_record import ClientRecord


class ClientAssessment(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.assessment_contributor.assessment_contributor import AssessmentContributor
		from case_management.case_management.doctype.assessment_domain_rating.assessment_domain_rating import AssessmentDomainRating
		from case_management.case_management.doctype.client_limitation.client_limitation import ClientLimitation
		from case_management.case_management.doctype.participation_support.participation_support import ParticipationSupport
		from frappe.types import DF

		agreed_how: DF.Data | None
		agreed_on: DF.Date | None
		assessed_on: DF.Date
		children_not_assessed_reason: DF.SmallText | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		contributors: DF.Table[AssessmentContributor]
		domains: DF.Table[AssessmentDomainRating]
		kind: DF.Literal["Initial", "Reassessment", "Exit"]
		limitations: DF.Table[ClientLimitation]
		naming_series: DF.Literal["ASM-.YYYY.-.#####"]
		no_contributors_reason: DF.Data | None
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		revises: DF.Link | None
		revision_reason: DF.SmallText | None
		set_by: DF.Literal["Client", "Together", "Worker"]
		status: DF.Literal["Draft", "With Client", "Agreed", "Superseded"]
		summary: DF.Text | None
		superseded_by: DF.Link | None
		template: DF.Link | None
		version: DF.Int
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"Draft": ("With Client", "Agreed"),
		"With Client": ("Draft", "Agreed"),
		"Agreed": ("Superseded",),
		"Superseded": (),
	}

	def validate(self) -> None:
		self.validate_record()
