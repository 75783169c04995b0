"""Dates and times as they come from outside: text that is no date is refused in plain words, not by the database."""

from datetime import date, datetime

from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from case_management.case_management.record.refusal import refuse

# A year outside is a slip of the keyboard, and beyond what dates can be counted with.
FIRST_YEAR, LAST_YEAR = 1900, 2199


def get_date(doc: Document, label: str, value: date | str | None) -> date:
	"""Return the day a value names, today on the site's clock if there is none.

	:param label: what the date is, translated, for the refusal
	:raises frappe.ValidationError: the value is no date
	"""
	return parse(doc, label, value).date() if value else getdate()


def get_time(doc: Document, label: str, value: datetime | str | None) -> datetime:
	"""Return the date and time a value names, now on the site's clock if there is none.

	:param label: what the time is, translated, for the refusal
	:raises frappe.ValidationError: the value is no date and time
	"""
	return parse(doc, label, value) if value else now_datetime()


def parse(doc: Document, label: str, value: date | datetime | str) -> datetime:
	"""Return a date and time from an object or from its text in ISO form; a day alone begins at midnight."""
	when = read(value)
	if not when:
		refuse(
			doc,
			_("{0}: “{1}” is no date of the site's calendar.").format(label, str(value)[:140]),
			_("Write it as 2026-01-31 or 2026-01-31 09:30:00."),
		)
	if not FIRST_YEAR <= when.year <= LAST_YEAR:
		refuse(
			doc,
			_("{0}: {1} lies outside the years {2} to {3}.").format(
				label, when.date().isoformat(), FIRST_YEAR, LAST_YEAR
			),
			_("Correct the date."),
		)
	return when


def read(value: object) -> datetime | None:
	"""Return the date and time that a value means, None if it means none."""
	try:
		when = datetime.fromisoformat(value.strip() if isinstance(value, str) else value.isoformat())
	except (AttributeError, ValueError):
		return None
	return None if when.tzinfo else when


def set_dates(doc: Document) -> None:
	"""Turn the text in a document's date fields, and in its rows', into dates.

	:raises frappe.ValidationError: a text is no date, which the database would answer with a server error
	"""
	for row in [doc, *doc.get_all_children()]:
		for field in row.meta.get("fields", {"fieldtype": ("in", ("Date", "Datetime"))}):
			value = row.get(field.fieldname)
			if not value or field.is_virtual:
				continue
			when = parse(doc, _(field.label), value)
			row.set(field.fieldname, when if field.fieldtype == "Datetime" else when.date())
