from frappe import _
from frappe.utils import cint, flt

from case_management.case_management.record.refusal import refuse
from case_management.case_management.standards.registry import CHECKS
from case_management.case_management.record.sent_record import SetupRecord


class PracticeStandard(SetupRecord):
	"""A characteristic of quality practice, and the check that finds its evidence (B1 to B26, C2, C10, C11).

	A service changes targets, switches standards off, links its policies and adds standards of its own; one
	without a check is shown on the board as evidence by hand.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.practice_standard_policy.practice_standard_policy import (
			PracticeStandardPolicy,
		)
		from frappe.types import DF

		area: DF.Literal[
			"Entry and Screening",
			"Assessment",
			"Planning",
			"Direct Service",
			"Co-ordination",
			"Monitoring and Review",
			"Exit and Follow-up",
			"Evaluation",
			"Record Keeping",
		]
		check_name: DF.Data | None
		days_allowed: DF.Int
		enabled: DF.Check
		evidence: DF.SmallText | None
		gap: DF.SmallText | None
		guidance: DF.TextEditor | None
		policies: DF.TableMultiSelect[PracticeStandardPolicy]
		sort_order: DF.Int
		standard_number: DF.Data
		target: DF.Percent
		title: DF.SmallText
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_title()
		self.validate_check()
		self.validate_target()
		self.validate_policies()

	def validate_title(self) -> None:
		if not (self.title or "").strip():
			refuse(self, _("A standard says what good practice is."), _("Write it in a sentence."))

	def validate_check(self) -> None:
		if self.check_name and self.check_name not in CHECKS:
			refuse(
				self,
				_("There is no check “{0}”.").format(self.check_name[:140]),
				_("Leave it empty: the evidence is then collected by hand."),
			)

	def validate_target(self) -> None:
		if not 0 <= flt(self.target) <= 100:
			refuse(self, _("A target is a share of all cases."), _("Give a number from 0 to 100."))
		if cint(self.days_allowed) < 0:
			refuse(self, _("Days allowed are counted forwards."), _("Give 0 or more."))

	def validate_policies(self) -> None:
		names = [row.policy for row in self.policies]
		if len(set(names)) < len(names):
			refuse(self, _("A policy is linked twice."), _("Keep one link to each policy."))
