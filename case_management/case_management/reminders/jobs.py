"""The scheduler's entry points; their names are global on a site."""

from collections.abc import Callable, Iterable, Iterator

import frappe

from case_management.case_management.access.responsible import tell_of_unattended
from case_management.case_management.reminders.coming_of_age import begin_own_support
from case_management.case_management.reminders.hand_overs import carry_out_hand_overs
from case_management.case_management.reminders.kinds import DAILY, HOURLY, Reminder
from case_management.case_management.reminders.one_by_one import log_failure
from case_management.case_management.reminders.sending import remind, tidy


def send_hourly_case_reminders() -> None:
	"""Send what cannot wait for tomorrow, and close the ToDos of what was done since. Job: hourly."""
	run(HOURLY, remind)
	run(DAILY, tidy)


def send_daily_case_reminders() -> None:
	"""Send what is due today, on the site's calendar, and tell of clients for whom nobody may act. Job: daily.

	Hand-overs whose day has come go before, so that who has the case today is reminded.
	"""
	carry_out_hand_overs()
	begin_own_support()
	frappe.db.commit()
	run(DAILY, remind)
	tell_of_unattended()
	frappe.db.commit()


def run(reminders: Iterable[Reminder], act: Callable[[Reminder], Iterator[None]]) -> None:
	"""Act on each kind of reminder and commit its batches; one that fails does not stop the others."""
	for reminder in reminders:
		try:
			for _batch in act(reminder):
				frappe.db.commit()
		except Exception as error:
			frappe.db.rollback()
			log_failure(reminder.doctype, reminder.doctype, error, reminder.method)
			frappe.db.commit()
