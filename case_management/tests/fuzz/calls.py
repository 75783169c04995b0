"""Calls as they come over HTTP, without a server: the same entry, the same checks of types, the same answers."""

import functools
import json
import operator
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frappe
import frappe.handler
from frappe.query_builder.functions import Count, Max
from frappe.utils.response import build_response
from pypika.terms import ValueWrapper
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from case_management.permissions import CLIENT_RECORDS

SERVER_ERROR = 500
# What does not change while records do.
KEPT = (b"|doctype_meta", b"|is_table", b"|roles")
TOTALS: Counter = Counter()


@dataclass
class Answer:
	"""What a call is answered with."""

	status: int
	words: str
	error: Exception | None = None

	@property
	def ok(self) -> bool:
		return self.error is None


def send(user: str, cmd: str, given: dict[str, Any]) -> Answer:
	"""Call a whitelisted function as `user`; what is not text is sent as its JSON."""
	form = {key: value if isinstance(value, str) else json.dumps(value) for key, value in given.items()}
	set_request(f"/api/method/{cmd}", user)
	return get_answer(lambda: frappe.handler.execute_cmd(cmd), frappe._dict(form, cmd=cmd))


def get_answer(call: Callable[[], Any], form: frappe._dict) -> Answer:
	frappe.local.form_dict = form
	form.pop("cmd", None)
	# One that has written nothing yet may begin its transaction anew, which would undo the test's.
	frappe.db.transaction_writes = 1
	try:
		message = call()
		if message is not None and "message" not in frappe.response:
			frappe.response["message"] = message
		return Answer(build_response("json").status_code, "")
	except Exception as error:  # as Frappe's own handler does
		status = getattr(error, "http_status_code", SERVER_ERROR)
		return Answer(status, f"{type(error).__name__}: {str(error)[:300]}", error)


def set_request(path: str, user: str) -> None:
	"""Be in a request of `user`."""
	environment = EnvironBuilder(
		path=path, method="POST", headers={"Accept": "application/json"}
	).get_environ()
	frappe.local.request = Request(environment)
	frappe.local.is_ajax = True
	frappe.local.response = frappe._dict(docs=[])
	be(user)


def be(user: str) -> None:
	"""Be somebody else, who need not read again how the DocTypes are: that takes longer than most calls."""
	kept = {key: value for key, value in frappe.local.cache.items() if key.endswith(KEPT)}
	frappe.set_user(user)
	frappe.local.cache.update(kept)


def leave_request() -> None:
	be("Administrator")
	frappe.local.request = None
	frappe.local.form_dict = frappe._dict()
	frappe.clear_messages()


def get_fingerprint() -> tuple:
	"""Return how many records of each kind there are and when the last one changed."""
	queries = []
	for doctype in (*CLIENT_RECORDS, "Record Disposal", "File", "User", "DocShare", "ToDo"):
		table = frappe.qb.DocType(doctype)
		queries.append(
			frappe.qb.from_(table).select(ValueWrapper(doctype), Count(table.name), Max(table.modified))
		)
	return functools.reduce(operator.add, queries[1:], queries[0]).run()
