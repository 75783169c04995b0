"""Cases in which nothing happens: no contact for days, and no service for a calendar month (design §6)."""

from collections.abc import Iterator
from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import add_days, cint, get_first_day, getdate, now_datetime
from pypika.queries import QueryBuilder

from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due, get_people, select_people

RUNNING = ("Active", "Exit Planning")
# Kinds of notes by which the client was in touch with the service; an attempt to reach them is none.
CONTACTS = ("Contact", "Direct Service", "Information Given")


def get_without_contact() -> list[Due]:
	"""Return the running cases without contact for the days in Settings, for the worker."""
	return find_silent(cint(get_setting("no_contact_days")))


def get_without_contact_for_lead() -> list[Due]:
	"""Return the running cases without contact for the longer days in Settings, for the leader."""
	return find_silent(cint(get_setting("no_contact_lead_days")), lead=True)


def find_silent(days: int, lead: bool = False) -> list[Due]:
	last_day = add_days(getdate(), -days)
	silent = [case for case in get_running_cases() if days and case.last <= last_day]
	return [Due(case.name, str(case.last), get_people(case, lead)) for case in without_members(silent)]


def get_without_service() -> list[Due]:
	"""Return the running cases without any service in the last calendar month and since, and without a meeting booked.

	The rule of a support period (SHS, item 3334 of metadata.nsw.gov.au): it has ended when a whole calendar month passed without a
	service and nothing is planned, so the case is closed or a meeting booked.
	"""
	month = get_first_day(getdate(), d_months=-1)
	booked = get_booked()
	idle = [
		case for case in get_running_cases() if case.last < month and not {case.name, case.head_case} & booked
	]
	return [Due(case.name, str(month), get_people(case)) for case in without_members(idle)]


def without_members(cases: list[frappe._dict]) -> list[frappe._dict]:
	"""Leave out the members of a household whose head is among the cases: it is said once."""
	names = {case.name for case in cases}
	return [case for case in cases if case.head_case not in names]


def get_running_cases() -> Iterator[frappe._dict]:
	"""Yield each running case with who is responsible, and `last`: the day of the last contact, or of its opening.

	What is done with the head of a household is done for its members too.
	"""
	case = DocType("Client Case")
	query = select_people(frappe.qb.from_(case), case).where(case.status.isin(RUNNING)).orderby(case.name)
	latest = get_last_contacts()
	for row in query.select(case.name, case.head_case, case.opened_on).run(as_dict=True):
		days = (getdate(row.opened_on), latest.get(row.name), latest.get(row.head_case))
		row.last = max(day for day in days if day)
		yield row


def get_last_contacts() -> dict[str, date]:
	"""Return the day of the last contact by case: a note of one, a meeting held, a case reopened."""
	note, meeting, event = DocType("Case Note"), DocType("Case Meeting"), DocType("Case Event")
	sources = (
		(note, note.client_case, note.noted_on, note.kind.isin(CONTACTS)),
		(meeting, meeting.client_case, meeting.held_on, meeting.status == "Held"),
		(event, event.parent, event.on_date, event.event == "Reopened"),
	)
	latest = {}
	for table, case, day, counts in sources:
		query = frappe.qb.from_(table).select(case, Max(day)).groupby(case)
		for name, last in query.where(counts & case.isin(select_running())).run():
			latest[name] = max(latest.get(name, getdate(last)), getdate(last))
	return latest


def select_running() -> QueryBuilder:
	case = DocType("Client Case")
	return frappe.qb.from_(case).select(case.name).where(case.status.isin(RUNNING))


def get_booked() -> set[str]:
	meeting = DocType("Case Meeting")
	query = frappe.qb.from_(meeting).select(meeting.client_case).distinct()
	ahead = (meeting.status == "Scheduled") & (meeting.scheduled_on >= now_datetime())
	return set(query.where(ahead).run(pluck=True))
