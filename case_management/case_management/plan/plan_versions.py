"""A plan from the client's agreement to its next version or its end (design rule 4; B9, B14)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from case_management.case_management.plan.planning import add_goal
from case_management.case_management.record.actions import action
from case_management.case_management.record.agreement import (
	AgreementActions,
	get_open_version,
	make_next_version,
)
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import move_to


class PlanActions(AgreementActions):
	"""The actions of a plan: agreed, it is Active."""

	AGREED = "Active"

	def get_agreement(self) -> dict:
		return {**super().get_agreement(), "goals": [row.goal for row in self.agreed_goals]}

	@frappe.whitelist(methods=["POST"])
	@action
	def add_goal(
		self,
		goal: str | None = None,
		horizon: str | None = None,
		domain: str | None = None,
		set_by: str | None = None,
		strategies: list | str | None = None,
		steps: list | str | None = None,
		goal_kind: str | None = None,
		target_on: str | date | None = None,
		confidence: int | str | None = None,
		pace: str | None = None,
		responsibility: str | None = None,
		need: str | None = None,
		strength: str | None = None,
		limitations_considered: str | None = None,
	) -> dict:
		"""Add a goal in the client's words, whatever it is about (C38); in an Active plan it begins at once.

		:param goal: the goal in the client's words
		:param horizon: Immediate, Short, Medium or Long; Short if none is given
		:param domain: an Assessment Domain
		:param set_by: whose words these are: Client, Together or Worker; not said if none is given
		:param strategies: texts, or rows of `strategy`
		:param steps: texts, or rows of `step`, `responsible` (Client, Worker, Together, Agency or Support
		        Person), `responsible_user`, `responsible_agency`, `responsible_name`, `due_on`
		:param goal_kind: Access to Resource, Skill or Knowledge, or Other (A6)
		:param target_on: hoped for by, YYYY-MM-DD; by the horizon 14, 90, 180 or 365 days on if none is given
		:param confidence: the client's own, 0 to 10 (B10)
		:param pace: Comfortable, Faster or Slower; Comfortable if none is given
		:param responsibility: Worker Does, Together, Client With Support or Client Alone
		:param need: the need it answers, in words
		:param strength: the strength it builds on (A5): one of the plan's `strengths`, or other words
		:param limitations_considered: what was taken into account, in words
		:return: `goal`, its code; the plan's live goal of the same words if there is one
		:raises frappe.ValidationError: there are no words, the plan is Completed or Superseded, a row has an
		        unknown field, or a value is none of those its field takes
		"""
		values = {"goal": goal, "horizon": horizon, "domain": domain, "set_by": set_by}
		values |= {"goal_kind": goal_kind, "target_on": target_on, "confidence": confidence, "pace": pace}
		values |= {"responsibility": responsibility, "need": need, "strength": strength}
		values["limitations_considered"] = limitations_considered
		return {"goal": add_goal(self, values, strategies, steps).name}

	@frappe.whitelist(methods=["POST"])
	@action
	def revise(self, kind: str | None = None, reason: str | None = None) -> dict:
		"""Begin a new version of the Active plan (B14, design rule 4); asked again, the draft there is.

		:param kind: what changed, a code of Plan Revision Reason
		:param reason: why, in the worker's or the client's words
		:return: `plan`, the code of the new version
		:raises frappe.ValidationError: the plan is not Active, or kind or reason is missing
		"""
		return {"plan": make_revision(self, kind, reason).name}

	@frappe.whitelist(methods=["POST"])
	@action
	def complete(self, on: str | date | None = None) -> dict:
		"""Complete the Active plan; its goals stay as they are.

		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `name` and `status`
		:raises frappe.ValidationError: the plan is not Active, or the day is to come or lies before the
		        agreement
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Completed":
			self.flags.completed_on = get_completion_date(self, get_date(self, _("Completed on"), on))
			move_to(self, "Completed")
		return {"name": self.name, "status": self.status}


def make_revision(plan: Document, kind: str | None, reason: str | None) -> Document:
	"""Return the draft that revises an Active plan, made now if there is none.

	:param kind: what changed, a code of Plan Revision Reason
	:raises frappe.ValidationError: the plan is not Active, or kind or reason is missing
	"""
	if plan.status != "Active":
		remedy = _("Change the draft itself, or revise the plan that is in force.")
		refuse(plan, _("Only an Active plan is revised; this one is {0}.").format(_(plan.status)), remedy)
	if not kind and not get_open_version(plan):
		refuse(plan, _("A revision says what changed."), _("Choose a Plan Revision Reason."))
	return make_next_version(plan, reason, revision_kind=kind, offered_on=getdate(), review_due=None)


def get_completion_date(plan: Document, on: date) -> date:
	"""Return the day a plan is completed.

	:raises frappe.ValidationError: it is a day to come, or before the client agreed to the plan
	"""
	if on > getdate() or (plan.agreed_on and on < getdate(plan.agreed_on)):
		rule = _("It cannot be completed on {0}: before it was agreed to, or on a day to come.")
		refuse(plan, rule.format(formatdate(on)), _("Correct the date."))
	return on
