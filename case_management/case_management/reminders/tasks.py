"""Reminders in the Desk's own to-do list.

A ToDo's name is made of what it reminds of, so that there is one of each, whatever else happens: it is the mark that
somebody was reminded. What somebody ticked off is not asked again; one that closed by itself opens again when it must.
"""

import hashlib
from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.access.loading import as_app
from case_management.case_management.reminders.due import Due

# As whom Frappe runs the jobs.
SCHEDULER = "Administrator"


def get_mark(method: str, due: Due, user: str) -> str:
	"""Return the name of the ToDo that reminds a person of one due thing."""
	text = f"{due.since} {user}"
	return f"{method}:{due.name}:{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]}"


def get_done(marks: Iterable[str]) -> set[str]:
	"""Return the marks of ToDos that are open, or were ticked off by somebody."""
	tasks = frappe.get_all("ToDo", {"name": ("in", list(marks))}, ["name", "status", "modified_by"])
	return {task.name for task in tasks if task.status == "Open" or task.modified_by != SCHEDULER}


def open_task(mark: str, doc: Document, user: str, since: str, description: str) -> None:
	"""Store the ToDo, or open it again. The record itself does not count as modified by it."""
	values = {"status": "Open", "description": description, "date": max(getdate(), getdate(since))}
	if frappe.db.exists("ToDo", mark):
		frappe.get_doc("ToDo", mark).update(values).save(ignore_permissions=True)
		return
	about = {"reference_type": doc.doctype, "reference_name": doc.name, "allocated_to": user}
	task = frappe.get_doc({"doctype": "ToDo", **about, **values})
	task.insert(ignore_permissions=True, set_name=mark)


def get_open(method: str) -> list[str]:
	"""Return the names of the open ToDos of a reminder."""
	return frappe.get_all("ToDo", {"name": ("like", f"{method}:%"), "status": "Open"}, pluck="name")


def close_task(name: str) -> None:
	task = frappe.get_doc("ToDo", name)
	task.status = "Closed"
	# Frappe loads what the task is about, which who answered may not see any more.
	with as_app():
		task.save(ignore_permissions=True)
