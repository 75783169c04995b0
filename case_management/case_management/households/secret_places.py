"""Places that are secret: where somebody lives whose address is, and who lives there with them.

Who sees such a place is on the team of the case that it was recorded for, or leads its program (`grants.reads_stay`): the
other parent's team sees the child, and not where the child lives with the one who left.
"""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint


def get_secret(clients: Iterable[str]) -> set[str]:
	"""Return which of these clients have a secret address, or live in a household with somebody who has."""
	clients = list(clients)
	own = frappe.get_all("Client", {"name": ("in", clients), "address_is_secret": 1}, pluck="name")
	mate, row = DocType("Client"), DocType("Client Relationship")
	query = frappe.qb.from_(row).join(mate).on(mate.name == row.related_client)
	query = query.where((row.parenttype == "Client") & (row.in_household == 1) & row.parent.isin(clients))
	with_somebody = (
		query.where(mate.address_is_secret == 1).select(row.parent).run(pluck=True) if clients else []
	)
	return {*own, *with_somebody}


def set_secret(stay: Document) -> None:
	"""Note on a stay whether its place is secret; once it is, it stays so until the address is no longer secret.

	Who has left the household since has not told anybody where that place is.
	"""
	before = stay.get_doc_before_save()
	stay.place_is_secret = int(bool((before and before.place_is_secret) or get_secret([stay.client])))


def update_stays(client: Document) -> None:
	"""Let the stays of a client and of who lives with them follow when their address becomes secret, or no longer is."""
	if client.is_new() or not client.has_value_changed("address_is_secret"):
		return
	filters = {"parenttype": "Client", "in_household": 1, "related_client": client.name}
	clients = {client.name, *frappe.get_all("Client Relationship", filters, pluck="parent")}
	secret, stay = get_secret(clients), DocType("Accommodation Stay")
	for name in sorted(clients):
		frappe.qb.update(stay).set(stay.place_is_secret, int(name in secret)).where(stay.client == name).run()


def is_told(doctype: str, name: str, request: Document) -> bool:
	"""Tell whether a request of records is told of a place: the client's own is, others' of what belongs to their case."""
	if request.asked_by == "Client" or doctype != "Accommodation Stay":
		return True
	stay = frappe.db.get_value(doctype, name, ("place_is_secret", "client_case"), as_dict=True)
	return not cint(stay.place_is_secret) or stay.client_case == request.client_case
