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
	"""Return the user's meetings that begin in a span of time, as the Desk's calendar asks for them.

	:param doctype: Case Meeting, as the calendar sends it; nothing else is read
	:param start: the first day or time, YYYY-MM-DD
	:param end: the last one
	:param field_map: sent by the calendar, not needed
	:param filters: the list's filters, a list or its JSON text
	:param fields: sent by the calendar, not needed
	:return: rows of `name`, `title` (codes, never a name), `scheduled_on`, `ends_on`, `all_day` and `status`
	:raises frappe.PermissionError: the user may not read meetings
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
	"""Reschedule a meeting that was dragged to another time in the calendar (C21).

	:param args: `name` and `scheduled_on`, an object or its JSON text, as the Desk's calendar sends them
	:param field_map: sent by the calendar, not needed
	:return: `name` and `scheduled_on`, as `Case Meeting.reschedule` answers
	:raises frappe.ValidationError: whatever `Case Meeting.reschedule` refuses
	:raises frappe.PermissionError: the user may not write the meeting
	"""
	event = frappe.parse_json(args)
	meeting = frappe.get_doc("Case Meeting", event.get("name"))
	meeting.check_permission("write")
	return meeting.reschedule(event.get("scheduled_on"))
