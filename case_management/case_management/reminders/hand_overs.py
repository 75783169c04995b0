"""Hand-overs whose day has come are carried out by themselves (C20)."""

import frappe

from case_management.case_management.access.planned_hand_over import get_due
from case_management.case_management.record.actions import store


def carry_out_hand_overs() -> list[str]:
	"""Carry out the hand-overs whose day has come, and let teams that begin today be their cases' own.

	Safe to run twice; a case that fails stays as it was and does not stop the others.

	:return: the codes of the cases that were looked at
	"""
	names = get_due()
	for name in names:
		frappe.db.savepoint("hand_over")
		try:
			store(frappe.get_doc("Client Case", name))
		except Exception as error:
			frappe.db.rollback(save_point="hand_over")
			title = f"Case Management: hand-over failed for {name}"
			frappe.log_error(title=title, message=f"{type(error).__name__}\n{frappe.get_traceback()}")
	return names
