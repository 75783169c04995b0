"""The one answer about a client's record that somebody does not see: whether it is hidden from them or not there."""

from typing import NoReturn

import frappe
from frappe import _


def refuse_unseen() -> NoReturn:
	frappe.throw(
		_("There is no such record, or it is not yours to see."),
		frappe.PermissionError,
		title=_("Not Found or Not Permitted"),
	)
