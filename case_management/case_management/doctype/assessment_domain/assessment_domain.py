from frappe import _
from frappe.utils import cint

from case_management.case_management.record.refusal import refuse
from case_management.case_management.assessment.moving import move_apart
from case_management.case_management.record.sent_record import SetupRecord

LOWEST, HIGHEST = 0, 10


class AssessmentDomain(SetupRecord):
	"""A life domain that assessments ask about (A2, C18), with its scale in the service's own words."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.assessment_domain_level.assessment_domain_level import (
			AssessmentDomainLevel,
		)
		from frappe.types import DF

		description: DF.SmallText | None
		domain_name: DF.Data
		enabled: DF.Check
		levels: DF.Table[AssessmentDomainLevel]
		sensitive: DF.Check
		sort_order: DF.Int
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_scores_in_range()
		self.validate_scores_differ()

	def on_update(self) -> None:
		self.update_assessments()

	def update_assessments(self) -> None:
		"""C32: when the domain becomes sensitive, keep apart what was said of it so far."""
		before = self.get_doc_before_save()
		if self.sensitive and before and not before.sensitive:
			move_apart([self.name])

	def validate_scores_in_range(self) -> None:
		for level in self.levels:
			if not LOWEST <= cint(level.score) <= HIGHEST:
				refuse(
					self,
					_("The level “{0}” has the score {1}.").format(level.label, level.score),
					_("Scores lie between {0} and {1}.").format(LOWEST, HIGHEST),
				)

	def validate_scores_differ(self) -> None:
		scores = [cint(level.score) for level in self.levels]
		for level in self.levels:
			if scores.count(cint(level.score)) > 1:
				refuse(
					self,
					_("The score {0} has more than one level.").format(level.score),
					_("Give each level a score of its own."),
				)

	def get_label(self, score: int | str | None) -> str:
		"""Return the words for a rating on this domain's scale, empty where it has none.

		:param score: 0 to 10, as number or as stored in a rating; empty when nobody rated
		"""
		return next((level.label for level in self.levels if str(level.score) == str(score)), "")
