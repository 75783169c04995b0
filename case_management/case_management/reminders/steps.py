"""Steps of goals: who has one is told of it, and again when it is overdue (C12)."""

from collections.abc import Callable

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.plan.goals import LIVE
from case_management.case_management.reminders.due import Due, get_people, select_people

# Steps that a worker has at least a part in; nobody else here has to see to the others.
OF_WORKERS = ("", "Worker", "Together")


def get_given() -> list[Due]:
	"""Return the open steps that were given to somebody who works here, each for that person only."""
	rows = get_steps(lambda step: step.responsible_user.isnotnull() & (step.responsible_user != ""))
	return [Due(row.name, str(row.creation), (row.worker,)) for row in rows]


def get_overdue() -> list[Due]:
	"""Return the open steps past their day: for who has them, else the case's manager or the program's leader."""
	rows = get_steps(
		lambda step: (
			(step.due_on < getdate())
			& (
				step.responsible_user.isnotnull()
				| step.responsible.isnull()
				| step.responsible.isin(OF_WORKERS)
			)
		)
	)
	return [Due(row.name, str(row.due_on), get_people(row)) for row in rows]


def get_steps(condition: Callable[[Table], Criterion]) -> list[frappe._dict]:
	"""Return the open steps of live goals in open cases that meet a condition, with who is responsible for them."""
	goal, step, case = DocType("Support Goal"), DocType("Goal Step"), DocType("Client Case")
	query = (
		frappe.qb.from_(goal).join(step).on((step.parent == goal.name) & (step.parenttype == "Support Goal"))
	)
	query = query.join(case).on(case.name == goal.client_case)
	query = select_people(query, case).where((step.status == "Open") & goal.status.isin(LIVE))
	query = query.where((case.status != "Closed") & condition(step)).orderby(goal.name).orderby(step.idx)
	query = query.select(goal.name, step.creation, step.due_on)
	return query.select(step.responsible_user.as_("worker")).run(as_dict=True)
