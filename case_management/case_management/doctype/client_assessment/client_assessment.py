import frappe
from frappe import _

from case_management.case_management.assessment import assessing, involvement, sensitive
from case_management.case_management.plan import planning
from case_management.case_management.record.actions import action
from case_management.case_management.record.agreement import (
	AgreementActions,
	make_next_version,
	set_agreed_on,
	update_revised,
	validate_unchanged,
)
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.ratings import set_ratings
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import set_row_defaults
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.assessment.involvement import CONTRIBUTING


class ClientAssessment(AgreementActions, ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.assessment_contributor.assessment_contributor import (
			AssessmentContributor,
		)
		from case_management.case_management.doctype.assessment_domain_rating.assessment_domain_rating import (
			AssessmentDomainRating,
		)
		from case_management.case_management.doctype.client_limitation.client_limitation import (
			ClientLimitation,
		)
		from case_management.case_management.doctype.participation_support.participation_support import (
			ParticipationSupport,
		)
		from frappe.types import DF

		agreed_how: DF.Data | None
		agreed_on: DF.Date | None
		assessed_on: DF.Date
		children_not_assessed_reason: DF.SmallText | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		complexity: DF.Int
		contributors: DF.Table[AssessmentContributor]
		domains: DF.Table[AssessmentDomainRating]
		kind: DF.Literal["Initial", "Reassessment", "Exit"]
		limitations: DF.Table[ClientLimitation]
		naming_series: DF.Literal["ASM-.YYYY.-.#####"]
		no_contributors_reason: DF.Data | None
		offered_on: DF.Date | None
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		revises: DF.Link | None
		revision_reason: DF.SmallText | None
		set_by: DF.Literal["", "Client", "Together", "Worker"]
		status: DF.Literal["Draft", "With Client", "Agreed", "Superseded"]
		summary: DF.Text | None
		superseded_by: DF.Link | None
		template: DF.Link | None
		version: DF.Int
		workflow_state: DF.Link | None
	# end: auto-generated types

	CONSENT_FOR = CONTRIBUTING
	NEXT_STATUS = {
		"Draft": ("With Client", "Agreed"),
		"With Client": ("Draft", "Agreed"),
		"Agreed": ("Superseded",),
		"Superseded": (),
	}
	PAST_DATES = ("offered_on", "assessed_on", "agreed_on")

	@property
	def complexity(self) -> int:
		"""C17: in how many life domains there is a need, those kept apart included; a measure, not a label."""
		return assessing.count_needs(self.name)

	def onload(self) -> None:
		super().onload()
		self.set_onload("kept_apart", sensitive.get_shown(self.name))
		self.set_onload("sensitive_domains", sensitive.get_domains(self))

	def before_validate(self) -> None:
		super().before_validate()
		set_row_defaults(self)
		set_ratings(self)

	def validate(self) -> None:
		self.validate_record()
		self.set_template()
		self.set_domains()
		set_agreed_on(self)
		validate_unchanged(self, ("Agreed", "Superseded"), _("Revise it: that makes a new version."))
		assessing.validate_domains(self)
		self.set_apart()
		self.validate_contributors()
		self.validate_agreement()

	def after_insert(self) -> None:
		if self.revises:
			sensitive.copy_apart(self)

	def on_update(self) -> None:
		sensitive.update_apart(self)
		if status_changed_to(self, "Agreed"):
			update_revised(self)
			assessing.update_reassessment_due(self)

	def is_open(self) -> bool:
		"""Tell whether the stored assessment, or a new one, may still be changed."""
		before = self.get_doc_before_save()
		return not before or before.status in assessing.OPEN

	def set_template(self) -> None:
		if self.is_new() and not self.template and not self.domains:
			self.template = assessing.get_template(self)

	def set_domains(self) -> None:
		if self.is_open():
			assessing.set_domains(self)

	def set_apart(self) -> None:
		"""C32: what is said of a sensitive domain does not stay in the assessment."""
		if self.is_open():
			sensitive.set_apart(self)

	def validate_contributors(self) -> None:
		"""B8: an agency contributes only with the client's live consent."""
		for row in self.contributors:
			involvement.validate_contributor(self, row)

	def validate_agreement(self) -> None:
		if status_changed_to(self, "Agreed"):
			assessing.validate_complete(self)
			assessing.validate_children_assessed(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def revise(self, reason: str | None = None) -> dict:
		"""Begin a new version of an agreed assessment (design rule 4); asked again, the draft there is.

		:param reason: why it is revised, in the worker's or the client's words
		:return: `assessment`, the code of the new version
		:raises frappe.ValidationError: the assessment is not Agreed, or there is no reason
		"""
		if self.status != "Agreed":
			refuse(
				self,
				_("Only an Agreed assessment is revised; this one is {0}.").format(_(self.status)),
				_("Change the draft itself, or revise the newest version."),
			)
		return {"assessment": make_next_version(self, reason).name}

	@frappe.whitelist(methods=["POST"])
	@action
	def make_plan(self) -> dict:
		"""Draft the support plan from agreed needs, strengths and limitations (B9); asked again, the same.

		:return: `plan`, its code
		:raises frappe.ValidationError: the assessment is not Agreed, or the case has an Active plan, which
		        is revised instead
		"""
		return {"plan": planning.make_plan(self).name}
