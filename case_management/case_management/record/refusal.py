"""How this app says no: the record, the rule and what to do next, in plain words."""

from collections.abc import Iterable
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document


def refuse(
	doc: Document, rule: str, remedy: str, exception: type[Exception] = frappe.ValidationError
) -> NoReturn:
	"""Stop whatever is being done to `doc`.

	:param doc: the record the rule protects; a new one is named by its DocType
	:param rule: which rule was met, one translated sentence
	:param remedy: what to do next, one translated sentence
	:param exception: what to raise; its HTTP status reaches the caller (417, or 403 for a PermissionError)
	"""
	frappe.throw(
		_("{0}: {1} {2}").format(get_record_label(doc), rule, remedy),
		exc=exception,
		title=_("{0}: Not Possible").format(_(doc.doctype)),
	)


def refuse_as_absent(doc: Document, asked: object = None) -> NoReturn:
	"""Say of a record that the user does not see what Frappe says of one that is not there, in its words.

	A code that the request did not name is not told: the record was come upon on the way.

	:param asked: by what it was asked for, if not by its name
	"""
	frappe.clear_messages()
	name = asked or doc.name
	# What was asked for by filters is told as it was asked: another answer would tell that something matches them.
	told = not isinstance(name, str | int) or is_named(name)
	text = _("{0} {1} not found").format(_(doc.doctype), name) if told else _("Not found")
	try:
		if deletes():
			raise frappe.DoesNotExistError
		frappe.throw(text, frappe.DoesNotExistError)
	except frappe.DoesNotExistError as error:
		# By it Frappe 16 tells those whose role does not read the DocType only that.
		error.doctype = doc.doctype
		raise


def deletes() -> bool:
	"""Tell whether a request deletes by REST: of what is not there Frappe then says no word."""
	request = getattr(frappe.local, "request", None)
	return bool(request) and request.method == "DELETE" and not frappe.form_dict.get("cmd")


def is_named(name: object) -> bool:
	"""Tell whether a request names a record somewhere; outside of a request whoever asks has named it."""
	if not getattr(frappe.local, "request", None):
		return True
	return str(name) in "\n".join(map(str, [frappe.request.path, *frappe.form_dict.values()]))


def get_labels(doc: Document, fields: Iterable[str]) -> str:
	"""Return the labels of fields as a sentence lists them."""
	return ", ".join(sorted(_(doc.meta.get_label(field)) for field in fields))


def get_record_label(doc: Document) -> str:
	"""Return the DocType and code of a record, `New Case Note` for one that has no code yet."""
	if not doc.name or doc.is_new():
		return _("New {0}").format(_(doc.doctype))
	return f"{_(doc.doctype)} {doc.name}"


def deny(rule: str, title: str | None = None) -> NoReturn:
	"""Stop a request that has no record in hand.

	:param rule: why it is not answered, one translated sentence
	:param title: the message's, if not Frappe's own
	:raises frappe.PermissionError: always (HTTP 403)
	"""
	frappe.throw(rule, frappe.PermissionError, title=title)
