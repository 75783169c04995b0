from frappe import _

from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.actions import validate_made_by_rule


class Disclosure(ClientRecord):
	"""What was told to whom about a client, and on which basis (design rule 7): made by the app, never changed."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link
		agreed_how: DF.Literal["", "Written", "Spoken", "By a Guardian", "Other"]
		agreed_on: DF.Date | None
		client: DF.Link | None
		client_case: DF.Link | None
		client_name: DF.Data | None
		consent: DF.Link | None
		disclosed_by: DF.Link
		disclosed_on: DF.Date
		intake: DF.Link | None
		legal_basis: DF.Link | None
		legal_basis_note: DF.SmallText | None
		naming_series: DF.Literal["DISC-.YYYY.-.#####"]
		referral: DF.Link | None
		what_was_shared: DF.SmallText
	# end: auto-generated types

	PAST_DATES = ("disclosed_on",)

	def validate(self) -> None:
		self.validate_record()
		self.validate_made_by_rule()

	def on_trash(self) -> None:
		self.validate_made_by_rule()

	def validate_made_by_rule(self) -> None:
		"""Refuse everybody, Administrator included, who is not the app's own code."""
		validate_made_by_rule(
			self,
			_("A disclosure is a trace of what was shared: it is made by itself and stays as it is."),
			_("Send a referral, or write a case note about it."),
		)
