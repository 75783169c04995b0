"""The children whose case has no agreed assessment or no agreed plan of their own (B7, B11)."""

import frappe
from frappe import _

from case_management.case_management.households.household import get_age, is_minor
from case_management.case_management.record.filters import get_filters
from case_management.case_management.standards.check import AGREED_ASSESSMENT, AGREED_PLAN


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and a row for each child the user sees whose open case lacks one of the two.

	:param filters: `program`
	"""
	filters = get_filters(filters)
	return get_columns(), get_data(filters.program)


def get_columns() -> list[dict]:
	case = {"fieldtype": "Link", "options": "Client Case", "width": 170}
	return [
		{"fieldname": "name", "label": _("Case"), **case},
		{"fieldname": "client_name", "label": _("Client Name"), "fieldtype": "Data", "width": 150},
		{"fieldname": "age", "label": _("Age"), "fieldtype": "Int", "width": 70},
		{"fieldname": "missing", "label": _("Missing"), "fieldtype": "Data", "width": 180},
		{"fieldname": "reason", "label": _("Reason Given"), "fieldtype": "Data", "width": 260},
		{"fieldname": "opened_on", "label": _("Opened on"), "fieldtype": "Date", "width": 110},
		{"fieldname": "head_case", "label": _("Case of the Head of Household"), **case},
		{"fieldname": "case_manager", "label": _("Case Manager"), "fieldtype": "Link", "options": "User"},
		{"fieldname": "program", "label": _("Program"), "fieldtype": "Link", "options": "Support Program"},
	]


def get_data(program: str | None = None) -> list[dict]:
	"""Return the children that lack one of the two, with the reason that was given with the adult's record."""
	children = get_children(program)
	clients = [child.client for child in children]
	assessed = get_clients("Client Assessment", AGREED_ASSESSMENT, clients)
	planned = get_clients("Support Plan", AGREED_PLAN, clients)
	heads = {child.head_case for child in children if child.head_case}
	reasons = {
		"assessment": get_reasons("Client Assessment", "children_not_assessed_reason", heads),
		"plan": get_reasons("Support Plan", "children_without_plan_reason", heads),
	}
	rows = []
	for child in children:
		there = {"assessment": child.client in assessed, "plan": child.client in planned}
		missing = [what for what, is_there in there.items() if not is_there]
		if missing:
			given = [reasons[what][child.head_case] for what in missing if child.head_case in reasons[what]]
			rows.append({**child, **get_words(missing, given), "age": get_age(child.birth_date)})
	return rows


def get_words(missing: list[str], given: list[str]) -> dict:
	words = {"assessment": _("Assessment"), "plan": _("Support Plan")}
	return {"missing": ", ".join(words[what] for what in missing), "reason": "; ".join(dict.fromkeys(given))}


def get_children(program: str | None) -> list[frappe._dict]:
	"""Return the open cases of children that the user sees, the longest open first."""
	fields = ["name", "client", "client_name", "client.birth_date as birth_date", "head_case", "opened_on"]
	filters = {"status": ("!=", "Closed"), **({"program": program} if program else {})}
	cases = frappe.get_list(
		"Client Case",
		filters=filters,
		fields=[*fields, "case_manager", "program"],
		limit=0,
	)
	children = [case for case in cases if is_minor(case.birth_date)]
	return sorted(children, key=lambda child: (child.opened_on, child.name))


def get_clients(doctype: str, statuses: tuple[str, ...], clients: list[str]) -> set[str]:
	"""Return which of these clients have an agreed record of this kind."""
	if not clients:
		return set()
	filters = {"client": ("in", clients), "status": ("in", statuses)}
	return set(frappe.get_list(doctype, filters=filters, pluck="client", limit=0))


def get_reasons(doctype: str, field: str, cases: set[str]) -> dict[str, str]:
	"""Return why a child of the household has none yet, by the head's case: the newest reason."""
	if not cases:
		return {}
	filters = {"client_case": ("in", list(cases)), field: ("is", "set")}
	rows = frappe.get_list(
		doctype, filters=filters, fields=["client_case", field], order_by="creation asc", limit=0
	)
	return {row.client_case: row[field] for row in rows}
