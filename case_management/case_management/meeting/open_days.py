"""The calendar of the meeting cycle: a meeting does not fall on a day on which the service is closed (C21).

Closed are the closed days of Case Management Settings, and the weekdays without service hours; weekends where no service
hours are given. The program's rule says where such a meeting goes. The cycle itself counts on from the meeting.
"""

from datetime import date, datetime, timedelta

import frappe
from frappe.utils import getdate

NEXT, BEFORE = "Next Open Day", "Day Before"
WEEKEND = frozenset({5, 6})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# How far an open day is looked for: further away the calendar is a slip, and the meeting stays where it is.
DAYS_LOOKED_AT = 60


def move_to_open_day(when: datetime, rule: str | None, earliest: datetime) -> datetime:
	"""Return the time of a meeting on a day on which the service is open, by the program's rule.

	:param when: the time that the cycle gives
	:param rule: Next Open Day, Day Before or Stay; without one it is the next
	:param earliest: what lies before it is no time for a meeting to come: then it is the next open day after all
	:return: the same time where the day is open, the rule is to stay, or no day is open for weeks
	"""
	if rule not in (None, "", NEXT, BEFORE):
		return when
	steps = (-1, 1) if rule == BEFORE else (1,)
	closed, weekdays = get_closed_days(), get_closed_weekdays()
	for step in steps:
		found = find_open_day(when, step, closed, weekdays)
		if found and found >= earliest:
			return found
	return when


def find_open_day(when: datetime, step: int, closed: set[date], weekdays: frozenset[int]) -> datetime | None:
	"""Return the first open day from a day on, forwards or backwards, at the same time."""
	days = (when + timedelta(days=step * number) for number in range(DAYS_LOOKED_AT))
	return next((day for day in days if day.date() not in closed and day.weekday() not in weekdays), None)


def get_closed_days() -> set[date]:
	settings = frappe.get_cached_doc("Case Management Settings")
	return {getdate(row.closed_on) for row in settings.closed_days if row.closed_on}


def get_closed_weekdays() -> frozenset[int]:
	"""Return the weekdays on which the service is closed: those without service hours; 0 is Monday."""
	settings = frappe.get_cached_doc("Case Management Settings")
	served = {WEEKDAYS.index(row.weekday) for row in settings.service_hours}
	return frozenset(range(7)) - served if served else WEEKEND
