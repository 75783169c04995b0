"""A way to reach somebody was marked as safe before anybody asked: it is unknown now, and to be asked first."""

import frappe

# What the tick box stored, as text: a tick was the default, its absence was somebody's word.
STORED = {"1": "", "0": "No"}


def execute() -> None:
	"""Bring the ways of every client to Yes, No or unknown; those that were answered since stay."""
	table = frappe.qb.DocType("Client Contact Way")
	for stored, safe in STORED.items():
		frappe.qb.update(table).set(table.safe_to_use, safe).where(table.safe_to_use == stored).run()
