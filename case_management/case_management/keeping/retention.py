"""How long a client's record is kept, and that nothing of it is deleted before (B26; design rule 10).

A record is kept for some years after the last service (7 by default); one of somebody who was a minor then, until they
are of an age (25). While a case or an intake is open there is no date. A legal hold stops disposal whatever the date.
"""

from collections.abc import Iterable
from datetime import date
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import add_years, cint, create_batch, formatdate, getdate
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.access.grants import OPEN_INTAKE
from case_management.case_management.record.refusal import refuse

# Records from which follows how long a client's record is kept: what they say was the last service, or goes on.
RECORDS_OF_SERVICE = (
	"Client",
	"Client Case",
	"Client Intake",
	"Case Note",
	"Case Meeting",
	"Case Follow Up",
	"Record Request",
)
# What counts as a service given: DocType, its date, and the status in which it was.
SERVICES = (
	("Client Case", "closed_on", "Closed"),
	("Case Meeting", "held_on", "Held"),
	("Case Note", "noted_on", None),
	("Case Follow Up", "done_on", "Done"),
	("Client Intake", "decided_on", None),
)
BATCH = 500


def update_retention_of(doc: Document, event: str | None = None) -> None:
	"""Bring the date of a client into line after one of their records changed.

	Hook: doc_events, on_change of the records that say when the last service was, or that one goes on.
	"""
	client = doc.name if doc.doctype == "Client" else doc.get("client")
	if not client or doc.flags.in_delete:
		return
	until = update_retain_until(client)
	if doc.doctype == "Client":
		doc.retain_until = until


def update_retain_until(client: str) -> date | None:
	"""Store until when a client's record is kept, and return it."""
	kept = get_retention([client])
	store_changed(kept)
	return kept[client]


def update_retention() -> int:
	"""Bring the date of every client into line, in batches; return how many changed. Job: daily."""
	clients = frappe.get_all("Client", pluck="name", order_by="name")
	return sum(store_changed(get_retention(list(batch))) for batch in create_batch(clients, BATCH))


def store_changed(kept: dict[str, date | None]) -> int:
	"""Store the dates, by client, that are not stored yet; return how many."""
	client = DocType("Client")
	query = frappe.qb.from_(client).select(client.name, client.retain_until)
	stored = dict(query.where(client.name.isin(list(kept))).run())
	changed = {name: until for name, until in kept.items() if stored.get(name) != until}
	for name, until in changed.items():
		frappe.db.set_value("Client", name, "retain_until", until, update_modified=False)
	return len(changed)


def get_retention(clients: list[str], requests: bool = True) -> dict[str, date | None]:
	"""Return client → the last day their record is kept, None while something is open.

	:param requests: whether an open request of the client's counts as something open
	"""
	table = DocType("Client")
	query = frappe.qb.from_(table).select(table.name, table.birth_date, table.creation)
	rows = query.where(table.name.isin(clients)).run(as_dict=True)
	is_open = get_clients_in_use(clients, requests)
	last = get_last_services([name for name in clients if name not in is_open])
	return {
		row.name: None
		if row.name in is_open
		else get_last_day(last.get(row.name) or getdate(row.creation), row.birth_date)
		for row in rows
	}


def get_last_day(last_service: date, birth_date: date | None) -> date:
	"""Return the last day a record is kept: years after the last service, a minor's at least until an age.

	Without a birth date nobody is taken for a minor.
	"""
	settings = frappe.get_cached_doc("Case Management Settings")
	until = add_years(last_service, cint(settings.retention_years))
	if birth_date and last_service < add_years(birth_date, cint(settings.adult_age)):
		until = max(until, add_years(birth_date, cint(settings.minor_retention_age)))
	return getdate(until)


def get_last_services(clients: list[str]) -> dict[str, date]:
	"""Return client → the day of the last service they had."""
	last: dict[str, date] = {}
	for doctype, field, status in SERVICES if clients else ():
		table = DocType(doctype)
		query = frappe.qb.from_(table).select(table.client, Max(table[field])).groupby(table.client)
		query = query.where(table.client.isin(clients) & table[field].isnotnull())
		if status:
			query = query.where(table.status == status)
		for client, day in query.run():
			last[client] = max(last.get(client, date.min), getdate(day))
	return last


def get_clients_in_use(clients: list[str], requests: bool) -> set[str]:
	"""Return those who have an open case, intake or request: nothing is counted for them yet.

	A granted request to delete waits for the date, so it does not put it off.
	"""
	case, intake, request = (
		DocType(doctype) for doctype in ("Client Case", "Client Intake", "Record Request")
	)
	awaits_disposal = (
		(request.kind == "Deletion") & (request.status == "Decided") & (request.decision == "Granted")
	)
	conditions = [(case, case.status != "Closed"), (intake, intake.status.isin(OPEN_INTAKE))]
	if requests:
		conditions.append((request, (request.status != "Completed") & awaits_disposal.negate()))
	return {client for table, is_open in conditions for client in find_clients(table, clients, is_open)}


def find_clients(table: Table, clients: list[str], condition: Criterion) -> Iterable[str]:
	query = frappe.qb.from_(table).select(table.client).distinct()
	return query.where(table.client.isin(clients) & condition).run(pluck=True)


def validate_kept(doc: Document) -> NoReturn:
	"""Refuse to delete a client record, for every role, Administrator included (design rule 10).

	What was made by mistake is put right, not deleted: a note by an addendum, the others by their actions (cancel,
	withdraw, stop). When a record was kept long enough the whole of it is disposed of: deleting one part leaves copies.

	:raises frappe.ValidationError: always
	"""
	client = doc.name if doc.doctype == "Client" else doc.get("client")
	fields = ["retain_until", "legal_hold"]
	kept = frappe.db.get_value("Client", client, fields, as_dict=True) if client else None
	refuse(doc, _("It is not deleted: {0}").format(get_reason_kept(client, kept)), get_remedy(kept))


def get_reason_kept(client: str | None, kept: frappe._dict | None) -> str:
	if not kept:
		return _("it is part of the service's record.")
	if kept.legal_hold:
		return _("the client {0} is under a legal hold.").format(client)
	if not kept.retain_until:
		return _("the record of {0} is in use, and kept for years after the last service.").format(client)
	if kept.retain_until >= getdate():
		return _("the record of {0} is kept until {1}.").format(client, formatdate(kept.retain_until))
	return _("parts of a record leave copies behind.")


def get_remedy(kept: frappe._dict | None) -> str:
	if kept and not kept.legal_hold and kept.retain_until and kept.retain_until < getdate():
		return _("Dispose of the client's whole record, in the report Records Due for Disposal.")
	return _("Put a mistake right in the record: add to a note, cancel, withdraw or stop the others.")
