"""Where no team leader can act any more: for the role that Settings name, codes and dates only (design §5)."""

from frappe import _

from case_management.case_management.access.reviewing import get_declarations, get_restricted, may_review


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and rows: declarations that no leader can end, then restricted clients whom nobody sees; no filters."""
	if not may_review():
		return get_columns(), []
	declarations = [
		{"kind": "Conflict Declaration", "code": row.name, "user": row.user, "since": row.declared_on}
		for row in get_declarations()
	]
	return get_columns(), declarations + [{"kind": "Client", "code": code} for code in get_restricted()]


def get_columns() -> list[dict]:
	return [
		{"fieldname": "kind", "label": _("Kind of Record"), "fieldtype": "Data", "width": 180},
		{"fieldname": "code", "label": _("Record"), "fieldtype": "Data", "width": 180},
		{"fieldname": "user", "label": _("Worker"), "fieldtype": "Link", "options": "User", "width": 220},
		{"fieldname": "since", "label": _("Since"), "fieldtype": "Date", "width": 120},
	]
