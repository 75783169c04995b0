"""The records of a case that are dated after its closure."""

from collections.abc import Iterator
from datetime import date

import frappe
from frappe import _
from frappe.model.base_document import get_controller
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_days, formatdate, getdate

# How many records of a DocType a refusal names.
NAMED = 3


def get_later_records(case: Document) -> list[str]:
	"""Return, in words and by code, the records of a case whose events lie after the day on which it closed.

	Follow-ups, feedback and whatever else is written after a closure do not count.
	"""
	return [
		_("{0} {1} ({2})").format(_(doctype), name, formatdate(day))
		for doctype, fields in get_dated()
		for name, day in find_later(case, doctype, fields)
	]


def get_dated() -> Iterator[tuple[str, tuple[str, ...]]]:
	"""Yield the DocTypes that record what was done while a case was open, with their fields for the day.

	Dates that default to today are left out: nobody may have entered them.
	"""
	from case_management.permissions import CLIENT_RECORDS

	for doctype in CLIENT_RECORDS:
		controller = get_controller(doctype)
		meta = frappe.get_meta(doctype)
		if meta.has_field("client_case") and not controller.WRITTEN_AFTER_CLOSURE:
			yield (
				doctype,
				tuple(day for day in controller.PAST_DATES if meta.get_field(day).default != "Today"),
			)


def find_later(case: Document, doctype: str, fields: tuple[str, ...]) -> list[tuple[str, date]]:
	"""Return code and date of records of a DocType with a date after the closure, each once."""
	record, found = DocType(doctype), {}
	closed = getdate(case.closed_on)
	for field in fields:
		query = (
			frappe.qb.from_(record).select(record.name, record[field]).where(record.client_case == case.name)
		)
		query = query.where(record[field] >= add_days(closed, 1))
		found |= {name: getdate(day) for name, day in query.orderby(record.name).limit(NAMED).run()}
	return sorted(found.items())[:NAMED]
