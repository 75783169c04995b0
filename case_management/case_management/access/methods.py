"""Which methods of a record a request may call: the app's own actions, and none of those that Frappe gives to every document.

Frappe lets a request rename, submit, cancel or discard a document, or write into its timeline, by methods that every
document has. What a client record needs of these has an action of its own that keeps the rules; so all of them are
closed, those of a Frappe to come too.
"""

import inspect
from collections.abc import Callable
from typing import Any

import frappe
from frappe.model.document import Document


def close_methods(controller: type) -> type:
	"""Give a controller its own copy, for code only, of each method that Frappe opens to requests for every document.

	Used as a decorator of the class.
	"""
	for name, method in inspect.getmembers(Document, inspect.isfunction):
		if method in frappe.whitelisted and name not in vars(controller):
			setattr(controller, name, close(controller, name))
	return controller


def close(controller: type, name: str) -> Callable:
	"""Return a method that does what Frappe's does, and that no request may call."""

	def call(self: Document, *args: Any, **kwargs: Any) -> Any:
		return getattr(super(controller, self), name)(*args, **kwargs)

	call.__name__ = name
	return call
