"""Who looked at a client's record (B26): a line for each form opened, print, bundle and emergency access.

The line says who, when, what kind and which code; nothing of what was read. It is made by the app's own code only, and
changed or deleted by nobody.
"""

import frappe
from frappe.deferred_insert import deferred_insert
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_to_date, now_datetime

from case_management.case_management.record.actions import store

# Somebody who opens the same form again within the hour is still looking at it.
MINUTES = 60


def log_look(doc: Document, kind: str) -> None:
	"""Note that somebody opened or printed a client record, in a web request of their own, once an hour.

	:param kind: Opened or Printed
	"""
	client = doc.name if doc.doctype == "Client" else doc.get("client")
	if not client or doc.doctype == "Client Access Log" or doc.is_new() or not is_person_looking():
		return
	if is_logged(doc, kind):
		return
	log_access(client, kind, doc.doctype, doc.name)
	# Frappe undoes what a GET wrote, unless it is told that it was meant.
	frappe.local.flags.commit = True


def is_person_looking() -> bool:
	"""Tell whether this is a web request of somebody who is signed in: jobs and mails look at nothing."""
	return bool(getattr(frappe.local, "request", None)) and frappe.session.user != "Guest"


def is_logged(doc: Document, kind: str) -> bool:
	log = DocType("Client Access Log")
	query = frappe.qb.from_(log).select(log.name).limit(1)
	same = (log.record_name == doc.name) & (log.record_type == doc.doctype) & (log.access_kind == kind)
	recent = log.accessed_on > add_to_date(now_datetime(), minutes=-MINUTES)
	return bool(query.where(same & recent & (log.user == frappe.session.user)).run())


def log_access(
	client: str, kind: str, record_type: str | None = None, record_name: str | None = None
) -> str | None:
	"""Note an access to a client's record by the session's user; return the line's code.

	While the site takes no writes (in maintenance) the line waits and is stored later; there is no code then.

	:param kind: one of the kinds of Client Access Log
	:param record_type: the DocType of what was looked at
	:param record_name: its code
	"""
	line = frappe.get_doc(
		{
			"doctype": "Client Access Log",
			"client": client,
			"user": frappe.session.user,
			"accessed_on": now_datetime(),
			"access_kind": kind,
			"record_type": record_type,
			"record_name": record_name,
		}
	)
	if frappe.flags.read_only:
		deferred_insert(line.doctype, [line.as_dict(convert_dates_to_str=True)])
		return None
	line.flags.ignore_links = True
	return store(line).name
