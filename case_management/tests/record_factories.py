"""Makers of record requests and of clients whose record is old, for tests."""

from unittest import TestCase

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_years, getdate, today

from case_management.case_management.record.actions import store
from case_management.tests.factories import make_case, make_client
from case_management.tests.plan_factories import set_setting


def get_told() -> dict:
	"""Return what a client is told who does not get all they asked for."""
	return {"reasons": "A law forbids it", "informed_on": today(), "complaint_path_told": 1}


def make_request(client: str, kind: str = "Access", **values) -> Document:
	"""Return a Received request of a client."""
	request = {"doctype": "Record Request", "client": client, "kind": kind, "what_is_asked": "My record"}
	return store(frappe.get_doc({**request, **values}))


def make_granted_request(client: str, kind: str = "Access", **values) -> Document:
	"""Return a request that the session's user has granted."""
	request = make_request(client, kind)
	request.decide("Granted", **values)
	return frappe.get_doc("Record Request", request.name)


def make_old_case(client: Document | None = None, years: int = 8, **values) -> Document:
	"""Return a case that closed so many years ago, and the client's date with it."""
	client = client or make_client()
	case = make_case(client, **values)
	closed_on = add_years(getdate(), -years)
	case.db_set({"status": "Closed", "opened_on": add_days(closed_on, -100), "closed_on": closed_on})
	return case


def get_retain_until(client: str) -> object:
	return frappe.db.get_value("Client", client, "retain_until")


def change_setting(test: TestCase, name: str, value: object) -> None:
	"""Change a switch of Case Management Settings for one test; afterwards nobody remembers it."""
	set_setting(name, value)
	test.addCleanup(forget_settings)


def forget_settings() -> None:
	frappe.clear_document_cache("Case Management Settings", "Case Management Settings")
	frappe.db.value_cache.pop("Case Management Settings", None)
