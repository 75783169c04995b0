from frappe import _

from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.sent_record import SetupRecord


class AssessmentTemplate(SetupRecord):
	"""Which life domains an assessment begins with, for an adult or a child."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.assessment_template_domain.assessment_template_domain import (
			AssessmentTemplateDomain,
		)
		from frappe.types import DF

		domains: DF.Table[AssessmentTemplateDomain]
		enabled: DF.Check
		for_whom: DF.Literal["Adult", "Child"]
		guidance: DF.SmallText | None
		template_name: DF.Data
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_domains_differ()

	def validate_domains_differ(self) -> None:
		domains = [row.domain for row in self.domains]
		for domain in domains:
			if domains.count(domain) > 1:
				refuse(
					self,
					_("The life domain {0} is listed more than once.").format(domain),
					_("Keep one of the rows."),
				)
