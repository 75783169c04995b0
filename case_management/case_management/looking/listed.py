"""When a list, a report or an export is a look at the clients in it (B26).

* A list that says no more than the Desk's own lists do (code, how the person is called, status, dates) is no look, or
  nobody would find the looks among them. One that says more is. Over REST a list says more as soon as it has anything
  but codes. Whether a request came from the Desk is not asked: anybody can say so.
* An export names each client in it: of a list, a report, or the records for an import.

The records are found by asking once more, for the same user and by the same conditions: what an answer calls a code
may be something else. Counts are no looks.
"""

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe.desk import query_report
from frappe.desk.reportview import get_form_params
from frappe.model import default_fields, optional_fields
from frappe.utils import cint

from case_management.case_management.looking.looks import LOG, Look, is_about_clients
from case_management.permissions import CLIENT_RECORDS, get_parents

# Besides what a DocType itself puts into lists, what the app's lists and buttons ask for.
LIST_FIELDS = {
	"client",
	"client_case",
	"client_name",
	"due_on",
	"expires_on",
	"given_on",
	"is_current",
	"is_independent",
	"looked_at_on",
	"ongoing_risk",
	"program",
	"provided_by_program",
	"responded_on",
	"response",
	"review_due",
	"status",
	"to_date",
	"withdrawn_on",
	"workflow_state",
}
LINKS = ("Link", "Dynamic Link")
COUNT = re.compile(r"count\([^()]*\)(\s+as\s+`?\w+`?)?", re.IGNORECASE)
COLUMN = re.compile(r"(?:`?tab(?P<table>[^`.]+)`?\.)?`?(?P<field>\w+)`?")
TITLE = re.compile(r"(?P<link>\w+)\.(?P<field>\w+)(?:\s+as\s+\w+)?", re.IGNORECASE)
ORDER = re.compile(r"(?:`?tab(?P<table>[^`.]+)`?\.)?`?(?P<field>\w+)`?(?:\s+(?:asc|desc))?", re.IGNORECASE)


def find_read(given: dict) -> Iterator[Look]:
	"""Return the records of a list that was read over REST or by `frappe.client.get_list`."""
	if says_more(given, {*default_fields, "client", "client_case"}):
		length = given.get("limit_page_length", 20)
		yield from find("Listed", given, limit_page_length=cint(length))


def find_value(given: dict) -> Iterator[Look]:
	"""Return the record of which `frappe.client.get_value` gave more than lists say."""
	filters = parse(given.get("filters"))
	fields = parse(given.get("fieldname"))
	if isinstance(filters, str):
		filters = {"name": filters}
	if says_more({**given, "fields": fields}, get_list_fields(given["doctype"])):
		yield from find("Listed", {**given, "filters": filters}, limit_page_length=1)


def find_link(given: dict) -> Iterator[Look]:
	"""Return the record from which a link field fetched more than lists say."""
	fields = given.get("fields") or given.get("fields_to_fetch")
	if fields and says_more({**given, "fields": fields}, get_list_fields(given["doctype"])):
		yield from find("Listed", {"doctype": given["doctype"], "filters": {"name": given["docname"]}})


def find_below(given: dict) -> Iterator[Look]:
	"""Return the record whose letters were asked for, as they stand below its form."""
	for look in find("Opened", {"doctype": given["doctype"], "filters": {"name": given["name"]}}):
		yield look._replace(listed=False)


def find_listed(_given: dict) -> Iterator[Look]:
	"""Return the records of a list of the Desk, or of a report made of one, that says more than lists say."""
	given = get_form_params()
	if says_more(given, get_list_fields(given.doctype)):
		length = given.page_length or given.limit_page_length or given.limit
		start = given.start or given.limit_start
		yield from find("Listed", {**given, "limit_start": start}, limit_page_length=cint(length))


def find_on_calendar(given: dict) -> Iterator[Look]:
	"""Return the records that a calendar showed with more than lists say."""
	columns = [*(parse(given.get("field_map")) or {}).values()]
	fields = [*(parse(given.get("fields")) or []), *filter(None, columns)]
	if says_more({**given, "fields": fields}, get_list_fields(given["doctype"])):
		yield from find_in_answer(given["doctype"])


def find_searched(given: dict) -> Iterator[Look]:
	"""Return the records that a search gave with more than lists say."""
	fields = [*(parse(given.get("filter_fields")) or []), given.get("searchfield") or "name"]
	if says_more({**given, "fields": fields}, get_list_fields(given["doctype"])):
		yield from find_in_answer(given["doctype"])


def find_counted(given: dict) -> Iterator[Look]:
	"""Return the records whose values in a field that lists do not show were counted."""
	if says_more({**given, "fields": [given.get("field")]}, get_list_fields(given["doctype"])):
		yield from find("Listed", {"doctype": given["doctype"], "filters": given.get("current_filters")})


def find_column(given: dict) -> Iterator[Look]:
	"""Return the records of which a report was given one more column."""
	if says_more({**given, "fields": [given.get("field")]}, get_list_fields(given["doctype"])):
		yield from find_in_answer(given["doctype"])


def find_in_answer(doctype: str) -> Iterator[Look]:
	"""Return what may be a code in an answer; what is none is no record's."""
	answer = frappe.local.response.get("message") or frappe.local.response.get("results") or []
	rows = answer.items() if isinstance(answer, dict) else answer
	for row in rows:
		for value in row.values() if isinstance(row, dict) else row:
			if isinstance(value, str):
				yield Look("Listed", doctype, value, True)


def find_exported(_given: dict) -> Iterator[Look]:
	"""Return the records of a list that was exported."""
	given = get_form_params()
	if selected := given.get("selected_items"):
		given.filters = {"name": ("in", parse(selected))}
	yield from find("Exported", given)


def find_for_import(given: dict) -> Iterator[Look]:
	"""Return the records that were exported to be changed and imported again."""
	if given.get("export_records") != "blank_template":
		length = 5 if given.get("export_records") == "5_records" else 0
		order = {"filters": given.get("export_filters"), "order_by": "creation desc"}
		yield from find("Exported", {"doctype": given["doctype"], **order}, limit_page_length=length)


def find_in_data_export(given: dict) -> Iterator[Look]:
	"""Return the records that Data Export gave, unless it gave an empty template."""
	template = str(given.get("template")).lower() in ("true", "1")
	if not template or cint(frappe.utils.sbool(given.get("with_data"))):
		doctype = parse(given["doctype"])
		doctype = doctype[0] if isinstance(doctype, list) else doctype
		yield from find("Exported", {"doctype": doctype, "filters": given.get("filters")})


def find_in_report(given: dict) -> Iterator[Look]:
	"""Return the records that stand in the rows of a report that was exported."""
	report = query_report.run(
		given["report_name"],
		given.get("filters"),
		custom_columns=parse(given.get("custom_columns") or "[]"),
		are_default_filters=False,
	)
	shown = parse(given.get("visible_idx")) or []
	rows = report.get("result") or []
	all_shown = not shown or len(shown) == len(rows)
	yield from find_in_rows(
		"Exported", [row for at, row in enumerate(rows) if all_shown or at in shown], report["columns"]
	)


def find_on_screen(given: dict) -> Iterator[Look]:
	"""Return the records of which the rows of a report say more than lists do; a report of the log says only who looked."""
	report = frappe.local.response.get("message")
	report = report if isinstance(report, dict) else {}
	columns = report.get("columns") or []
	said = {column.get("fieldname") for column in columns if column.get("fieldtype") not in LINKS}
	looks = list(find_in_rows("Listed", report.get("result") or [], columns))
	more = {doctype for doctype in {look.doctype for look in looks} if said - get_list_fields(doctype)}
	if more and frappe.db.get_value("Report", given["report_name"], "ref_doctype") != LOG:
		yield from (look for look in looks if look.doctype in more)


def find_in_rows(kind: str, rows: list, columns: list[dict]) -> Iterator[Look]:
	"""Return the records that the links in the rows of a report name."""
	links = [column for column in columns if leads_to_client(column)]
	for row in (row for row in rows if links and isinstance(row, dict)):
		for link in links:
			doctype = link["options"] if link["fieldtype"] == "Link" else row.get(link["options"])
			if doctype and is_about_clients(doctype) and (name := row.get(link.get("fieldname"))):
				yield Look(kind, doctype, str(name), True)


def leads_to_client(column: dict) -> bool:
	"""Tell whether a column's links may lead to clients' records."""
	is_dynamic = column.get("fieldtype") == "Dynamic Link"
	return is_dynamic or (column.get("fieldtype") == "Link" and is_about_clients(column.get("options")))


LISTS = {
	"frappe.client.get_list": find_read,
	"frappe.client.get_value": find_value,
	"frappe.client.validate_link": find_link,
	"frappe.client.validate_link_and_fetch": find_link,
	"frappe.desk.form.load.get_communications": find_below,
	"frappe.desk.reportview.get": find_listed,
	"frappe.desk.reportview.get_list": find_listed,
	"frappe.desk.calendar.get_events": find_on_calendar,
	"frappe.desk.listview.get_group_by_count": find_counted,
	"frappe.desk.search.search_link": find_searched,
	"frappe.desk.search.search_widget": find_searched,
	"frappe.desk.query_report.get_data_for_custom_field": find_column,
	"frappe.desk.reportview.export_query": find_exported,
	"frappe.desk.query_report.export_query": find_in_report,
	"frappe.desk.query_report.run": find_on_screen,
	"frappe.core.doctype.data_import.data_import.download_template": find_for_import,
	"frappe.core.doctype.data_export.exporter.export_data": find_in_data_export,
}


def find(kind: str, given: dict, limit_page_length: int = 0) -> Iterator[Look]:
	"""Return the records that conditions give the session's user.

	Where they were grouped, or ordered by something that is no column, all that match were read, or may have been.

	:param given: `doctype`, and as Frappe's lists take them `filters`, `or_filters`, `order_by`, `limit_start`, `parent`
	"""
	doctype = given["doctype"]
	if not is_about_clients(doctype):
		return
	asked = {"filters": parse(given.get("filters")), "or_filters": parse(given.get("or_filters"))}
	if frappe.is_table(doctype):
		parent = given.get("parent") or given.get("parent_doctype")
		asked["parent_doctype"] = parent if parent in CLIENT_RECORDS else get_parents(doctype)[0]
	if limit_page_length and not given.get("group_by") and is_order(doctype, given.get("order_by")):
		part = {"limit_start": cint(given.get("limit_start")), "limit_page_length": limit_page_length}
		asked.update(part, **({"order_by": given["order_by"]} if given.get("order_by") else {}))
	for name in frappe.get_list(doctype, pluck="name", **asked):
		yield Look(kind, doctype, name, True)


def parse(value: Any) -> Any:
	"""Return what JSON says, and what is none as it is: a name, a field."""
	try:
		return frappe.parse_json(value)
	except ValueError:
		return value


def is_order(doctype: str, order_by: str | None) -> bool:
	"""Tell whether a list is ordered by columns of its own DocType."""
	return all(get_column(doctype, part, ORDER) for part in (order_by or "").split(",") if part.strip())


def says_more(given: dict, little: set[str]) -> bool:
	"""Tell whether a list of client records has a field besides those that are no look."""
	doctype, fields = given["doctype"], parse(given.get("fields") or "[]")
	if not is_about_clients(doctype):
		return False
	fields = [fields] if isinstance(fields, str) else fields
	return any(not is_count(field) and get_column(doctype, field) not in little for field in fields)


def is_count(field: Any) -> bool:
	"""Tell whether a field is a count, as Frappe 15 writes it or as 16 does."""
	if isinstance(field, dict):
		return field.keys() <= {"COUNT", "as"}
	return isinstance(field, str) and bool(COUNT.fullmatch(field.strip()))


def get_column(doctype: str, field: Any, pattern: re.Pattern = COLUMN) -> str | None:
	"""Return the name of a plain field of the DocType's own table.

	A link's field stands for the title of what it links to, which lists show, unless that is a client's record.
	"""
	found = pattern.fullmatch(field.strip()) if isinstance(field, str) else None
	meta = frappe.get_meta(doctype)
	if found and found["table"] in (None, doctype):
		return found["field"] if found["field"] in {*meta.get_valid_columns(), *optional_fields} else None
	titled = TITLE.fullmatch(field.strip()) if isinstance(field, str) else None
	link = meta.get_field(titled["link"]) if titled else None
	is_link = link and link.fieldtype == "Link" and not is_about_clients(link.options)
	return (
		link.fieldname if is_link and titled["field"] == frappe.get_meta(link.options).title_field else None
	)


def get_list_fields(doctype: str) -> set[str]:
	"""Return the fields of a DocType that its list shows, or may."""
	if not is_about_clients(doctype):
		return set()
	meta = frappe.get_meta(doctype)
	shown = {field.fieldname for field in meta.fields if field.in_list_view or field.in_standard_filter}
	return {*shown, *default_fields, *optional_fields, *meta.get_search_fields(), *LIST_FIELDS}
