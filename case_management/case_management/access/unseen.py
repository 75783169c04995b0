"""The one answer about a client's record that somebody does not see: whether it is hidden from them or not there."""

from typing import NoReturn

from frappe import _

from case_management.case_management.record.refusal import deny


def refuse_unseen() -> NoReturn:
	deny(_("There is no such record, or it is not yours to see."), title=_("Not Found or Not Permitted"))
