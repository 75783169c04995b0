"""A household's child comes of age: meetings and a plan of their own begin by themselves, and the worker is told (C19, B11).

A child's case has no meeting cycle of its own, and nobody saves it on the birthday; so the daily job asks.
"""

import frappe
from frappe.utils import add_years, cint, getdate

from case_management.case_management.assessment.assessing import get_agreed_assessment
from case_management.case_management.meeting.meetings import ensure_next_meeting
from case_management.case_management.plan.planning import make_plan
from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due, find
from case_management.case_management.reminders.one_by_one import do_one_by_one


def get_come_of_age() -> list[Due]:
	"""Return the Active cases of members who came of age while they were open, and who have no plan agreed since.

	They hang on the birthday.
	"""
	birthdays = get_birthdays()
	due = find(
		"Client Case",
		"opened_on",
		lambda case, _case: (case.status == "Active") & case.name.isin([*birthdays, ""]),
	)
	return [case._replace(since=birthdays[case.name]) for case in due]


def get_birthdays() -> dict[str, str]:
	"""Return by case the day on which a household's member came of age, of those who have no agreed plan since."""
	fields = ["name", "opened_on", "client.birth_date as birth_date", "client.died_on as died_on"]
	filters = {"status": "Active", "head_case": ("is", "set")}
	cases = [
		case for case in frappe.get_all("Client Case", filters, fields, order_by="name") if not case.died_on
	]
	days = {case.name: (getdate(case.opened_on), get_birthday(case.birth_date)) for case in cases}
	found = {name: day for name, (opened, day) in days.items() if day and opened < day <= getdate()}
	plans = {"client_case": ("in", list(found)), "agreed_on": ("is", "set")}
	for plan in frappe.get_all("Support Plan", plans, ["client_case", "agreed_on"]) if found else ():
		if getdate(plan.agreed_on) >= found.get(plan.client_case, getdate()):
			found.pop(plan.client_case, None)
	return {name: str(day) for name, day in found.items()}


def get_birthday(birth_date: object) -> object:
	"""Return the day on which somebody comes of age by Settings, None without a date of birth."""
	return getdate(add_years(birth_date, cint(get_setting("adult_age")))) if birth_date else None


def begin_own_support() -> list[str]:
	"""Begin the meeting cycle, and the plan where an assessment was agreed, of who came of age; safe to run twice.

	:return: the codes of the cases
	"""
	names = sorted(get_birthdays())
	do_one_by_one(names, begin, "coming of age")
	return names


def begin(case: str) -> None:
	"""See that a case has its next meeting, and a draft plan if there is none and an assessment to make it from."""
	ensure_next_meeting(case)
	assessment = get_agreed_assessment({"client_case": case})
	planned = {"client_case": case, "status": ("!=", "Superseded")}
	if assessment and not frappe.db.exists("Support Plan", planned):
		make_plan(frappe.get_doc("Client Assessment", assessment))
