"""The calendar of meetings: codes, never names, since calendars are looked at over shoulders."""

from datetime import timedelta

import frappe
from frappe.utils import cint, get_datetime

USUAL_MINUTES = 60


@frappe.whitelist()
def get_events(
	doctype: str,
	start: str,
	end: str,
	field_map: str | dict | None = None,
	filters: str | list | None = None,
	fields: str | list | None = None,
) -> list[dict]:
	"""Return the meetings the user may see that begin in a span of time, as the Desk's calendar asks for them.

	:param filters: the list's filters
	:return: rows of `name`, `title`, `scheduled_on`, `ends_on`, `all_day` and `status`
	"""
	span = [["Case Meeting", "scheduled_on", "between", [start, end]]]
	rows = frappe.get_list(
		"Case Meeting",
		filters=[*(frappe.parse_json(filters) or []), *span],
		fields=["name", "client", "scheduled_on", "minutes", "status"],
		order_by="scheduled_on asc",
	)
	return [get_event(row) for row in rows]


def get_event(row: frappe._dict) -> dict:
	length = timedelta(minutes=cint(row.minutes) or USUAL_MINUTES)
	return {
		"name": row.name,
		"title": f"{row.client} {row.name}",
		"scheduled_on": row.scheduled_on,
		"ends_on": get_datetime(row.scheduled_on) + length,
		"all_day": 0,
		"status": row.status,
	}


@frappe.whitelist(methods=["POST"])
def move_event(args: str | dict, field_map: str | dict | None = None) -> dict:
	"""Reschedule a meeting that was dragged to another time; what `Case Meeting.reschedule` refuses is refused.

	:param args: `name` and `scheduled_on`, as the Desk's calendar sends them
	"""
	event = frappe.parse_json(args)
	meeting = frappe.get_doc("Case Meeting", event.get("name"))
	meeting.check_permission("write")
	return meeting.reschedule(event.get("scheduled_on"))
