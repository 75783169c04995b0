"""What is asked of a request before any function of Frappe gets it.

A client record cannot be loaded for who may not see it, and no list holds it. What is left to ask here is what neither
could know: whether the function that is called keeps to that at all (`known.py`), whether a document that comes with the
request is what it says (`documents.py`), and whether the answer would tell what is hidden from what is not there.
"""

from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.auth import validate_auth
from werkzeug.exceptions import Forbidden

from case_management.case_management.guard.addresses import (
	GUARDS,
	get_asked_function,
	get_function,
	is_page,
)
from case_management.case_management.guard.arguments import (
	get_arguments,
	get_mentioned,
	get_stems,
	get_text,
	is_kind,
	is_misspelt,
	may_say,
	walk,
)
from case_management.case_management.guard.attachments import is_clients_file, reads_file
from case_management.case_management.guard.documents import get_unseen_links, settle_documents
from case_management.case_management.guard.guarded import GUARDED
from case_management.case_management.guard.known import (
	UNASKED,
	get_verdict,
	is_function_to_call,
	is_known,
	log_refused,
)
from case_management.case_management.guard.named_records import (
	get_implied_records,
	get_named_pointers,
	get_named_records,
	get_private_files,
)
from case_management.case_management.guard.narrowing import NARROWED, narrow
from case_management.case_management.guard.queries import (
	QUERY_WORDS,
	refuse_dotted_links,
	refuse_nested_queries,
	validate_query,
)
from case_management.case_management.guard.references import is_denied, reads
from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.guard.unseen import refuse_unseen
from case_management.case_management.guard.uploads import check_names
from case_management.case_management.record.refusal import deny, refuse_as_absent
from case_management.permissions import CLIENT_RECORDS, is_visible

# Arguments by which Frappe takes the name of a function that it then calls.
CALLED = ("cmd", "method", "query", "run_method", "tree_method")
# Arguments by which an answer holds more than the record or the rows that were asked for.
WIDENING = ("expand", "expand_links")


def check_request() -> None:
	"""Refuse a request that names a client's record which its user does not see, or that goes past the rule.

	Hook: before_request, the only one, since Frappe takes time to call each.

	:raises frappe.PermissionError: in the same words for a record that is hidden and one that does not exist
	:raises frappe.ValidationError: a file comes under a name that cannot be
	"""
	check_names()
	if get_user() == "Administrator":
		return
	given, text, function = get_arguments(), get_text(), get_function()
	if given:
		check_arguments(function, given, text)
	if may_say(text, get_stems()):
		check_mentioned(function, given)
	if is_clients_file(frappe.request.path) and not reads_file(frappe.request.path):
		# As Frappe answers for a file that is not there.
		raise Forbidden(_("You don't have permission to access this file"))
	narrow(function, given)


def check_arguments(function: str, given: dict[str, Any], text: str | None) -> None:
	refuse_other_doors(function, given)
	if get_verdict(function) == UNASKED:
		refuse_unasked(function, given)
	check_implied(function, given)
	if may_say(text, QUERY_WORDS):
		refuse_nested_queries(given)
	validate_query(given)
	if may_say(text, ("private",)) and any(not reads_file(address) for address in get_private_files(given)):
		refuse_unseen()


def check_mentioned(function: str, given: dict[str, Any]) -> None:
	"""Look at a request that names a client DocType: what it calls, what it brings, and which records it names."""
	if is_misspelt(given):
		refuse_unseen()
	mentioned = get_mentioned(given)
	if not mentioned:
		return
	refuse_dotted_links(mentioned, given)
	refuse_unknown(function, given)
	refuse_widening()
	for doctype, name in sorted(get_named_records(given)):
		if not (reads(doctype, name) if doctype in CLIENT_RECORDS else is_visible(doctype, name)):
			refuse_unseen()
	if any(get_unseen_links(given)):
		refuse_unseen()
	settle_documents(given)


def check_implied(function: str, given: dict[str, Any]) -> None:
	"""Answer for what points at a hidden client's record, named to a function that does not ask, as if it were not there."""
	for doctype, name in sorted(get_implied_records(function, given)):
		doc = frappe.get_doc(doctype, name)
		if is_denied(doc, frappe.session.user):
			refuse_as_absent(doc)
	for doctype, name in sorted(get_named_pointers(function, given) if function not in NARROWED else ()):
		if not is_visible(doctype, name) and (stored := frappe.db.exists(doctype, name)):
			refuse_as_absent(frappe.get_doc(doctype, stored))


def get_user() -> str:
	"""Return who asks; who comes with a key or a token signs in later than hooks like this one are run."""
	if frappe.session.user == "Guest" and frappe.get_request_header("Authorization"):
		validate_auth()
	return frappe.session.user


def refuse_unknown(function: str, given: dict[str, Any]) -> None:
	"""Refuse a function, or a page, that nobody has judged, and tell the administrator.

	Some functions of Frappe call the function whose name they are given: that has to ask by itself.
	"""
	for key, value in walk(given):
		if key in CALLED and isinstance(value, str) and value != function and is_function_to_call(value):
			refuse_function(value)
	if function and not is_known(function):
		log_refused(function)
		refuse_function(function)
	if not function and not is_page(frappe.request.path):
		refuse_unseen()


def refuse_unasked(function: str, given: dict[str, Any]) -> None:
	"""Refuse a function that reads past all permissions, where it is asked about what may tell of clients."""
	kinds = [value for key, value in walk(given) if is_kind(key) and isinstance(value, str)]
	if any(map(tells_of_clients, kinds)):
		refuse_function(function)


def refuse_other_doors(function: str, given: dict[str, Any]) -> None:
	"""Refuse a guarded function by a name under which its guard is not found: another module's, or an argument."""
	asked = get_asked_function()
	named = [value for key in CALLED if (value := given.get(key)) != asked and isinstance(value, str)]
	if others := {*GUARDED, *NARROWED}.intersection(named):
		refuse_function(min(others))
	if asked not in GUARDED and function in GUARDED and asked not in GUARDS:
		refuse_function(asked)


def refuse_function(path: str) -> NoReturn:
	deny(_("The function {0} cannot be used with client records.").format(path))


def refuse_widening() -> None:
	if widening := [key for key in WIDENING if key in frappe.form_dict]:
		deny(_("The argument {0} cannot be used with client records.").format(widening[0]))
