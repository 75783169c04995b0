"""What every row of a record's table has in common: it is seen and written with its record, never alone."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.access.loading import load
from case_management.case_management.access.methods import close_methods
from case_management.case_management.record.refusal import refuse


@close_methods
class ClientRow(Document):
	"""A row of a client record's table. Frappe asks only about the DocType of its record; here the record is asked."""

	def load_from_db(self) -> "ClientRow":
		"""Load it, by itself, for somebody who may see its record; to others it is not there."""
		return load(self, super().load_from_db)

	def has_permission(self, permtype: str = "read", *, debug: bool = False, user: str | None = None) -> bool:
		if not super().has_permission(permtype, debug=debug, user=user):
			return False
		if self.flags.ignore_permissions or (user or frappe.session.user) == "Administrator":
			return True
		if not self.parent or not frappe.db.exists(self.parenttype, self.parent):
			return False
		return frappe.get_doc(self.parenttype, self.parent).has_permission(permtype, debug=debug, user=user)

	def insert(self, *args, **kwargs) -> NoReturn:
		self.refuse_alone()

	def save(self, *args, **kwargs) -> NoReturn:
		self.refuse_alone()

	def on_trash(self) -> None:
		self.refuse_alone()

	def refuse_alone(self) -> NoReturn:
		"""Refuse to store a row past the rules of its record.

		:raises frappe.PermissionError: the user may not write the record, or there is none
		"""
		self.check_permission("write")
		refuse(
			self,
			_("A row is stored with its record."),
			_("Change the record it stands in."),
			frappe.PermissionError,
		)
