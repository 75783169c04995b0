"""Reviews of plans, reassessments and follow-ups: about to be due, and overdue (B12, B18, B19, B23)."""

from frappe.utils import add_days, cint, getdate
from pypika.queries import Table
from pypika.terms import Criterion, Field

from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due, find


def get_plans_due() -> list[Due]:
	"""Return the Active plans whose review is due within the days in Settings."""
	return find(
		"Support Plan",
		"review_due",
		lambda plan, case: (plan.status == "Active") & (case.status != "Closed") & is_near(plan.review_due),
	)


def get_plans_overdue() -> list[Due]:
	return find(
		"Support Plan",
		"review_due",
		lambda plan, case: (
			(plan.status == "Active") & (case.status != "Closed") & (plan.review_due < getdate())
		),
	)


def get_reassessments_due() -> list[Due]:
	"""Return the open cases whose next assessment is due within the days in Settings."""
	return find(
		"Client Case",
		"reassessment_due",
		lambda case, _case: is_reassessed(case) & is_near(case.reassessment_due),
	)


def get_reassessments_overdue() -> list[Due]:
	return find(
		"Client Case",
		"reassessment_due",
		lambda case, _case: is_reassessed(case) & (case.reassessment_due < getdate()),
	)


def is_reassessed(case: Table) -> Criterion:
	"""Return the condition that a case is open and its client has not left case management (C19)."""
	return (case.status != "Closed") & case.agreement_withdrawn_on.isnull()


def get_follow_ups_due() -> list[Due]:
	"""Return the follow-ups that are due today; their case is closed, so the leader may be the one who sees it."""
	return find(
		"Case Follow Up",
		"due_on",
		lambda follow_up, case: (follow_up.status == "Due") & (follow_up.due_on == getdate()),
		worker="worker",
	)


def get_follow_ups_overdue() -> list[Due]:
	return find(
		"Case Follow Up",
		"due_on",
		lambda follow_up, case: (follow_up.status == "Due") & (follow_up.due_on < getdate()),
		worker="worker",
	)


def get_safety_plans_due() -> list[Due]:
	"""Return the current safety plans of open cases whose review is near or overdue (B12)."""
	return find(
		"Safety Plan",
		"review_due",
		lambda plan, case: (
			(plan.is_current == 1)
			& (case.status != "Closed")
			& (plan.review_due <= add_days(getdate(), cint(get_setting("review_warning_days"))))
		),
	)


def is_near(day: Field) -> Criterion:
	"""Return the condition that a day is today or within the days in Settings."""
	return (day >= getdate()) & (day <= add_days(getdate(), cint(get_setting("review_warning_days"))))
