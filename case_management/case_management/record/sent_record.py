"""Records as they come over HTTP: values under names that Python uses itself, and those that no field can hold."""

import re
from math import isfinite
from typing import Any

from frappe import _
from frappe.model.base_document import BaseDocument
from frappe.model.document import Document
from frappe.utils import cint

from case_management.case_management.access.methods import close_methods
from case_management.case_management.record.dates import set_dates
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.sent_values import restore_rows
from case_management.case_management.record.values import (
	has_unstorable,
	holds_one,
	is_of_many,
	refuse_letters,
	set_texts,
	validate_values,
)

# More rows than anybody writes at once.
MAX_ROWS = 500
# What Frappe notes about a record as text, and reads before it validates anything.
STAMPS = ("owner", "modified_by")
# What Frappe reads as a number as soon as there is a record.
NUMBERS = ("docstatus", "idx")
READ_FIRST = (*STAMPS, *NUMBERS)
# What Frappe's own way to call a record's method calls its arguments.
TAKEN_NAMES = {"self", "method"}


class SentRecord(Document):
	"""A record that is made and called from outside by the names that a request gives."""

	def __init__(self, /, *args: Any, **kwargs: Any) -> None:
		kwargs.pop("self", None)
		super().__init__(*args, **kwargs)

	def load_from_db(self) -> "SentRecord":
		"""Read it as it is stored, whatever is: what is wrong there can be opened and corrected."""
		self.flags.is_loading = True
		try:
			return super().load_from_db()
		finally:
			self.flags.is_loading = False

	def update(self, d: dict) -> "SentRecord":
		"""Take over values, but for those that no field holds: they would be looked up before they are validated."""
		for key, value in () if self.flags.is_loading else d.items():
			if (
				isinstance(value, float | dict | list | tuple | set)
				or has_unstorable(value)
				or key in READ_FIRST
			):
				validate_sent(self, key, value)
		return super().update(d)

	def run_method(self, method: str, /, *args: Any, **kwargs: Any) -> Any:
		"""Call a method; refuse arguments that no action has, which Python would answer with a server error."""
		if taken := TAKEN_NAMES & kwargs.keys():
			refuse(
				self,
				_("The action {0} does not take the argument {1}.").format(method, min(taken)),
				_("Leave it out."),
			)
		return super().run_method(method, *args, **kwargs)


@close_methods
class SetupRecord(SentRecord):
	"""A record that a service sets up and that is about no client."""

	def extend(self, key: str, value: object) -> None:
		"""Refuse text or a number where a table's rows belong."""
		validate_rows(self, key, value)
		super().extend(key, value)

	def before_validate(self) -> None:
		"""Refuse what no field can hold, in words instead of with the database's error."""
		self.idx = cint(self.idx)
		restore_rows(self)
		set_texts(self)
		set_dates(self)
		validate_values(self)


def validate_sent(doc: Document, key: str, value: object) -> None:
	"""Refuse letters that no database stores, what is no number, and a list or an object where one value belongs.

	What a form notes for itself begins with an underscore.
	"""
	field = doc.meta.get_field(key)
	label = _(field.label) if field and field.label else str(key)[:140].encode(errors="replace").decode()
	if has_unstorable(value) and not is_of_many(value):
		refuse_letters(doc, label)
	is_number = not isinstance(value, float) or isfinite(value)
	if key in STAMPS and not isinstance(value, str | None):
		refuse(doc, _("{0} is a text.").format(label), _("Leave it out."))
	if key in NUMBERS and not re.fullmatch(r"-?\d{1,9}", str(value or 0)):
		refuse(doc, _("{0} is a number.").format(label), _("Leave it out."))
	if isinstance(value, float) and field and field.fieldtype in ("Link", "Dynamic Link"):
		refuse(doc, _("{0} takes a code.").format(label), _("Give the code of a record."))
	is_one = not is_of_many(value) or str(key).startswith("_") or (field and not holds_one(field))
	if not is_number or not is_one:
		refuse(doc, _("{0} takes one value.").format(label), _("Give text, a number or a code."))


def validate_rows(doc: Document, key: str, value: object) -> None:
	"""Refuse text or a number where a table's rows belong, and more new rows than anybody writes at once."""
	if not isinstance(value, list | tuple) or not all(isinstance(row, dict | BaseDocument) for row in value):
		refuse(doc, _("{0} takes rows.").format(key), _("Give a list of objects."))
	if sum(not row.get("name") for row in value) > MAX_ROWS:
		refuse(doc, _("{0} takes up to {1} new rows.").format(key, MAX_ROWS), _("Save fewer rows at once."))
