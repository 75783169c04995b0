"""A safety plan after it was made: reviewed, revised, given to the client (B12).

One plan of a client is current. What the client holds in their hands, and what was in force once, is not changed in
place: a change is a new version.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, formatdate, getdate

from case_management.case_management.record.actions import action, store
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.choices import keep_choices
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.settings import get_setting
from case_management.case_management.support.safety import get_current_plan

# What changes on any plan without a change of the plan itself.
NOT_THE_PLAN = frozenset({"client_name", "is_current", "superseded_by"})
# What is still said about a plan that the client has: when it is looked at, and whether their copy is still safe.
ABOUT_THE_COPY = frozenset({"last_reviewed_on", "review_note", "review_due", "copy_is_safe", "given_on"})


class SafetyPlanActions:
	"""The actions of a safety plan."""

	@frappe.whitelist(methods=["POST"])
	@action
	def review(
		self,
		on: str | date | None = None,
		note: str | None = None,
		next_review_on: str | date | None = None,
	) -> dict:
		"""Record that the plan was gone through with the client and still fits; if it does not, revise it.

		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: what was found
		:param next_review_on: a day, YYYY-MM-DD; after the days in Settings if none is given
		:return: `last_reviewed_on` and `review_due`
		:raises frappe.ValidationError: the plan is not current, there is no note, or a day is not possible: in
		        the future, before the plan was made, or the next review before this one
		"""
		validate_current(self)
		if not (note or "").strip():
			refuse(self, _("A review says what was found."), _("Write a few words."))
		reviewed = get_date(self, _("Last Reviewed on"), on)
		due = get_date(self, _("Review Due"), next_review_on) if next_review_on else get_review_due(reviewed)
		self.update({"last_reviewed_on": reviewed, "review_note": note, "review_due": due})
		self.save()
		return {"last_reviewed_on": self.last_reviewed_on, "review_due": self.review_due}

	@frappe.whitelist(methods=["POST"])
	@action
	def revise(self, reason: str | None = None, on: str | date | None = None) -> dict:
		"""Begin the next version: a copy that is current from now on and may be changed; this one is kept.

		:param reason: what changed, in words
		:param on: the day it was made, YYYY-MM-DD; today if none is given
		:return: `plan`, the code of the next version; asked again, the one there is
		:raises frappe.ValidationError: there is no reason, or the day lies before this version was made or in the
		        future
		"""
		return {"plan": self.superseded_by or make_revision(self, reason, on).name}

	@frappe.whitelist(methods=["POST"])
	@action
	def give_to_client(self, on: str | date | None = None) -> dict:
		"""Record that the client has a copy; from then on the plan is changed by a new version only.

		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `given_on`
		:raises frappe.ValidationError: the client cannot keep a copy safely, the plan is not current, or the
		        day lies before the plan was made or in the future
		"""
		if not self.given_on:
			validate_current(self)
			if not cint(self.copy_is_safe):
				refuse(
					self,
					_("It is not known that the client can keep a copy safely."),
					_("Ask them; then tick “{0}”.").format(_(self.meta.get_label("copy_is_safe"))),
				)
			self.given_on = get_date(self, _("Given to the Client on"), on)
			self.save()
		return {"given_on": self.given_on}


def make_revision(plan: Document, reason: str | None, on: str | date | None = None) -> Document:
	"""Return the next version of a plan, stored; whether a copy of it is safe is asked anew.

	:raises frappe.ValidationError: there is no reason, or the day is none on which it can have been made
	"""
	if not (reason or "").strip():
		refuse(plan, _("A revision has a reason."), _("Say what changed."))
	day = get_date(plan, _("Made on"), on)
	if day < getdate(plan.made_on):
		refuse(
			plan,
			_("{0} {1} lies before this version was made.").format(_("Made on"), formatdate(day)),
			_("Correct the date."),
		)
	version = frappe.copy_doc(plan, ignore_no_copy=False)
	version.update({"revision_reason": reason, "made_on": day, "review_due": None})
	return store(keep_choices(version, plan))


def validate_current(plan: Document) -> None:
	if not cint(plan.is_current):
		refuse(
			plan, _("It is not the client's current safety plan."), _("Use {0}.").format(plan.superseded_by)
		)


def validate_kept(plan: Document) -> None:
	"""Refuse changes of a plan that the client was given, or that a newer one has replaced.

	:raises frappe.ValidationError: naming the fields
	"""
	before = plan.get_doc_before_save()
	if not before or (before.is_current and not before.given_on):
		return
	kept = NOT_THE_PLAN | ABOUT_THE_COPY if before.is_current else NOT_THE_PLAN
	if changed := get_changed_fields(before, plan) - kept:
		rule = _("The client has it as it is ({0}).") if before.is_current else _("It was replaced ({0}).")
		remedy = (
			_("Revise it.") if before.is_current else _("Change {0} instead.").format(before.superseded_by)
		)
		refuse(plan, rule.format(get_labels(plan, changed)), remedy)


def set_version(plan: Document) -> None:
	"""Make a new plan the client's current one, the version after the one that was."""
	current = get_current_plan(plan.client)
	plan.is_current = 1
	plan.revises = current.name if current else None
	plan.version = current.version + 1 if current else 1


def update_predecessors(plan: Document) -> None:
	"""Let the plans that were current before say which one took their place."""
	table = frappe.qb.DocType("Safety Plan")
	query = frappe.qb.update(table).set(table.is_current, 0).set(table.superseded_by, plan.name)
	query.where((table.client == plan.client) & (table.is_current == 1) & (table.name != plan.name)).run()


def get_review_due(day: date) -> date:
	"""Return when a plan made or reviewed on a day is looked at again."""
	days = get_setting("safety_plan_review_days")
	return add_days(day, cint(days))
