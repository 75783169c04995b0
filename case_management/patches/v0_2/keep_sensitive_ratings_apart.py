"""Move what assessments of 0.1 say of sensitive life domains to where a seconded worker does not read it (C32)."""

import frappe

from case_management.case_management.assessment.moving import move_apart


def execute() -> None:
	"""Keep apart what was said of the domains that are sensitive on this site. Run again it changes nothing."""
	frappe.db.auto_commit_on_many_writes = 1
	move_apart(frappe.get_all("Assessment Domain", {"sensitive": 1}, pluck="name"))
