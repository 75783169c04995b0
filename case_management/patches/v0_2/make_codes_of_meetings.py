"""Meetings say why a goal was not discussed: the codes for it are made on sites that do not have the list."""

import frappe

from case_management.setup import defaults

CODE_LIST = "Reason a Goal Was Not Discussed"


def execute() -> None:
	"""Make the list's codes where there is none of it; a list that an administrator has begun is left as it is."""
	if not frappe.db.exists("Case Code", {"code_list": CODE_LIST}):
		defaults.make_missing([code for code in defaults.get_codes() if code["code_list"] == CODE_LIST])
