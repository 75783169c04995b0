"""The calendar of meetings: codes, never names, since calendars are looked at over shoulders."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime

from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import read_json
from case_management.case_management.record.values import has_unstorable

USUAL_MINUTES = 60


@frappe.whitelist()
def get_events(
	doctype: str | None = None,
	start: str | None = None,
	end: str | None = None,
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
	:raises frappe.ValidationError: a day is none, or a filter
	:raises frappe.PermissionError: the user may not read meetings
	"""
	meeting = frappe.new_doc("Case Meeting")
	days = [get_time(meeting, _("The span of time"), day) for day in (start, end)]
	rows = frappe.get_list(
		"Case Meeting",
		filters=[*get_filters(meeting, filters), ["Case Meeting", "scheduled_on", "between", days]],
		fields=["name", "client", "scheduled_on", "minutes", "status"],
		order_by="scheduled_on asc",
	)
	return [get_event(row) for row in rows]


def get_filters(meeting: Document, filters: str | list | None) -> list[list]:
	"""Return the list's filters, each with DocType, field, operator and value.

	:raises frappe.ValidationError: they are none
	"""
	given = read_json(filters) or []
	if not isinstance(given, list) or has_unstorable(given) or not all(map(is_filter, given)):
		refuse(meeting, _("“{0}” is no filter.").format(str(filters)[:140]), _("Give a list of filters."))
	return given


def is_filter(row: object) -> bool:
	return isinstance(row, list) and len(row) >= 3 and all(isinstance(part, str) for part in row[:3])


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
def move_event(args: str | dict | None = None, field_map: str | dict | None = None) -> dict:
	"""Reschedule a meeting that was dragged to another time in the calendar (C21).

	:param args: `name` and `scheduled_on`, an object or its JSON text, as the Desk's calendar sends them
	:param field_map: sent by the calendar, not needed
	:return: `name` and `scheduled_on`, as `Case Meeting.reschedule` answers
	:raises frappe.ValidationError: whatever `Case Meeting.reschedule` refuses
	:raises frappe.PermissionError: the user may not write the meeting
	"""
	event = read_json(args)
	if not isinstance(event, dict) or not isinstance(event.get("name"), str) or has_unstorable(event):
		refuse(
			frappe.new_doc("Case Meeting"),
			_("“{0}” is no meeting of the calendar.").format(str(args)[:140]),
			_("Give its name and when it is, as an object."),
		)
	meeting = frappe.get_doc("Case Meeting", event["name"])
	meeting.check_permission("write")
	return meeting.reschedule(event.get("scheduled_on"))
