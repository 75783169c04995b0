"""One record of each kind in several states, which every call is tried on and undone."""

import frappe
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.tests import factories
from case_management.tests.sequences import moves

BEGINNINGS = ("Pending", "Planning", "Planned", "Answered", "At Risk", "Leaving", "Closed")


def get_rest() -> dict[str, dict]:
	"""Return what makes one record of each DocType that no step leads to."""
	return {
		"Accommodation Stay": {"accommodation_type": "Accommodation Type-crisis", "from_date": today()},
		"Case Follow Up": {"due_on": add_days(today(), 30)},
		"Case Note": {"note": "We spoke.", "noted_on": now_datetime()},
		"Client Feedback": {"invited_on": today()},
		"Record Request": {"kind": "Access", "what_is_asked": "All"},
		"Seconded Worker Request": {"wanted": "Somebody who speaks Dari"},
		"Conflict Declaration": {"declared_by": "Client", "user": "other@staff.example.org"},
	}


def make_world() -> None:
	"""Store records of all kinds, of which worker@staff.example.org is the case manager."""
	factories.make_policy()
	factories.make_agency()
	for beginning in BEGINNINGS:
		client = moves.make_household()
		for step in moves.BEGINNINGS[beginning]:
			step(client)
	case = moves.find("Client Case", status="Active", head_case=("is", "not set"))
	for doctype, values in get_rest().items():
		about = {"client": case.client, "client_case": case.name}
		store(frappe.get_doc({"doctype": doctype, **about, **values}))
	make_requests(case)
	access = {"doctype": "Emergency Access", "client": case.client, "user": "other@staff.example.org"}
	store(
		frappe.get_doc({**access, "reason": "They are in danger.", "hours": 24, "granted_on": now_datetime()})
	)
	factories.make_intake("Fuzz Caller")
	factories.make_screened_intake("Fuzz Waiting")


def make_requests(case: frappe.model.document.Document) -> None:
	"""Add a request that is decided: only then there is a bundle, an answer, a statement."""
	about = {"client": case.client, "client_case": case.name}
	request = {"doctype": "Record Request", "kind": "Statement", "what_is_asked": "Add my words", **about}
	store(frappe.get_doc(request)).decide(decision="Granted")
