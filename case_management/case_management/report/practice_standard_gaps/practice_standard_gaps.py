"""The records behind a gap of a practice standard, for those who may see them."""

import frappe
from frappe import _
from frappe.utils import escape_html

from case_management.case_management.record.counting import get_period
from case_management.case_management.record.filters import get_filters
from case_management.case_management.standards.check import Check, get_gaps, get_scope
from case_management.case_management.standards.registry import CHECKS

# What to show, where a DocType has it: the row's field → the record's fields, the first that is there.
SHOWN = {
	"client": ("client",),
	"client_name": ("client_name", "person_name"),
	"client_case": ("client_case",),
	"status": ("status",),
	"worker": ("case_manager", "intake_worker", "worker"),
	"program": ("program",),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each record without evidence that the user sees, and what counts as a gap.

	Without a standard there are no rows, and the message asks for one.

	:param filters: `standard`; `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	:raises frappe.DoesNotExistError: there is no such standard
	"""
	filters = get_filters(filters)
	if not filters.standard:
		return get_columns(), [], _("Choose the practice standard whose gaps you want to see.")
	standard = frappe.get_doc("Practice Standard", filters.standard)
	standard.check_permission("read")
	check = CHECKS.get(standard.check_name)
	if not check:
		return get_columns(), [], _("Not counted by the system: evidence by hand.")
	programs = [filters.program] if filters.program else None
	rows = get_data(check(get_scope(get_period(filters), programs, standard.days_allowed)))
	return get_columns(), rows, escape_html(_(standard.gap)) if standard.gap else None


def get_columns() -> list[dict]:
	record = {"fieldname": "record", "label": _("Record"), "fieldtype": "Dynamic Link", "width": 180}
	return [
		{"fieldname": "record_type", "label": _("Kind of Record"), "fieldtype": "Data", "width": 150},
		{**record, "options": "record_type"},
		{"fieldname": "client_name", "label": _("Client Name"), "fieldtype": "Data", "width": 160},
		{"fieldname": "client", "label": _("Client"), "fieldtype": "Link", "options": "Client"},
		{"fieldname": "client_case", "label": _("Case"), "fieldtype": "Link", "options": "Client Case"},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 120},
		{"fieldname": "program", "label": _("Program"), "fieldtype": "Link", "options": "Support Program"},
		{"fieldname": "worker", "label": _("Case Manager"), "fieldtype": "Link", "options": "User"},
	]


def get_data(check: Check) -> list[dict]:
	"""Return the records without evidence; the list's own rights decide which of them the user sees."""
	if not frappe.has_permission(check.doctype, "read"):
		return []
	gaps = get_gaps(check, frappe.session.user)
	if not gaps:
		return []
	rows = frappe.get_list(
		check.doctype,
		filters={"name": ("in", gaps)},
		fields=get_fields(check.doctype),
		limit=0,
	)
	for row in rows:
		row.update({"record_type": check.doctype, "status": _(row.status) if row.get("status") else None})
		if check.doctype == "Client Case":
			row.client_case = row.record
	return sorted(rows, key=lambda row: row.record)


def get_fields(doctype: str) -> list[str]:
	"""Return the fields to read from a DocType's list: its own, and its case's where it has none."""
	meta = frappe.get_meta(doctype)
	fields = ["name as record"]
	for shown, candidates in SHOWN.items():
		own = next((field for field in candidates if meta.has_field(field)), None)
		if own:
			fields.append(f"{own} as {shown}")
		elif shown in ("program", "worker") and meta.has_field("client_case"):
			fields.append(f"client_case.{candidates[0]} as {shown}")
	return fields
