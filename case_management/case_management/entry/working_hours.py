"""How long an hour of waiting is: around the clock, or within the hours in which the service answers (B1).

Times are stored as the site's wall clock shows them. Hours are counted on the clock that never jumps (UTC), so that a
night in which the clocks change is neither an hour too short nor too long, and no time comes out that no clock shows.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, formatdate, get_system_timezone, getdate

from case_management.case_management.record.dates import set_dates
from case_management.case_management.record.refusal import refuse

AROUND_THE_CLOCK, WORKING_HOURS = "Around the Clock", "Working Hours"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = "24:00"
# How far ahead working hours are looked for: days enough for any target, and an end to the search.
DAYS_AHEAD = 3660


class Calendar(NamedTuple):
	"""When a service answers: from and until by weekday (0 is Monday), and the days on which it is closed."""

	spans: dict[int, list[tuple[str, str]]]
	closed: frozenset[date]


def get_calendar() -> Calendar | None:
	"""Return the working hours of Case Management Settings, None where none are given."""
	settings = frappe.get_cached_doc("Case Management Settings")
	spans: dict[int, list[tuple[str, str]]] = {}
	for row in settings.service_hours:
		spans.setdefault(WEEKDAYS.index(row.weekday), []).append((row.from_time, row.to_time))
	closed = frozenset(getdate(row.closed_on) for row in settings.closed_days)
	return Calendar({day: sorted(rows) for day, rows in spans.items()}, closed) if spans else None


def add_clock_hours(start: datetime, hours: float) -> datetime:
	"""Return the site's time so many hours after a time, however the clocks change in between."""
	return to_local(to_utc(start) + timedelta(hours=hours))


def add_working_hours(start: datetime, hours: float, calendar: Calendar) -> datetime:
	"""Return when so many working hours after a time have passed; the clock stands still outside of them."""
	moment, left = to_utc(start), timedelta(hours=hours)
	for begins, ends in get_spans(start.date(), calendar):
		begins = max(begins, moment)
		if ends > begins and ends - begins >= left:
			return to_local(begins + left)
		left -= max(ends - begins, timedelta())
	return add_clock_hours(start, hours)


def get_spans(first: date, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
	"""Yield the spans of working time from a day on, in their order, in UTC."""
	for day in (first + timedelta(days=number) for number in range(DAYS_AHEAD)):
		if day not in calendar.closed:
			for begins, ends in calendar.spans.get(day.weekday(), ()):
				yield to_utc(get_moment(day, begins)), to_utc(get_moment(day, ends))


def get_moment(day: date, clock: str) -> datetime:
	if clock == MIDNIGHT:
		return datetime.combine(day + timedelta(days=1), time())
	return datetime.combine(day, time.fromisoformat(clock))


def to_utc(local: datetime) -> datetime:
	"""Return a time of the site's wall clock in UTC; one that a change of clocks leaves out is read as before it."""
	return local.replace(tzinfo=ZoneInfo(get_system_timezone())).astimezone(timezone.utc)


def to_local(moment: datetime) -> datetime:
	return moment.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)


def set_service_hours(settings: Document) -> None:
	"""Write each time of the service hours as hours and minutes, so that they compare as text.

	:raises frappe.ValidationError: a text is no time of day, or a day closed is no date
	"""
	set_dates(settings)
	for row in settings.service_hours:
		row.from_time, row.to_time = get_clock(settings, row.from_time), get_clock(settings, row.to_time)


def get_clock(doc: Document, value: str | None) -> str:
	"""Return a time of day as `HH:MM`; midnight at the end of a day is 24:00."""
	text = cstr(value).strip()[:5].rstrip(":")
	try:
		return MIDNIGHT if text == MIDNIGHT else datetime.strptime(text, "%H:%M").strftime("%H:%M")
	except ValueError:
		refuse(
			doc,
			_("“{0}” is no time of day.").format(value),
			_("Write it on the 24-hour clock, for example 14:30."),
		)


def validate_service_hours(settings: Document) -> None:
	"""Refuse hours that end before they begin, that overlap, and days that are closed twice.

	:raises frappe.ValidationError: naming the row
	"""
	for number, row in enumerate(settings.service_hours):
		if row.from_time >= row.to_time:
			refuse(
				settings,
				_("Service hours, row {0}: {1} is not before {2}.").format(
					row.idx, row.from_time, row.to_time
				),
				_("Give hours past midnight a row of each day."),
			)
		validate_no_overlap(settings, row, settings.service_hours[:number])
	validate_closed_days(settings)


def validate_no_overlap(settings: Document, row: Document, others: list[Document]) -> None:
	for other in others:
		apart = other.to_time <= row.from_time or row.to_time <= other.from_time
		if other.weekday == row.weekday and not apart:
			refuse(
				settings,
				_("Service hours, rows {0} and {1} overlap.").format(other.idx, row.idx),
				_("Make one row of them."),
			)


def validate_closed_days(settings: Document) -> None:
	days = [getdate(row.closed_on) for row in settings.closed_days if row.closed_on]
	for day in days:
		if days.count(day) > 1:
			refuse(settings, _("{0} is closed twice.").format(formatdate(day)), _("Keep one of the rows."))


def validate_response_clock(doc: Document, service_hours: list[Document]) -> None:
	"""Refuse a response clock of working hours where no working hours are given.

	:param doc: a Support Program or the Case Management Settings
	:raises frappe.ValidationError: there are no service hours
	"""
	if doc.response_clock == WORKING_HOURS and not service_hours:
		refuse(
			doc,
			_("The response clock counts working hours, and there are none."),
			_("Enter the service hours in Case Management Settings first."),
		)
