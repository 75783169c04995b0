"""Cases that wait for something: the rights statement, a case manager, an agency's answer (B4, C20, C43)."""

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import add_days, cint, getdate
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due, find


def get_without_rights() -> list[Due]:
	"""Return the Pending cases whose rights statement was not acknowledged in the days in Settings (B4)."""
	last = add_days(getdate(), -cint(get_setting("rights_reminder_days")))
	return find(
		"Client Case",
		"opened_on",
		lambda case, _case: (
			(case.status == "Pending") & case.rights_acknowledged_on.isnull() & (case.opened_on <= last)
		),
	)


def get_without_manager() -> list[Due]:
	"""Return the open cases that nobody manages, for the leader (C20): a voluntary one may begin without a case manager.

	A case manager whose user is disabled or who stands in a conflict with the client manages nothing; a household
	member's case may have the head's.
	"""
	return find("Client Case", "opened_on", lambda case, _case: needs_manager(case), lead=True)


def needs_manager(case: Table) -> Criterion:
	"""Return the condition that an open case has nobody who manages it.

	A voluntary program's may have no case manager, but not one who has left.
	"""
	program, user, head = DocType("Support Program"), DocType("User"), DocType("Client Case").as_("managed")
	compulsory = frappe.qb.from_(program).select(program.name).where(program.participation == "Compulsory")
	enabled = frappe.qb.from_(user).select(user.name).where(user.enabled == 1)
	heads = frappe.qb.from_(head).select(head.name).where(head.case_manager.isin(enabled))
	own = Coalesce(case.case_manager, "")
	managed = own.isin(enabled) & (Coalesce(case.manager_in_conflict, 0) == 0)
	by_head = (own == "") & Coalesce(case.head_case, "").isin(heads)
	needed = case.program.isin(compulsory) | ((own != "") & own.notin(enabled))
	return (case.status != "Closed") & needed & (managed | by_head).negate()


def get_unanswered_referrals() -> list[Due]:
	"""Return the referrals that were sent the days in Settings ago or longer and have no answer (C43).

	Where the client was only told of an agency, nobody there will answer.
	"""
	last = add_days(getdate(), -cint(get_setting("referral_answer_days")))
	return find(
		"Case Referral",
		"sent_on",
		lambda referral, case: (
			(referral.status == "Sent") & (referral.help_kind != "Information") & (referral.sent_on <= last)
		),
	)
