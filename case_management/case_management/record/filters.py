"""A report's filters as they come from outside: one value each, dates that are dates; anything else is refused in words."""

from datetime import date

import frappe
from frappe import _

from case_management.case_management.record.dates import read
from case_management.case_management.record.values import INT_MAX, has_unstorable

DATES = ("from_date", "to_date")


def get_filters(filters: object) -> frappe._dict:
	"""Return a report's filters, with days as dates and numbers that no count reaches as text.

	:raises frappe.ValidationError: they are no object, or a filter takes no such value, which the database would
	        answer with a server error
	"""
	if not isinstance(filters or {}, dict):
		frappe.throw(_("The filters are no object: give each filter by its name."), title=_("No Filters"))
	return frappe._dict({name: get_filter(name, value) for name, value in (filters or {}).items()})


def get_filter(name: str, value: object) -> object:
	"""Return one filter's value, or refuse it naming the filter."""
	is_one = value is None or isinstance(value, str | int | float | date)
	day = read(value) if is_one and value and name in DATES else None
	if not is_one or has_unstorable(value) or (name in DATES and value and not day):
		frappe.throw(
			_(
				"The filter {0} does not take this: {1}. Give one text, number or date, written as 2026-01-31."
			).format(name[:40], repr(value)[:140]),
			title=_("No Such Filter"),
		)
	if day:
		return day.date()
	is_small = isinstance(value, int) and abs(value) <= INT_MAX
	return str(value) if isinstance(value, int | float) and not is_small else value
