"""Who acts, and on which day: the demo goes through the app's own actions, as the staff member concerned."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe.automation.doctype.assignment_rule import assignment_rule
from frappe.model import document
from frappe.model.document import Document
from frappe.workflow.doctype.workflow_action import workflow_action

from case_management.case_management.keeping import retention
from case_management.case_management.reminders.notice import Notice

# What Frappe and the app do beside storing a record, and have no flag to leave out alone: `in_import` also leaves out
# defaults, `in_patch` also owners. Notifications and webhooks would reach people, assignments give them work. The others
# say who did what when, of which a year that is loaded in a minute has nothing to say, and would take more than half of
# that minute; until when records are kept is worked out once, at the end of each journey.
LEFT_OUT = (
	(Document, "run_notifications"),
	(Document, "save_version"),
	(Document, "notify_update"),
	(Document, "add_comment"),
	(workflow_action, "process_workflow_actions"),
	(assignment_rule, "apply"),
	(document, "run_webhooks"),
	(Notice, "send_to"),
	(retention, "update_retention_of"),
)


def act(user: str, on: date | None = None) -> None:
	"""Be `user`; what is stored from now on carries the day `on` as its creation."""
	if frappe.session.user != user:
		frappe.set_user(user)
	# Frappe's own switch for the day of creation and modification. Rules still see the real today.
	frappe.flags.current_date = on


@contextmanager
def quiet() -> Iterator[None]:
	"""Load without a storm of mail and notifications, and be who one was again afterwards."""
	user, muted = frappe.session.user, frappe.flags.mute_emails
	before = [getattr(owner, name) for owner, name in LEFT_OUT]
	frappe.flags.mute_emails = True
	for owner, name in LEFT_OUT:
		setattr(owner, name, skip)
	try:
		yield
	finally:
		for (owner, name), method in zip(LEFT_OUT, before, strict=True):
			setattr(owner, name, method)
		frappe.flags.mute_emails, frappe.flags.current_date = muted, None
		frappe.set_user(user)


def skip(*_args: object, **_kwargs: object) -> None:
	"""Stand in for what is left out."""
