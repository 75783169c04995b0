"""Consents about to end, and ended (design rule 7)."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import add_days, cint, getdate

from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due, get_people, select_people

# What ended longer ago is a matter of the record, not of today's work.
ENDED_DAYS = 30


def get_ending() -> list[Due]:
	"""Return the consents whose last day is today or within the days in Settings."""
	return find_consents(getdate(), add_days(getdate(), cint(get_setting("consent_warning_days"))))


def get_ended() -> list[Due]:
	"""Return the consents that ended in the last 30 days."""
	return find_consents(add_days(getdate(), -ENDED_DAYS), add_days(getdate(), -1))


def find_consents(first: object, last: object) -> list[Due]:
	"""Return the consents of clients with an open case that end in a span of days, and that no later one follows."""
	consents = {}
	for row in get_rows(first, last):
		if row.name not in consents or row.client_case == row.case:
			consents[row.name] = row
	later = get_later(list(consents.values()))
	return [
		Due(row.name, str(row.expires_on), get_people(row))
		for row in consents.values()
		if not any(follows(other, row) for other in later)
	]


def get_rows(first: object, last: object) -> list[frappe._dict]:
	"""Return the consents with each open case of their client, the latest first."""
	consent, case = DocType("Client Consent"), DocType("Client Case")
	query = frappe.qb.from_(consent).join(case)
	query = query.on((case.client == consent.client) & (case.status != "Closed"))
	query = select_people(query, case).select(case.name.as_("case"))
	query = query.select(
		*(consent[field] for field in ("name", "client", "client_case", "purpose", "agency"))
	)
	query = query.select(consent.expires_on).where(consent.withdrawn_on.isnull())
	query = query.where((consent.expires_on >= first) & (consent.expires_on <= last))
	return query.orderby(consent.name).orderby(case.opened_on, order=frappe.qb.desc).run(as_dict=True)


def get_later(consents: list[frappe._dict]) -> list[frappe._dict]:
	"""Return the consents of these clients that were not withdrawn."""
	clients = {row.client for row in consents}
	filters = {"client": ("in", clients), "withdrawn_on": ("is", "not set")}
	fields = ["client", "purpose", "agency", "expires_on"]
	return frappe.get_all("Client Consent", filters=filters, fields=fields) if clients else []


def follows(other: frappe._dict, consent: frappe._dict) -> bool:
	"""Tell whether a consent covers what another one covered, for longer."""
	same = other.client == consent.client and other.purpose == consent.purpose
	covers = not other.agency or other.agency == consent.agency
	return same and covers and (not other.expires_on or other.expires_on > consent.expires_on)
