"""Codes mean something to the app by their meaning, and no longer by their name (design rule 7)."""

import frappe

from case_management.setup import defaults


def execute() -> None:
	"""Give the shipped codes their meaning where nothing is said; an administrator's own codes stay as they are."""
	for code in defaults.get_codes():
		name = f"{code['code_list']}-{code['code']}"
		if code.get("meaning") and frappe.db.get_value("Case Code", name, "meaning") in (None, ""):
			frappe.db.set_value("Case Code", name, "meaning", code["meaning"])
