"""A record that guards itself: whoever loads it, and whatever Frappe would do to a document of any kind."""

from copy import deepcopy
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.access.loading import (
	as_app,
	is_site_open,
	load,
	mark_in_hand,
	validate_loadable,
)
from case_management.case_management.access.methods import close_methods
from case_management.case_management.record.refusal import refuse

# Where a controller says what follows from a save.
FOLLOWING = {"after_insert", "on_update"}


@close_methods
class GuardedRecord(Document):
	"""A client record as a document of Frappe's: loaded by who sees it, and kept as it is."""

	def __init_subclass__(cls) -> None:
		"""Let what follows from a save load what it needs: with the save, its maker may have lost sight of the client."""
		super().__init_subclass__()
		for name in FOLLOWING & vars(cls).keys():
			setattr(cls, name, as_app()(vars(cls)[name]))

	def load_from_db(self) -> "GuardedRecord":
		"""Load it for somebody who may see it; to others it is not there (access/loading.py)."""
		return load(self, super().load_from_db)

	def insert(self, *args: Any, **kwargs: Any) -> "GuardedRecord":
		"""Insert it under a code of its own: a name that was sent could be another record's, and would tell of it."""
		if getattr(frappe.local, "request", None) and not frappe.flags.in_import:
			self.name = self.flags.name_set = None
		return super().insert(*args, **kwargs)

	def _validate_mandatory(self) -> None:
		"""Leave the code out of what is said to be missing of a new record: by it anybody could count the others."""
		try:
			super()._validate_mandatory()
		except frappe.MandatoryError as error:
			if self.is_new():
				error.args = (str(error).replace(f", {self.name}]", "]"),)
			raise

	def __setstate__(self, state: dict) -> None:
		"""Ask again when it comes out of Frappe's cache of documents, which is everybody's."""
		self.__dict__.update(state)
		if is_site_open():
			validate_loadable(self)

	def __deepcopy__(self, memo: dict) -> "GuardedRecord":
		"""Copy what is in hand already, which asks nobody."""
		copied = type(self).__new__(type(self))
		memo[id(self)] = copied
		copied.__dict__.update(deepcopy(self.__getstate__(), memo))
		return copied

	def db_insert(self, *args: Any, **kwargs: Any) -> None:
		super().db_insert(*args, **kwargs)
		mark_in_hand(self)

	def refuse_as_kept(self, *_arguments: object) -> NoReturn:
		"""Refuse what Frappe does to documents of other kinds: another name, submission, cancellation (design rule 4)."""
		refuse(
			self,
			_("A client record keeps its code and is not submitted, cancelled or discarded."),
			_("Use the actions of the record."),
			frappe.PermissionError,
		)

	before_submit = before_cancel = before_discard = before_rename = refuse_as_kept
	# Frappe leaves out the hook before it where it is told not to validate.
	after_rename = refuse_as_kept
