"""Makers of stays and of people on the waiting list, for tests; each keeps every rule."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.tests.factories import make_screened_intake


def make_stay(case: Document, days: int = -10, **values) -> Document:
	"""Return a stay that began so many days from today, in crisis accommodation."""
	stay = {
		"doctype": "Accommodation Stay",
		"client": case.client,
		"client_case": case.name,
		"accommodation_type": "Accommodation Type-crisis",
		"from_date": add_days(today(), days),
		**values,
	}
	return frappe.get_doc(stay).insert()


def make_waiting(program: Document, days: int = 0, **values) -> Document:
	"""Return an intake that has been on the waiting list for so many days."""
	intake = make_screened_intake(
		program=program,
		first_contact_on=add_days(now_datetime(), -days - 1),
		process_informed_on=None,
		**values,
	)
	intake.inform_of_process(how="By phone")
	intake.waitlist(
		priority=values.get("waitlist_priority"), informed_how="By phone", on=add_days(now_datetime(), -days)
	)
	return frappe.get_doc("Client Intake", intake.name)


def make_unmet_need(**values) -> Document:
	need = {"doctype": "Unmet Need", "description": "A place to sleep", "needed_on": today(), **values}
	return store(frappe.get_doc(need))
