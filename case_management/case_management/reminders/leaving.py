"""A worker who has left: the leaders of their cases are told the same day, and not by the nightly job only (C20)."""

import frappe
from frappe.model.document import Document

from case_management.case_management.access.responsible import tell_of_user
from case_management.case_management.looking.access_log import validate_merge
from case_management.case_management.reminders.sending import remind_at_once


def follow_user(user: Document, event: str, *names: object) -> None:
	"""Keep who looked at a record who it was, and tell of what nobody sees or manages any more. Hook: User."""
	if event == "before_rename":
		return validate_merge(user, event, *names)
	tell_of_user(user, event)
	tell_of_leaving(user)


def tell_of_leaving(user: Document) -> None:
	"""Tell the leaders of a disabled user's open cases that these need another case manager."""
	before = user.get_doc_before_save()
	if before and before.enabled and not user.enabled:
		filters = {"case_manager": user.name, "status": ("!=", "Closed")}
		for case in frappe.get_all("Client Case", filters, pluck="name", order_by="name"):
			remind_at_once("remind_no_case_manager", case)
