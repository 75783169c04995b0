"""Actions: the whitelisted methods of a record that a button, REST and a job call alike."""

import contextlib
import functools
import inspect
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, get_fullname

from case_management.case_management.access.loading import as_app
from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.values import has_unstorable, refuse_letters

# The argument by which a caller says what they saw.
AS_OF = "as_of"
# How often an action begins again after the database undid it in favour of another.
ATTEMPTS = 4


def action(method: Callable) -> Callable:
	"""Make a controller's method safe to call from anywhere, and to call twice.

	The record is locked and read afresh, so that neither a stale form nor a crafted copy of the record sent
	by the caller can decide, and a second call waits for the first and then sees its result. Write access is
	checked before anything else. Used below `@frappe.whitelist(methods=["POST"])`.

	Every action takes `as_of` besides: when the record was last changed as the caller saw it. If somebody else has
	changed it since, the action is refused and what was given comes back as `unsaved_words` beside the error.

	:raises frappe.PermissionError: the user may not write the record
	:raises frappe.TimestampMismatchError: somebody else changed the record after `as_of`
	:raises frappe.ValidationError: the record was never saved, an argument is not one of the method's, or others
	        work on the same case so busily that it is not this action's turn
	"""
	signature = inspect.signature(method)

	@functools.wraps(method)
	def run(self: Document, *args, **kwargs) -> Any:
		as_of = kwargs.pop(AS_OF, None)
		validate_request(self, method.__name__)
		validate_arguments(self, method.__name__, signature, args, kwargs)
		validate_types(self, signature, args, kwargs)

		def act() -> Any:
			validate_as_seen(self, as_of, signature.bind(self, *args, **kwargs).arguments)
			return method(self, *args, **kwargs)

		return take_turn(self, act)

	# Frappe's own check of the arguments' types names neither the record nor what to do.
	run.__annotations__ = {}
	run.__signature__ = get_signature_with_time(signature)
	return run


def get_signature_with_time(signature: inspect.Signature) -> inspect.Signature:
	"""Return an action's signature as its callers see it: Frappe passes on only what stands in it."""
	as_of = inspect.Parameter(AS_OF, inspect.Parameter.KEYWORD_ONLY, default=None)
	return signature.replace(parameters=[*signature.parameters.values(), as_of])


def validate_as_seen(doc: Document, as_of: object, given: dict) -> None:
	"""Refuse an action on a record that somebody else has changed since the caller looked at it.

	:param as_of: when it was last changed as the caller saw it; None from callers who do not say
	:param given: the action's arguments, to be given back
	"""
	seen = get_time(doc, _("The time {0}").format(AS_OF), as_of) if as_of else None
	if not seen or doc.modified_by == frappe.session.user or get_datetime(doc.modified) <= seen:
		return
	give_back({name: value for name, value in given.items() if name != "self"})
	refuse(
		doc,
		_("{0} changed it on {1}, after you opened it.").format(
			get_fullname(doc.modified_by), format_datetime(doc.modified)
		),
		_("Look at what changed, then take the step again. What you entered is kept for you."),
		frappe.TimestampMismatchError,
	)


def give_back(words: dict) -> None:
	"""Send back, beside the error that follows, what somebody entered and what was not stored."""
	frappe.local.response["unsaved_words"] = words


def take_turn(doc: Document, act: Callable[[], Any]) -> Any:
	"""Lock the record and act; in a request, as its own transaction.

	What a transaction sees is what was there when it first read, which was before it waited for the lock; so the
	request's transaction, which has written nothing yet, is ended and begun with the lock. Where two wait for each
	other all the same, the database undoes one of them, and that one begins again.
	"""
	case = get_case_of(doc)
	if not is_first_of_request():
		return act_locked(doc, case, act)
	frappe.flags.in_case_action = True
	try:
		for _attempt in range(ATTEMPTS):
			frappe.db.rollback()
			with contextlib.suppress(frappe.QueryDeadlockError):
				return act_locked(doc, case, act)
			frappe.clear_messages()
		refuse(doc, _("Somebody else is changing it at this moment."), _("Try again."))
	finally:
		frappe.flags.in_case_action = False


def is_first_of_request() -> bool:
	"""Tell whether a web request has called an action and nothing was written in it yet."""
	in_request = getattr(frappe.local, "request", None)
	return bool(in_request) and not frappe.flags.in_case_action and not frappe.db.transaction_writes


def act_locked(doc: Document, case: str | None, act: Callable[[], Any]) -> Any:
	"""Act with the case, then the record locked: actions on one case wait for each other, in this order."""
	if case:
		lock_case(case)
	lock(doc)
	doc.check_permission("write")
	doc.flags.by_rule = True
	return act()


def get_case_of(doc: Document) -> str | None:
	if not doc.name or not doc.meta.has_field("client_case"):
		return None
	return frappe.db.get_value(doc.doctype, doc.name, "client_case")


def validate_request(doc: Document, name: str) -> None:
	"""Refuse an action asked for by GET: Frappe runs it, and answers as if it were stored."""
	request = getattr(frappe.local, "request", None)
	if request and request.method == "GET":
		refuse(
			doc,
			_("The action {0} changes the record, and GET changes nothing.").format(name),
			_("Send it by POST."),
			frappe.PermissionError,
		)


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


def validate_types(doc: Document, signature: inspect.Signature, args: tuple, kwargs: dict) -> None:
	"""Refuse an argument of a type that the action does not take: a list where text belongs, for example."""
	given = signature.bind(doc, *args, **kwargs).arguments
	for name, value in list(given.items())[1:]:
		if has_unstorable(value):
			refuse_letters(doc, _("The argument {0}").format(name))
		wanted = signature.parameters[name].annotation
		if wanted is not inspect.Parameter.empty and not isinstance(value, wanted):
			refuse(
				doc,
				_("The argument {0} does not take this: {1}.").format(name, str(value)[:140]),
				_("Give text, a number or a date; rows as a list of objects."),
			)


def lock_case(case: str) -> None:
	"""Let a second call wait until the first is done, so that two never make the same record twice."""
	frappe.db.get_value("Client Case", case, "name", for_update=True)


def lock_client(client: str) -> None:
	"""Let what depends on a client's other records wait for each other, as with a case."""
	frappe.db.get_value("Client", client, "name", for_update=True)


def lock(doc: Document) -> None:
	"""Hold the record's row until the transaction ends, and read it as it is stored now."""
	if doc.is_new() or not doc.name:
		refuse(doc, _("An action needs a stored record."), _("Save it first."))
	doc.flags.for_update = True
	doc.load_from_db()


def validate_made_by_rule(doc: Document, rule: str, remedy: str, for_good: bool = False) -> None:
	"""Refuse to let anybody, Administrator included, make or change a record that only the app's own code makes.

	:param rule: how it is made, translated
	:param remedy: what to do instead, translated
	:param for_good: the app's own code does not change it either, or delete it
	"""
	if not doc.flags.by_rule or (for_good and not doc.is_new()):
		refuse(doc, rule, remedy)


def store(doc: Document) -> Document:
	"""Insert or save a record that follows from an action: no permission of the user's own is asked for it.

	All other rules hold. Fields that only the app sets may be set.
	"""
	doc.flags.by_rule = doc.flags.ignore_permissions = True
	try:
		with as_app():
			return doc.save()
	finally:
		doc.flags.by_rule = doc.flags.ignore_permissions = False
