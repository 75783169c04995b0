"""Say what is due to who is responsible for it, once; close what is done."""

from collections.abc import Iterator
from typing import NamedTuple

import frappe
from frappe.utils import create_batch

from case_management.case_management.reminders.due import Due
from case_management.case_management.reminders.kinds import DAILY, HOURLY, Reminder
from case_management.case_management.reminders.notice import Notice, get_notices
from case_management.case_management.reminders.one_by_one import attempt
from case_management.case_management.reminders.readers import get_enabled, get_seen
from case_management.case_management.reminders.tasks import (
	close_task,
	get_done,
	get_mark,
	get_open,
	open_task,
)

BATCH = 100


class Task(NamedTuple):
	"""What is due, whom it is said to, and the name of the ToDo that says so."""

	mark: str
	due: Due
	user: str


def remind(reminder: Reminder) -> Iterator[None]:
	"""Remind of what is due and was not said yet, and close the ToDos of what is due no longer.

	Safe to run twice, and after a run that broke off. Yields after each batch, for the caller to commit. A reminder
	without an enabled Notification says nothing, and asks nothing of anybody.
	"""
	notices = get_notices(reminder.doctype, reminder.method)
	wanted = set()
	for batch in get_batches(reminder):
		wanted.update(task.mark for task in batch)
		send_new(reminder, notices, batch)
		yield
	yield from close(reminder, wanted)


def send_new(reminder: Reminder, notices: list[Notice], batch: list[Task]) -> None:
	done = get_done(task.mark for task in batch)
	for task in batch if notices else ():
		if task.mark not in done:
			attempt(
				reminder.doctype,
				task.due.name,
				lambda task=task: send(reminder, notices, task),
				reminder.method,
			)


def remind_at_once(method: str, name: str) -> None:
	"""Remind of what one record waits for, without waiting for the job.

	:param method: the reminder's
	:param name: the record's code
	"""
	reminder = next(reminder for reminder in (*HOURLY, *DAILY) if reminder.method == method)
	due = [due for due in reminder.find() if due.name == name]
	for batch in get_batches(reminder._replace(find=lambda: due)):
		send_new(reminder, get_notices(reminder.doctype, method), batch)


def tidy(reminder: Reminder) -> Iterator[None]:
	"""Close the ToDos of what was done since the reminder was sent. Yields after each batch."""
	if get_open(reminder.method):
		yield from close(reminder, {task.mark for batch in get_batches(reminder) for task in batch})


def close_at_once(method: str, name: str) -> None:
	"""Close the ToDos of what one record waited for: an open one lets who has it see the record."""
	for task in get_open(f"{method}:{name}"):
		close_task(task)


def get_batches(reminder: Reminder) -> Iterator[list[Task]]:
	"""Yield what is due, with whom it is said to; what nobody sees who is responsible is left out."""
	for batch in create_batch(reminder.find(), BATCH):
		seen = get_readers(reminder.doctype, batch)
		addressed = ((due, get_addressee(due, seen)) for due in batch)
		yield [Task(get_mark(reminder.method, due, user), due, user) for due, user in addressed if user]


def get_readers(doctype: str, batch: list[Due]) -> dict[str, set[str]]:
	"""Return which records of a batch each of the responsible people sees."""
	names = [due.name for due in batch]
	users = get_enabled({user for due in batch for user in due.people})
	return {user: get_seen(doctype, names, user) for user in users}


def get_addressee(due: Due, seen: dict[str, set[str]]) -> str | None:
	return next((user for user in due.people if due.name in seen.get(user, ())), None)


def send(reminder: Reminder, notices: list[Notice], task: Task) -> None:
	"""Give the person the ToDo, and send every Notification of this reminder whose condition holds."""
	doc = frappe.get_doc(reminder.doctype, task.due.name)
	doc.flags.since = task.due.since
	notices = [notice for notice in notices if notice.is_for(doc)]
	if notices:
		open_task(task.mark, doc, task.user, task.due.since, notices[0].render(doc).message)
	for notice in notices:
		notice.send_to(doc, task.user)


def close(reminder: Reminder, wanted: set[str]) -> Iterator[None]:
	for batch in create_batch([name for name in get_open(reminder.method) if name not in wanted], BATCH):
		for name in batch:
			attempt(reminder.doctype, name, lambda name=name: close_task(name), reminder.method)
		yield
