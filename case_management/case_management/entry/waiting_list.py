"""Places and the waiting list of a program: who takes a place, how many are free, who is next.

A person who is waiting is an intake with the status Waitlisted. They are in order of priority, then of the time since when
they wait.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, formatdate

from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import refuse

OPEN_CASE = ("Pending", "Active", "Exit Planning")
# Those without a priority come last.
NO_PRIORITY = "9"


class WaitingActions:
	"""The action of an intake that is on the waiting list."""

	@frappe.whitelist(methods=["POST"])
	@action
	def keep_on_waiting_list(self, on: str | datetime | None = None, note: str | None = None) -> dict:
		"""Note that the service was in touch with a person who waits, and that they still want to wait.

		:param on: date and time on the site's clock, YYYY-MM-DD HH:MM:SS; now if none is given
		:param note: what was said, in words
		:return: `status`, and `waitlist_checked_on`, when they were last spoken to
		:raises frappe.ValidationError: the person is not on the waiting list, or the time lies before they were
		        put on it or in the future
		"""
		if self.status != "Waitlisted":
			refuse(
				self, _("It is {0}, not on the waiting list.").format(_(self.status)), _("Check its status.")
			)
		when, label = get_time(self, _("In Touch on"), on), _("In Touch on")
		if when > frappe.utils.now_datetime() or when.date() < self.decided_on.date():
			refuse(
				self,
				_("{0} {1} lies before they were put on the list or in the future.").format(
					label, formatdate(when)
				),
				_("Correct the date."),
			)
		self.waitlist_checked_on, self.waitlist_checked_note = when, note
		self.save()
		return {"status": self.status, "waitlist_checked_on": self.waitlist_checked_on}


def get_places(program: str) -> dict:
	"""Return how full a program is, in numbers only.

	:return: `capacity` (0 for no limit), `taken`, `free` (None without a limit) and `waiting`
	"""
	capacity = cint(frappe.get_cached_value("Support Program", program, "capacity"))
	taken = len(get_cases_with_place(program))
	free = max(capacity - taken, 0) if capacity else None
	return {"capacity": capacity, "taken": taken, "free": free, "waiting": len(get_waiting(program))}


def get_cases_with_place(program: str) -> set[str]:
	"""Return the cases that take a place: open ones, but for clients who lived in a place of it and have left.

	Members of a household with no stay recorded live where the head of the household lives.
	"""
	filters = {"program": program, "status": ("in", OPEN_CASE)}
	cases = frappe.get_all("Client Case", filters=filters, fields=["name", "head_case"])
	lives_there = get_residents([case.name for case in cases])
	return {case.name for case in cases if lives_there.get(case.name, lives_there.get(case.head_case, True))}


def get_residents(cases: list[str]) -> dict[str, bool]:
	"""Return, for each case with a stay in a place of its program, whether the client lives there now."""
	filters = {"client_case": ("in", cases), "provided_by_program": 1}
	fields = ["client_case", "to_date"]
	stays = frappe.get_all("Accommodation Stay", filters=filters, fields=fields) if cases else []
	residents: dict[str, bool] = {}
	for stay in stays:
		residents[stay.client_case] = residents.get(stay.client_case, False) or not stay.to_date
	return residents


def get_waiting(program: str) -> list[str]:
	"""Return the intakes that wait for a program, by code, in their order."""
	rows = frappe.get_all(
		"Client Intake",
		filters={"program": program, "status": "Waitlisted"},
		fields=["name", "waitlist_priority", "decided_on"],
	)
	return [row.name for row in sorted(rows, key=get_order)]


def get_order(intake: frappe._dict | Document) -> tuple:
	"""Return by what waiting people are sorted: priority, then since when they wait."""
	return intake.waitlist_priority or NO_PRIORITY, intake.decided_on, intake.name


def tell_if_full(intake: Document) -> None:
	"""Tell who accepts somebody into a full program that it is; it is theirs to decide, so nothing is refused."""
	places = get_places(intake.program)
	if places["capacity"] and not places["free"]:
		frappe.msgprint(
			_("{0} is full: {1} of {2} places are taken. The person was accepted all the same.").format(
				intake.program, places["taken"], places["capacity"]
			),
			title=_("No Place Is Free"),
			indicator="orange",
		)


def tell_of_free_place(client_case: str) -> None:
	"""Tell a program's lead, through its Notification, that the client of a case has left a place while others wait."""
	program = frappe.db.get_value("Client Case", client_case, "program")
	places = get_places(program)
	is_free = places["free"] or not places["capacity"]
	if places["waiting"] and is_free and client_case not in get_cases_with_place(program):
		frappe.get_doc("Support Program", program).run_notifications("place_free")
