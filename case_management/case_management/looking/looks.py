"""A look at a client's record, and which client it is about (B26).

A row of a child table is a look at its record. Who has just made a record does not look at it, and the access log is
no client's record here, but for a bundle that hangs on its line.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import frappe

from case_management.case_management.guard.referencing import get_found
from case_management.permissions import CLIENT_RECORDS, get_parents

LOG = "Client Access Log"


class Look(NamedTuple):
	"""A record that was looked at, and how; `listed` with others."""

	kind: str
	doctype: str
	name: str
	listed: bool = False


def get_seen(looks: Iterable[Look], since: datetime) -> Iterator[tuple[Look, str]]:
	"""Return the looks that were at a stored client's record, with the client.

	:param since: who made the record after this has it before their eyes anyway
	"""
	by_doctype: dict[str, list[Look]] = {}
	for look in looks:
		by_doctype.setdefault(look.doctype, []).append(look)
	for doctype in [name for name in by_doctype if is_child_of_client(name)]:
		for look in get_looks_at_parents(by_doctype.pop(doctype)):
			by_doctype.setdefault(look.doctype, []).append(look)
	for doctype, group in by_doctype.items():
		if group := [look for look in group if is_look_at_client(look)]:
			clients = get_clients(doctype, {look.name for look in group}, since)
			yield from ((look, clients[look.name]) for look in group if look.name in clients)


def is_child_of_client(doctype: str) -> bool:
	"""Tell whether rows of a DocType belong to client records."""
	return doctype not in CLIENT_RECORDS and doctype in get_found() and bool(get_parents(doctype))


def get_looks_at_parents(looks: list[Look]) -> Iterator[Look]:
	"""Return the looks at the records that rows of one child table belong to."""
	filters = {"name": ("in", {look.name for look in looks})}
	fields = ["name", "parenttype", "parent"]
	parents = {row[0]: row[1:] for row in frappe.get_all(looks[0].doctype, filters, fields, as_list=True)}
	for look in looks:
		if look.name in parents:
			yield Look(look.kind, *parents[look.name], look.listed)


def is_about_clients(doctype: str) -> bool:
	"""Tell whether a DocType's records are clients' or rows of clients' records; the access log is not among them."""
	return doctype != LOG and (doctype in CLIENT_RECORDS or is_child_of_client(doctype))


def is_look_at_client(look: Look) -> bool:
	return look.doctype in CLIENT_RECORDS and (look.doctype != LOG or look.kind == "Downloaded")


def get_clients(doctype: str, names: set[str], since: datetime) -> dict[str, str]:
	"""Return the client of each record of a DocType that has one, but of those the user made after a time."""
	fields = ["name", "owner", "creation", *(["client"] if doctype != "Client" else [])]
	return {
		row.name: row.get("client", row.name)
		for row in frappe.get_all(doctype, {"name": ("in", names)}, fields)
		if row.get("client", row.name) and not (row.owner == frappe.session.user and row.creation > since)
	}
