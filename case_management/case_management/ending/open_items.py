"""What has to be dealt with before a case closes (design rule 9): risks, requests, referrals, meetings and steps."""

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.codes import get_meaning

# What a closure without an exit plan means when nobody could be asked.
OUT_OF_REACH = ("Lost Contact", "Died")
OPEN_GOALS = ("Proposed", "Active", "On Hold")


def get_open_items(case: Document) -> list[str]:
	"""Return, in words and by code, what is not dealt with: risks, requests, referrals, meetings and steps."""
	referrals = frappe.get_all(
		"Case Referral",
		filters={
			"client_case": case.name,
			"status": ("in", ("Draft", "Sent", "Accepted")),
			"continues_after_exit": 0,
		},
		pluck="name",
	)
	steps = get_open_steps(case)
	requests = {"client_case": case.name, "status": "Requested"}
	return [
		*[_("the risk of incident {0}").format(name) for name in get_ongoing_risks(case)],
		*[
			_("request {0} for a seconded worker").format(name)
			for name in frappe.get_all("Seconded Worker Request", requests, pluck="name")
		],
		*[_("referral {0}").format(name) for name in referrals],
		*[_("meeting {0}").format(name) for name in get_scheduled_meetings(case)],
		*[_("a step of goal {0}").format(name) for name in steps],
	]


def get_ongoing_risks(case: Document) -> list[str]:
	"""Return the incidents whose risk goes on; none where the client is out of reach and nobody can say."""
	if get_meaning(case.closure_exception) in OUT_OF_REACH:
		return []
	filters = {"client_case": case.name, "ongoing_risk": 1, "status": "Open"}
	return frappe.get_all("Critical Incident", filters, pluck="name")


def get_scheduled_meetings(case: Document) -> list[str]:
	return frappe.get_all(
		"Case Meeting", filters={"client_case": case.name, "status": "Scheduled"}, pluck="name"
	)


def get_open_steps(case: Document) -> list[str]:
	"""Return the goals, by code, that still have an open step."""
	goals = frappe.get_all(
		"Support Goal", filters={"client_case": case.name, "status": ("in", OPEN_GOALS)}, pluck="name"
	)
	filters = {"parenttype": "Support Goal", "parent": ("in", goals), "status": "Open"}
	return sorted(set(frappe.get_all("Goal Step", filters=filters, pluck="parent"))) if goals else []
