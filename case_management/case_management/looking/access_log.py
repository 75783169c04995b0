"""Who looked at a client's record (B26): a line for each look, that nobody changes.

A line says who, when, how and which code; nothing of what was read. What counts as a look, `looks.py` says.

The form of a record loads itself afresh after each save, and when a colleague saves it; a browser asks for a file in
pieces; another system asks every minute. So whoever looks at the same record in the same way within `MINUTES` is still
looking, and so is who has just made it. An export, a bundle and an emergency access are acts: each has a line.

Nobody waits for a line: it is written after the answer has gone out, all lines of a request by one statement. Where the
database does not take them, they wait in Frappe's queue of deferred inserts, as they do while the site is in maintenance.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import NamedTuple

import frappe
from frappe import _
from frappe.deferred_insert import deferred_insert
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_to_date, now_datetime
from werkzeug.wrappers import Request, Response

from case_management.case_management.looking.looked_at import get_looks, get_search, is_answered
from case_management.case_management.looking.looks import LOG, Look, get_seen
from case_management.case_management.record.refusal import refuse

MINUTES = 5
ACTS = ("Exported", "Record Bundle", "Emergency Access")
FIELDS = ("client", "user", "accessed_on", "access_kind", "record_type", "record_name")
STAMPS = ("name", "owner", "creation", "modified_by", "modified")


class Line(NamedTuple):
	"""What a line says besides who and when; without a client, that the user searched for one."""

	client: str | None
	access_kind: str
	record_type: str | None = None
	record_name: str | None = None


def log_look(doc: Document, kind: str) -> None:
	"""Note that this request shows a record; the line is written when the request was answered.

	:param kind: Opened or Printed
	"""
	if getattr(frappe.local, "request", None) and doc.name and not doc.is_new():
		frappe.flags.setdefault("client_looks", []).append(Look(kind, doc.doctype, doc.name))


def log_request(response: Response | None = None, request: Request | None = None) -> None:
	"""Have the lines written of a request that showed a client's record, after its answer."""
	if not is_answered(response):
		return
	if looks := get_looks():
		request.after_response.add(partial(write_looks, lambda: looks))
	if search := get_search(request):
		request.after_response.add(partial(write_looks, search))


def write_looks(find: Callable[[], Iterable[Look]]) -> None:
	"""Write the lines of looks and commit; nothing that goes wrong reaches the web server.

	:param find: returns the looks
	"""
	lines: list[Line] = []
	try:
		lines = get_new_lines(find())
		if lines:
			store_lines(lines)
			frappe.db.commit()
	except Exception as error:
		keep_lines(lines, error)


def get_new_lines(looks: Iterable[Look]) -> list[Line]:
	"""Return the lines that looks leave: all but those of a look that still goes on.

	Whoever has a record's form open gets the record by its buttons too: that is no other look.
	"""
	since = add_to_date(now_datetime(), minutes=-MINUTES)
	lines = get_lines(looks, since)
	if all(line.access_kind in ACTS for line in lines):
		return lines
	recent = get_recent(since)
	opened = {line._replace(access_kind="Read by API") for line in recent if line.access_kind == "Opened"}
	return [line for line in lines if line.access_kind in ACTS or line not in recent | opened]


def get_lines(looks: Iterable[Look], since: datetime) -> list[Line]:
	"""Return a line for each record that was looked at, and for a list one for each client in it.

	A list's line names the record where there is only one of the client.
	"""
	lines: dict[Line, None] = {}
	listed: dict[tuple[str, str, str], set[str]] = {}
	for look, client in get_seen(looks, since):
		if look.listed:
			listed.setdefault((client, look.kind, look.doctype), set()).add(look.name)
		else:
			lines[Line(client, look.kind, look.doctype, look.name)] = None
	for (client, kind, doctype), names in listed.items():
		lines[Line(client, kind, doctype, names.pop() if len(names) == 1 else None)] = None
	return list(lines)


def get_recent(since: datetime) -> set[Line]:
	"""Return the session's user's lines since a time."""
	log = DocType(LOG)
	query = frappe.qb.from_(log).select(log.client, log.access_kind, log.record_type, log.record_name)
	rows = query.where((log.user == frappe.session.user) & (log.accessed_on > since)).run()
	return {Line(*row) for row in rows}


def store_lines(lines: list[Line]) -> list[str]:
	"""Write lines of the session's user by one statement, and return their names.

	Their names are drawn, so that no request waits for another's number.
	"""
	user, now = frappe.session.user, now_datetime()
	names = [frappe.generate_hash(length=20) for _line in lines]
	rows = [
		(line.client, user, now, *line[1:], name, user, now, user, now)
		for name, line in zip(names, lines, strict=True)
	]
	if frappe.flags.read_only:
		defer_lines(lines)
	else:
		frappe.db.bulk_insert(LOG, [*FIELDS, *STAMPS], rows)
	return names


def log_for_good(lines: list[Line]) -> None:
	"""Write lines with what else the request stores; and again if all of that is undone, for a refusal tells things too."""
	store_lines(lines)
	if getattr(frappe.local, "request", None):
		frappe.db.after_rollback.add(partial(write_lines, lines))


def write_lines(lines: list[Line]) -> None:
	store_lines(lines)
	frappe.db.commit()


def defer_lines(lines: list[Line]) -> None:
	"""Let lines wait in Frappe's queue, from which a job stores them."""
	about = {"user": frappe.session.user, "accessed_on": str(now_datetime())}
	deferred_insert(LOG, [{**line._asdict(), **about} for line in lines])


def keep_lines(lines: list[Line], error: Exception) -> None:
	"""Let lines that the database did not take wait, and tell the site's administrator; but not whom they are about."""
	try:
		frappe.db.rollback()
		defer_lines(lines)
		frappe.log_error(
			LOG, f"{len(lines)} lines wait in the queue of deferred inserts: {type(error).__name__}"
		)
		frappe.db.commit()
	except Exception:
		frappe.logger().error(f"{LOG}: {len(lines)} lines are not kept", exc_info=True)


def log_access(
	client: str, kind: str, record_type: str | None = None, record_name: str | None = None
) -> str | None:
	"""Note an access to a client's record by the session's user, with what else the request stores.

	While the site takes no writes (in maintenance) the line waits and is stored later.

	:param kind: one of the kinds of Client Access Log
	:param record_type: the DocType of what was looked at
	:param record_name: its code
	:return: the line's name; None for one that waits
	"""
	names = store_lines([Line(client, kind, record_type, record_name)])
	return None if frappe.flags.read_only else names[0]


def validate_merge(user: Document, _method: str, old: str, _new: str, merge: bool = False) -> None:
	"""Refuse to make one of two users: what the one looked at would be put down to the other.

	Hook: before_rename of User.
	"""
	if merge and frappe.db.exists(LOG, {"user": old}):
		refuse(
			user,
			_("The access log says what this user looked at, and would name another."),
			_("Disable the user instead."),
		)
