from frappe import _

from case_management.case_management.record.actions import validate_made_by_rule
from case_management.case_management.record.sent_record import SetupRecord


class RecordDisposal(SetupRecord):
	"""The line that stays of a record that was disposed of: its code and how much there was (design rule 10)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client_code: DF.Data
		disposed_by: DF.Link
		disposed_on: DF.Datetime
		naming_series: DF.Literal["DISP-.YYYY.-.#####"]
		reason: DF.Literal["Retention Ended", "Deletion Requested"]
		record_count: DF.Int
		records: DF.SmallText | None
		retain_until: DF.Date | None
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_made_by_rule()

	def on_trash(self) -> None:
		self.validate_made_by_rule()

	def validate_made_by_rule(self) -> None:
		"""Refuse everybody, Administrator included, who is not the app's own code."""
		validate_made_by_rule(
			self,
			_("It is made by disposing of a record, and stays as it is."),
			_("Use the report Records Due for Disposal."),
			for_good=True,
		)
