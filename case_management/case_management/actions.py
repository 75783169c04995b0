"""Actions: the whitelisted methods of a record that a button, REST and a job call alike."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.refusal import refuse


def action(method: Callable) -> Callable:
	"""Make a controller's method safe to call from anywhere, and to call twice.

	The record is locked and read afresh, so that neither a stale form nor a crafted copy of the record sent
	by the caller can decide, and a second call waits for the first and then sees its result. Write access is
	checked before anything else. Used below `@frappe.whitelist(methods=["POST"])`.

	:raises frappe.PermissionError: the user may not write the record
	:raises frappe.ValidationError: the record was never saved, or an argument is not one of the method's
	"""
	signature = inspect.signature(method)

	@functools.wraps(method)
	def run(self: Document, *args, **kwargs) -> Any:
		validate_arguments(self, method.__name__, signature, args, kwargs)
		lock(self)
		self.check_permission("write")
		self.flags.by_rule = True
		return method(self, *args, **kwargs)

	return run


def validate_arguments(
	doc: Document, name: str, signature: inspect.Signature, args: tuple, kwargs: dict
) -> None:
	"""Refuse arguments the action does not take, which Python would answer with a server error."""
	try:
		signature.bind(doc, *args, **kwargs)
	except TypeError:
		known = ", ".join(list(signature.parameters)[1:]) or _("none")
		refuse(
			doc,
			_("The action {0} does not take these arguments.").format(name),
			_("It takes: {0}.").format(known),
		)


def lock(doc: Document) -> None:
	"""Hold the record's row until the transaction ends, and read it as it is stored now."""
	if doc.is_new():
		refuse(doc, _("An action needs a stored record."), _("Save it first."))
	doc.flags.for_update = True
	doc.load_from_db()


def store(doc: Document) -> Document:
	"""Insert or save a record that follows from an action: no permission of the user's own is asked for it.

	All other rules hold. Fields that only the app sets may be set.
	"""
	doc.flags.by_rule = doc.flags.ignore_permissions = True
	try:
		return doc.save()
	finally:
		doc.flags.by_rule = doc.flags.ignore_permissions = False
