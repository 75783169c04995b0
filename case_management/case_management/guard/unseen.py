"""The one answer about a client's record that somebody does not see: whether it is hidden from them or not there."""

from typing import NoReturn

import frappe
from frappe import _

from case_management.case_management.record.refusal import deny


def refuse_unseen() -> NoReturn:
	# Looking at the record may have left words about it, which would be sent along.
	frappe.clear_messages()
	deny(_("There is no such record, or it is not yours to see."), title=_("Not Found or Not Permitted"))
