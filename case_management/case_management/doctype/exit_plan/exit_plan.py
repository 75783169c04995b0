"""The plan for the end of the support, and for keeping what was achieved."""

from datetime import date

import frappe
from frappe import _

from case_management.case_management.record.actions import action
from case_management.case_management.record.agreement import (
	AgreementActions,
	make_next_version,
	set_agreed_on,
	validate_unchanged,
)
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.support.consent import SHARING


class ExitPlan(AgreementActions, ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.exit_achievement.exit_achievement import ExitAchievement
		from case_management.case_management.doctype.exit_follow_up.exit_follow_up import ExitFollowUp
		from case_management.case_management.doctype.exit_ongoing_need.exit_ongoing_need import (
			ExitOngoingNeed,
		)
		from case_management.case_management.doctype.exit_support.exit_support import ExitSupport
		from case_management.case_management.doctype.participation_support.participation_support import (
			ParticipationSupport,
		)
		from frappe.types import DF

		achievements: DF.Table[ExitAchievement]
		agreed_how: DF.Data | None
		agreed_on: DF.Date | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		declined_reason: DF.SmallText | None
		destination: DF.Link | None
		follow_up_assessed: DF.Literal["", "Together", "Client Declined", "Not Possible"]
		follow_up_consent: DF.Check
		follow_up_needed: DF.Check
		follow_ups: DF.Table[ExitFollowUp]
		given_on: DF.Date | None
		naming_series: DF.Literal["EXIT-.YYYY.-.#####"]
		offered_on: DF.Date
		ongoing_needs: DF.Table[ExitOngoingNeed]
		participation: DF.Literal["", "Fully", "In Part", "Was Offered and Declined", "Not Able to"]
		participation_note: DF.SmallText | None
		participation_supports: DF.TableMultiSelect[ParticipationSupport]
		planned_exit_on: DF.Date | None
		readiness: DF.Literal["", "Not Yet", "In Part", "Ready"]
		revises: DF.Link | None
		revision_reason: DF.SmallText | None
		set_by: DF.Literal["", "Client", "Together", "Worker"]
		status: DF.Literal["Draft", "With Client", "Agreed", "Completed"]
		superseded_by: DF.Link | None
		supports: DF.Table[ExitSupport]
		version: DF.Int
		workflow_state: DF.Link | None
	# end: auto-generated types

	CONSENT_FOR = SHARING
	NEXT_STATUS = {
		"Draft": ("With Client", "Agreed"),
		"With Client": ("Draft", "Agreed"),
		"Agreed": ("Completed",),
		"Completed": (),
	}
	PAST_DATES = ("offered_on", "agreed_on", "given_on")
	CASE_DATES = ("planned_exit_on",)
	WRITTEN_AFTER_CLOSURE = True

	def validate(self) -> None:
		self.validate_record()
		self.validate_agreed_unchanged()
		set_agreed_on(self)
		self.validate_part()
		self.validate_achievements()
		self.validate_follow_up()

	def on_update(self) -> None:
		self.update_revised()

	def validate_case(self, case: frappe._dict | None) -> None:
		"""A plan that is there may still be given to the client when the case is closed; no new one is made then."""
		super().validate_case(case)
		if self.is_new() and case and case.status == "Closed":
			refuse(self, _("The case {0} is closed.").format(case.name), _("Reopen the case first."))

	def validate_agreed_unchanged(self) -> None:
		validate_unchanged(self, ("Agreed", "Completed"), _("Use “Revise”, with a reason."))

	def validate_part(self) -> None:
		"""B21: the client was offered a part in it; how they took part, or why not, is recorded."""
		if status_changed_to(self, "Agreed") and not (self.participation or self.declined_reason):
			refuse(
				self,
				_("An agreed exit plan says how the client took part."),
				_("Fill in how they took part, or the reason they did not."),
			)

	def validate_achievements(self) -> None:
		"""B22: each achievement has a way in which it is kept."""
		if not status_changed_to(self, "Agreed"):
			return
		for row in self.achievements:
			if not row.how_kept:
				refuse(
					self,
					_("Row {0}: the achievement has no way in which it is kept.").format(row.idx),
					_("Agree with the client how it is kept, and who helps."),
				)

	def validate_follow_up(self) -> None:
		"""B23: whether follow-up is needed is assessed with the client before the plan is agreed."""
		if status_changed_to(self, "Agreed") and not self.follow_up_assessed:
			refuse(
				self,
				_("The need for follow-up was not assessed with the client."),
				_("Fill in whether it was assessed together, declined or not possible."),
			)

	def update_revised(self) -> None:
		"""Let the version this one revises name its successor, once this one is agreed."""
		if self.revises and status_changed_to(self, "Agreed"):
			frappe.get_doc("Exit Plan", self.revises).db_set("superseded_by", self.name)

	@frappe.whitelist(methods=["POST"])
	@action
	def give_to_client(self, on: str | date | None = None) -> dict:
		"""Record that the printed plan was given to the client (C52); the first day counts.

		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `name` and `given_on`
		:raises frappe.ValidationError: the plan is not agreed yet, or the day lies before the case opened or
		        in the future
		"""
		if self.status not in ("Agreed", "Completed"):
			refuse(
				self, _("Only an agreed plan is given to the client."), _("Agree it with the client first.")
			)
		self.given_on = self.given_on or get_date(self, _("Printed Plan Given on"), on)
		self.save()
		return {"name": self.name, "given_on": self.given_on}

	@frappe.whitelist(methods=["POST"])
	@action
	def revise(self, reason: str | None = None) -> dict:
		"""Begin a new version of an agreed exit plan (design rule 4); asked again, the draft there is.

		:param reason: why, in the worker's or the client's words
		:return: `exit_plan`, the code of the new version
		:raises frappe.ValidationError: the plan is not Agreed, or there is no reason
		"""
		if self.status != "Agreed":
			refuse(self, _("Only an agreed plan is revised."), _("Change the draft itself."))
		return {"exit_plan": make_next_version(self, reason).name}
