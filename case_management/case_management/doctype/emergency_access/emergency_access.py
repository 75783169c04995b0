from frappe import _

from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.access.emergency import EmergencyActions
from case_management.case_management.record.actions import validate_made_by_rule


class EmergencyAccess(EmergencyActions, ClientRecord):
	"""Access to a client that a worker gave themselves, once, for some hours, with a reason."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client: DF.Link
		client_name: DF.Data | None
		expires_on: DF.Datetime | None
		granted_on: DF.Datetime
		hours: DF.Float
		justified: DF.Literal["", "Yes", "No"]
		lead_told_on: DF.Datetime | None
		looked_at_by: DF.Link | None
		looked_at_note: DF.SmallText | None
		looked_at_on: DF.Datetime | None
		naming_series: DF.Literal["EMG-.YYYY.-.#####"]
		people_told: DF.SmallText | None
		reason: DF.SmallText
		repeated: DF.Check
		user: DF.Link
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
		self.validate_made_by_rule()

	def validate_made_by_rule(self) -> None:
		"""Refuse everybody, Administrator included, who is not the app's own code."""
		validate_made_by_rule(
			self,
			_("An emergency access is made by using it, and stays as it is."),
			_("Use “Emergency Access” in the list of clients, or “Looked at” on the record."),
		)
