"""The small steps of a goal: who does them, by when, and whether they are done (B10, C33)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import add_row, get_row
from case_management.case_management.reminders.sending import remind_at_once


class StepActions:
	"""The actions of a goal that change its steps."""

	@frappe.whitelist(methods=["POST"])
	@action
	def add_step(
		self,
		step: str | None = None,
		responsible: str | None = None,
		due_on: str | date | None = None,
		responsible_user: str | None = None,
	) -> dict:
		"""Add a small step (B10, C33); the same one is not added twice.

		:param step: what is to be done, in words
		:param responsible: Client, Worker, Together, Agency or Support Person; not said if none is given
		:param due_on: by when, YYYY-MM-DD
		:param responsible_user: the worker who does it, who is told of it (C12)
		:return: `name`, the goal's code, and `step_row`, the name of the step's row
		:raises frappe.ValidationError: there are no words, nobody of that kind does steps, or the day is no
		        date or lies before the goal begins
		"""
		values = {"step": step, "responsible": responsible or "", "status": "Open"}
		if due_on:
			values["due_on"] = get_date(self, _("By"), due_on)
		if responsible_user:
			values["responsible_user"] = responsible_user
		row = add_row(self, "steps", values)
		self.save()
		return {"name": self.name, "step_row": row.name}

	@frappe.whitelist(methods=["POST"])
	@action
	def complete_step(self, step_row: str | None = None, on: str | date | None = None) -> dict:
		"""Record that a step is done (C33).

		:param step_row: the name of the step's row
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `name`, `step_row` and the step's `status`
		:raises frappe.ValidationError: the goal has no such row, or the day is to come
		"""
		row = get_row(self, "steps", step_row)
		if row.status != "Done":
			row.status, row.done_on = "Done", get_date(self, _("Done on"), on)
			self.save()
		return {"name": self.name, "step_row": row.name, "status": row.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def drop_step(self, step_row: str | None = None) -> dict:
		"""Drop a step that is not needed any more (B14).

		:param step_row: the name of the step's row
		:return: `name`, `step_row` and the step's `status`
		:raises frappe.ValidationError: the goal has no such row, or the case is closed
		"""
		row = get_row(self, "steps", step_row)
		if row.status != "Dropped":
			row.status = "Dropped"
			self.save()
		return {"name": self.name, "step_row": row.name, "status": row.status}


def set_steps_done(goal: Document) -> None:
	"""Date the steps that are done today where they have no date; the others have none."""
	for row in goal.steps:
		row.done_on = (row.done_on or getdate()) if row.status == "Done" else None


def tell_owners(goal: Document) -> None:
	"""Tell at once who was given a step (C12)."""
	before = goal.get_doc_before_save()
	known = {(row.name, row.responsible_user) for row in (before.steps if before else ())}
	given = [row for row in goal.steps if row.status == "Open" and row.responsible_user]
	if any((row.name, row.responsible_user) not in known for row in given):
		remind_at_once("remind_step_given", goal.name)


def validate_steps(goal: Document) -> None:
	"""Refuse a step that is done on a day to come, or due before its goal begins."""
	for row in goal.steps:
		if row.done_on and getdate(row.done_on) > getdate():
			refuse(
				goal, _("The step “{0}” is done on a day to come.").format(row.step), _("Correct the date.")
			)
		if row.due_on and goal.start_on and getdate(row.due_on) < getdate(goal.start_on):
			refuse(
				goal,
				_("The step “{0}” is due before the goal begins.").format(row.step),
				_("Correct the date, or begin the goal earlier."),
			)
