"""The response to a first contact: until when, and by whom (B1)."""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from case_management.case_management.entry.response_targets import get_due
from case_management.case_management.record.refusal import refuse

# Roles that work on intakes.
INTAKE_ROLES = ("Case Intake Worker", "Case Manager Lead", "Case Worker")


def get_response_due(intake: Document) -> datetime | None:
	"""Return until when the service means to answer: first contact plus the target's hours for this urgency (B1).

	None where the service has no target, or program or first contact are missing.
	"""
	if not (intake.program and intake.first_contact_on):
		return None
	program = frappe.get_cached_doc("Support Program", intake.program)
	return get_due(program, intake.urgency, get_datetime(intake.first_contact_on))


def validate_worker(intake: Document) -> None:
	"""Refuse an intake worker who could not open the intake."""
	user = intake.intake_worker
	if not intake.has_value_changed("intake_worker"):
		return
	if not user:
		validate_may_wait(intake)
		return
	if not frappe.db.get_value("User", user, "enabled") or not set(INTAKE_ROLES) & set(
		frappe.get_roles(user)
	):
		refuse(
			intake,
			_("{0} does not work on intakes.").format(user),
			_("Choose an enabled user with one of the roles {0}.").format(
				", ".join(_(role) for role in INTAKE_ROLES)
			),
		)


def validate_may_wait(intake: Document) -> None:
	"""Refuse to leave an intake that is being worked on to nobody: only new ones wait in the queue that all see."""
	before = intake.get_doc_before_save()
	if before and before.intake_worker and intake.status != "New":
		refuse(
			intake,
			_("It is {0}, and only a new intake waits in the queue.").format(_(intake.status)),
			_("Give it to another intake worker."),
		)
