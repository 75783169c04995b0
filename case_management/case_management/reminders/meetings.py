"""Meetings ahead, meetings nobody recorded, and meetings missed (C21)."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max
from frappe.utils import add_days, getdate, now_datetime

from case_management.case_management.meeting.meetings import CASE_MEETING
from case_management.case_management.reminders.due import Due, find, get_people, select_people

MISSED_IN_A_ROW = 2


def get_tomorrow() -> list[Due]:
	"""Return the meetings from now until the end of tomorrow, so that one made today for tomorrow is not left out."""
	end = add_days(getdate(), 2)
	return find(
		"Case Meeting",
		"scheduled_on",
		lambda meeting, case: (
			(meeting.status == "Scheduled")
			& (meeting.scheduled_on >= now_datetime())
			& (meeting.scheduled_on < end)
		),
		worker="worker",
	)


def get_to_book() -> list[Due]:
	"""Return the meetings ahead for which an interpreter is needed and none is booked (C45)."""
	return find(
		"Case Meeting",
		"scheduled_on",
		lambda meeting, case: (
			(meeting.status == "Scheduled")
			& (meeting.interpreter_required == 1)
			& meeting.interpreter_booked_on.isnull()
			& (meeting.scheduled_on >= now_datetime())
		),
		worker="worker",
	)


def get_to_record() -> list[Due]:
	"""Return the meetings of past days of which nobody recorded whether they took place."""
	return find(
		"Case Meeting",
		"scheduled_on",
		lambda meeting, case: (meeting.status == "Scheduled") & (meeting.scheduled_on < getdate()),
		worker="worker",
	)


def get_missed() -> list[Due]:
	"""Return the open cases whose last case management meetings were missed, two in a row or more."""
	case, meeting = DocType("Client Case"), DocType("Case Meeting")
	held = frappe.qb.from_(meeting).select(meeting.client_case, Max(meeting.scheduled_on).as_("last"))
	held = held.where((meeting.kind == CASE_MEETING) & (meeting.status == "Held"))
	held = held.groupby(meeting.client_case).as_("held")
	missed = frappe.qb.from_(meeting).left_join(held).on(held.client_case == meeting.client_case)
	missed = missed.where((meeting.kind == CASE_MEETING) & (meeting.status == "Missed"))
	missed = missed.where(held.last.isnull() | (meeting.scheduled_on > held.last))
	missed = missed.groupby(meeting.client_case)
	missed = missed.select(
		meeting.client_case,
		Max(meeting.scheduled_on).as_("since"),
		Count(meeting.name).as_("times"),
	).as_("missed")
	query = frappe.qb.from_(case).join(missed).on(missed.client_case == case.name)
	query = select_people(query, case).select(case.name, missed.since).orderby(case.name)
	query = query.where((case.status != "Closed") & (missed.times >= MISSED_IN_A_ROW))
	return [Due(row.name, str(row.since), get_people(row)) for row in query.run(as_dict=True)]
