"""Records as they come over HTTP: values under names that Python uses itself, and those that no field can hold."""

from typing import Any

from frappe import _
from frappe.model.base_document import BaseDocument
from frappe.model.document import Document

from case_management.case_management.record.dates import set_dates
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.values import set_texts, validate_values

# What Frappe's own way to call a record's method calls its arguments.
TAKEN_NAMES = {"self", "method"}


class SentRecord(Document):
	"""A record that is made and called from outside by the names that a request gives."""

	def __init__(self, /, *args: Any, **kwargs: Any) -> None:
		kwargs.pop("self", None)
		super().__init__(*args, **kwargs)

	def run_method(self, method: str, /, *args: Any, **kwargs: Any) -> Any:
		"""Call a method; refuse arguments that no action has, which Python would answer with a server error."""
		if taken := TAKEN_NAMES & kwargs.keys():
			refuse(
				self,
				_("The action {0} does not take the argument {1}.").format(method, min(taken)),
				_("Leave it out."),
			)
		return super().run_method(method, *args, **kwargs)


class SetupRecord(SentRecord):
	"""A record that a service sets up and that is about no client."""

	def extend(self, key: str, value: object) -> None:
		"""Refuse text or a number where a table's rows belong."""
		validate_rows(self, key, value)
		super().extend(key, value)

	def before_validate(self) -> None:
		"""Refuse what no field can hold, in words instead of with the database's error."""
		set_texts(self)
		set_dates(self)
		validate_values(self)


def validate_rows(doc: Document, key: str, value: object) -> None:
	"""Refuse text or a number where a table's rows belong, which Frappe answers with a server error."""
	if not isinstance(value, list | tuple) or not all(isinstance(row, dict | BaseDocument) for row in value):
		refuse(doc, _("{0} takes rows.").format(key), _("Give a list of objects."))
