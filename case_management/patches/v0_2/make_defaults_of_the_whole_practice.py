"""Give a site that had 0.1 the defaults of what 0.2 adds, and nothing that its administrator has taken away."""

import json

import frappe

from case_management.setup import defaults, workflows

CODE_LISTS = frozenset(
	(
		"Incident Type",
		"Accommodation Type",
		"Tenure Type",
		"Reason Information Is Withheld",
		"Reason for a Seconded Worker",
	)
)
WORKFLOWS = ("client_feedback", "critical_incident", "record_request", "seconded_worker_request")


def execute() -> None:
	"""Make the new defaults. Run again it changes nothing."""
	make_notifications()
	defaults.make_missing([code for code in defaults.get_codes() if code["code_list"] in CODE_LISTS])
	defaults.make_missing(defaults.read("feedback_question"), "question")
	defaults.make_missing(defaults.read("practice_standard"))
	policies = defaults.read("service_policy")
	defaults.make_missing([policy for policy in policies if policy["kind"] == "Code of Ethics"])
	defaults.make_settings()
	for name in WORKFLOWS:
		path = workflows.FOLDER / f"{name}.json"
		workflows.make_workflow(json.loads(path.read_text(encoding="utf-8")))


def make_notifications() -> None:
	"""Let notifications that an administrator can edit take the names of those of 0.1, which nobody could edit.

	One that was switched off stays off.
	"""
	filters = {"module": "Case Management", "is_standard": 1}
	standard = frappe.get_all("Notification", filters, ["name", "enabled"])
	for notification in standard:
		frappe.delete_doc("Notification", notification.name, force=True, ignore_permissions=True)
	defaults.make_missing(defaults.read("notification"), "name")
	off = [notification.name for notification in standard if not notification.enabled]
	if off:
		frappe.db.set_value("Notification", {"name": ("in", off)}, "enabled", 0)
