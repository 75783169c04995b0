import frappe
from frappe import _

from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.actions import validate_made_by_rule


class ClientAccessLog(ClientRecord):
	"""Who opened, printed or exported what of a client; never changed, never deleted."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		access_kind: DF.Literal[
			"Opened",
			"Listed",
			"Printed",
			"Downloaded",
			"Exported",
			"Read by API",
			"Record Bundle",
			"Emergency Access",
			"Searched",
			"Shown as Match",
		]
		accessed_on: DF.Datetime
		client: DF.Link | None
		record_name: DF.Data | None
		record_type: DF.Link | None
		user: DF.Link
	# end: auto-generated types

	def before_validate(self) -> None:
		"""Take a line that waited while the database took none: a job of Frappe stores it, in nobody's request.

		An import runs as a job too; it makes no line.
		"""
		is_job = not getattr(frappe.local, "request", None) and frappe.session.user == "Administrator"
		if is_job and self.is_new() and not frappe.flags.in_import:
			self.flags.by_rule = True
		super().before_validate()

	def validate(self) -> None:
		self.validate_record()
		self.validate_made_by_rule()

	def on_trash(self) -> None:
		self.validate_made_by_rule()

	def validate_made_by_rule(self) -> None:
		"""Refuse everybody, Administrator and the app's own code included, to change or delete a line."""
		validate_made_by_rule(
			self,
			_("It is made by itself when somebody looks at a record, and never changed or deleted."),
			_("It goes with the client's whole record, when that was kept long enough."),
			for_good=True,
		)
