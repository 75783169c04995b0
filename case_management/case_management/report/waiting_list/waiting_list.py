"""Who waits for a place, in the order in which places are given: by program, priority, then since when.

Each user sees the people whose intakes they see. Their place in the queue counts everybody who waits for the program.
"""

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import date_diff, getdate

from case_management.case_management.entry.waiting_list import get_order, get_places, get_waiting
from case_management.case_management.record.filters import get_filters

FIELDS = (
	"name",
	"person_name",
	"program",
	"urgency",
	"waitlist_priority",
	"decided_on",
	"waitlist_checked_on",
	"intake_worker",
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Return columns, rows, no message, no chart, and how full each program is.

	:param filters: `program`, `urgency`
	"""
	rows = get_data(get_filters(filters))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	"""Return who waits, since when, how urgently and for which program."""

	def column(fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, **values) -> dict:
		return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **values}

	return [
		column("name", _("Intake"), "Link", 150, options="Client Intake"),
		column("person_name", _("Preferred Name"), width=150),
		column("program", _("Program"), "Link", 170, options="Support Program"),
		column("position", _("Place in the Queue"), "Int", 130),
		column("waitlist_priority", _("Priority"), width=100),
		column("urgency", _("Urgency"), width=100),
		column("waiting_since", _("Waiting Since"), "Date", 120),
		column("days", _("Days"), "Int", 80),
		column("people", _("People"), "Int", 80),
		column("waitlist_checked_on", _("Last in Touch"), "Datetime", 160),
		column("intake_worker", _("Intake Worker"), "Link", 200, options="User"),
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""Return a row for each person who waits and whose intake the user sees."""
	asked = {field: filters[field] for field in ("program", "urgency") if filters.get(field)}
	intakes = frappe.get_list(
		"Client Intake", filters={**asked, "status": "Waitlisted"}, fields=list(FIELDS), limit=0
	)
	queues = {program: get_waiting(program) for program in {intake.program for intake in intakes}}
	companions = get_companions([intake.name for intake in intakes])
	intakes.sort(key=lambda intake: (intake.program, *get_order(intake)))
	return [
		{
			**intake,
			"position": queues[intake.program].index(intake.name) + 1,
			"waiting_since": getdate(intake.decided_on),
			"days": date_diff(getdate(), getdate(intake.decided_on)),
			"people": 1 + companions.get(intake.name, 0),
		}
		for intake in intakes
	]


def get_companions(intakes: list[str]) -> dict[str, int]:
	"""Return how many people came along with each of these intakes who need support too."""
	row = DocType("Intake Companion")
	query = frappe.qb.from_(row).select(row.parent, Count(row.name)).groupby(row.parent)
	query = query.where((row.parenttype == "Client Intake") & (row.needs_support == 1))
	return dict(query.where(row.parent.isin(intakes)).run()) if intakes else {}


def get_summary(rows: list[dict]) -> list[dict]:
	"""Return a card for each program in the rows: places taken of how many."""
	return [get_card(program) for program in dict.fromkeys(row["program"] for row in rows)]


def get_card(program: str) -> dict:
	places = get_places(program)
	taken, capacity = places["taken"], places["capacity"]
	return {
		"label": _("{0}: Places Taken").format(program),
		"value": f"{taken} / {capacity}" if capacity else str(taken),
		"datatype": "Data",
		"indicator": "Red" if places["free"] == 0 else "Green",
	}
