"""Which records were kept long enough and may be disposed of (B26; design rule 10): codes and dates only.

An administrator disposes of what no leader is there for any more, and learns no name from it.
"""

import frappe
from frappe import _

from case_management.case_management.keeping.disposal import (
	RETENTION_ENDED,
	get_due_clients,
	get_due_intakes,
	has_asked_for_deletion,
	may_dispose,
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Return columns and rows: clients first, then intakes of people who never became clients; no filters."""
	clients = [get_row("Client", row) for row in get_due_clients() if may_dispose("Client", row.name)]
	intakes = [
		get_row("Client Intake", row) for row in get_due_intakes() if may_dispose("Client Intake", row.name)
	]
	return get_columns(), clients + intakes


def get_row(doctype: str, row: frappe._dict) -> dict:
	asked = doctype == "Client" and has_asked_for_deletion(row.name)
	return {
		"kind": doctype,
		"code": row.name,
		"retain_until": row.retain_until,
		"reason": _("Deletion Requested") if asked else _(RETENTION_ENDED),
	}


def get_columns() -> list[dict]:
	return [
		{"fieldname": "kind", "label": _("Kind of Record"), "fieldtype": "Data", "width": 150},
		{"fieldname": "code", "label": _("Record"), "fieldtype": "Data", "width": 180},
		{"fieldname": "retain_until", "label": _("Kept Until"), "fieldtype": "Date", "width": 120},
		{"fieldname": "reason", "label": _("Reason"), "fieldtype": "Data", "width": 180},
	]
