from case_management.case_management.record.sent_record import SetupRecord


class CaseCode(SetupRecord):
	"""One code of a code list. Its list and its code are its name and never change; its label may."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		code: DF.Data
		code_list: DF.Data
		description: DF.SmallText | None
		enabled: DF.Check
		label: DF.Data
		meaning: DF.Literal[
			"",
			"No Resource",
			"Lost Contact",
			"Died",
			"Cultural",
			"Own Home",
			"Referral",
			"Assessment",
			"Coordination",
			"Contact After Exit",
			"Contact Person",
			"Evaluation",
			"Statistics",
		]
		sort_order: DF.Int
		standard: DF.Data | None
	# end: auto-generated types

	def before_insert(self) -> None:
		self.set_code()

	def set_code(self) -> None:
		"""Trim list and code before the name is made of them: a blank at the end would be another list."""
		self.code_list = (self.code_list or "").strip()
		self.code = (self.code or "").strip()
