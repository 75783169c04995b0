"""Hand-overs whose day has come are carried out by themselves (C20)."""

import frappe

from case_management.case_management.access.planned_hand_over import get_due
from case_management.case_management.record.actions import store
from case_management.case_management.reminders.one_by_one import do_one_by_one


def carry_out_hand_overs() -> list[str]:
	"""Carry out the hand-overs whose day has come, and let teams that begin today be their cases' own.

	Safe to run twice; a case that fails stays as it was and does not stop the others.

	:return: the codes of the cases that were looked at
	"""
	names = get_due()
	do_one_by_one(names, lambda name: store(frappe.get_doc("Client Case", name)), "hand-over")
	return names
