"""Where no team leader can act any more: for the role that Settings name, codes and dates only (design §5)."""

from frappe import _
from frappe.utils import getdate

from case_management.case_management.access.reviewing import (
	get_declarations,
	get_emergencies,
	get_restricted,
	may_review,
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and rows: what no leader can end or look at, then restricted clients whom nobody sees; no filters."""
	if not may_review():
		return get_columns(), []
	waiting = {"Conflict Declaration": get_declarations(), "Emergency Access": get_emergencies()}
	rows = [
		{"kind": kind, "code": row.name, "user": row.user, "since": getdate(row.since)}
		for kind, found in waiting.items()
		for row in found
	]
	return get_columns(), rows + [{"kind": "Client", "code": code} for code in get_restricted()]


def get_columns() -> list[dict]:
	return [
		{"fieldname": "kind", "label": _("Kind of Record"), "fieldtype": "Data", "width": 180},
		{"fieldname": "code", "label": _("Record"), "fieldtype": "Data", "width": 180},
		{"fieldname": "user", "label": _("Worker"), "fieldtype": "Link", "options": "User", "width": 220},
		{"fieldname": "since", "label": _("Since"), "fieldtype": "Date", "width": 120},
	]
