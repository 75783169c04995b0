from datetime import datetime

import frappe
from frappe import _
from frappe.utils import getdate

from case_management.case_management.access.grants import OPEN_INTAKE
from case_management.case_management.entry import (
	acceptance,
	intake_decision,
	match_confirmation,
	match_search,
	turning_away,
)
from case_management.case_management.record.actions import action
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.dates import get_time
from case_management.case_management.entry.confirming import ConfirmingActions
from case_management.case_management.entry.intake_decision import DecisionActions
from case_management.case_management.entry.intake_response import get_response_due, validate_worker
from case_management.case_management.entry.intake_told import set_told
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import move_to, status_changed_to
from case_management.case_management.entry.turning_away import TurningAwayActions
from case_management.case_management.entry.waiting_list import WaitingActions, get_places


class ClientIntake(DecisionActions, TurningAwayActions, ConfirmingActions, WaitingActions, ClientRecord):
	"""Somebody makes contact: response, screening and the decision whether the service can help (B1, B2, B3)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.intake_alternative.intake_alternative import (
			IntakeAlternative,
		)
		from case_management.case_management.doctype.intake_companion.intake_companion import IntakeCompanion
		from case_management.case_management.doctype.intake_reason.intake_reason import IntakeReason
		from frappe.types import DF

		access_until: DF.Date | None
		alternatives: DF.Table[IntakeAlternative]
		birth_date: DF.Date | None
		birth_date_estimated: DF.Check
		case_manager: DF.Link | None
		client: DF.Link | None
		client_case: DF.Link | None
		companions: DF.Table[IntakeCompanion]
		contact_channel: DF.Literal[
			"Phone", "Walk-in", "Email", "Website", "Outreach", "Referral by an Agency", "Other"
		]
		contact_detail: DF.Data | None
		contact_is_safe: DF.Literal["", "Yes", "No"]
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision_informed_how: DF.Data | None
		decision_informed_on: DF.Datetime | None
		decision_not_informed_reason: DF.SmallText | None
		decision_note: DF.SmallText | None
		decision_reason: DF.Link | None
		first_contact_on: DF.Datetime
		gender: DF.Data | None
		intake_worker: DF.Link | None
		interpreter_required: DF.Check
		is_new_person: DF.Check
		language: DF.Data | None
		match_accept_on: DF.Datetime | None
		match_answer_note: DF.SmallText | None
		match_answered_by: DF.Link | None
		match_answered_on: DF.Datetime | None
		match_asked_by: DF.Link | None
		match_asked_on: DF.Datetime | None
		match_choice: DF.Link | None
		match_confirmation: DF.Literal["", "Asked", "Confirmed", "Declined"]
		matches_searched_on: DF.Datetime | None
		naming_series: DF.Literal["INT-.YYYY.-.#####"]
		no_alternative_reason: DF.SmallText | None
		people_told: DF.SmallText | None
		person_name: DF.Data
		process_informed_how: DF.Data | None
		process_informed_on: DF.Datetime | None
		process_not_informed_reason: DF.SmallText | None
		program: DF.Link
		pronouns: DF.Data | None
		reasons: DF.Table[IntakeReason]
		referral_source: DF.Link | None
		referring_agency: DF.Link | None
		responded_by: DF.Link | None
		responded_on: DF.Datetime | None
		response_due: DF.Datetime | None
		response_note: DF.SmallText | None
		safe_contact_note: DF.SmallText | None
		service_requested: DF.Link | None
		situation: DF.Text | None
		status: DF.Literal["New", "Screening", "Accepted", "Waitlisted", "Not Accepted"]
		urgency: DF.Literal["Emergency", "Urgent", "Soon", "Routine"]
		waitlist_checked_note: DF.SmallText | None
		waitlist_checked_on: DF.Datetime | None
		waitlist_priority: DF.Literal["", "1 High", "2 Medium", "3 Low"]
		waitlist_told_on: DF.Datetime | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"New": ("Screening",),
		"Screening": ("Accepted", "Waitlisted", "Not Accepted"),
		"Waitlisted": ("Accepted", "Not Accepted"),
		"Accepted": (),
		"Not Accepted": (),
	}
	PAST_DATES = (
		"birth_date",
		"first_contact_on",
		"responded_on",
		"process_informed_on",
		"decision_informed_on",
	)

	# Who seeks help may be a client whom the intake worker does not see: a likely match.
	JUDGED_LINKS = ("match_choice",)

	def onload(self) -> None:
		"""Send also how full the program is, while the decision is open."""
		super().onload()
		if self.status in OPEN_INTAKE:
			self.set_onload("places", get_places(self.program))

	def before_insert(self) -> None:
		self.set_intake_worker()

	def validate(self) -> None:
		self.validate_record()
		self.set_response()
		self.validate_intake_worker()
		self.validate_order()
		self.validate_companions()
		self.validate_undecided()
		self.set_match()
		self.validate_match_choice()
		self.validate_decision()
		self.set_response_due()
		self.set_decision()

	def on_update(self) -> None:
		self.update_outcome()
		self.update_turned_away()

	@frappe.whitelist(methods=["POST"])
	@action
	def assign(self, intake_worker: str | None = None) -> dict:
		"""Give the intake to somebody who works on intakes, or put a new one back into the queue.

		:param intake_worker: the user's e-mail address; empty for the queue, in which every intake worker
		        sees it
		:return: `intake_worker`, None in the queue
		:raises frappe.ValidationError: the user is disabled or has no role that works on intakes, the intake
		        would be left to nobody after it was answered, or it is decided
		"""
		if (self.intake_worker or None) != (intake_worker or None):
			self.intake_worker = intake_worker
			self.save()
		return {"intake_worker": self.intake_worker}

	@frappe.whitelist(methods=["POST"])
	@action
	def respond(self, responded_on: str | datetime | None = None, note: str | None = None) -> dict:
		"""Record the service's first response, which begins the screening (B1); who responds works on it.

		:param responded_on: date and time on the site's clock, YYYY-MM-DD HH:MM:SS; now if none is given
		:param note: what was said, in words
		:return: `status`, `responded_on`, and `response_due`, until when the urgency asked for a response
		:raises frappe.ValidationError: the time lies before the first contact or in the future
		"""
		if self.status == "New":
			self.responded_on = get_time(self, _("Responded on"), responded_on)
			self.response_note = note or self.response_note
			move_to(self, "Screening")
		return {"status": self.status, "responded_on": self.responded_on, "response_due": self.response_due}

	@frappe.whitelist(methods=["POST"])
	@action
	def inform_of_process(
		self,
		on: str | datetime | None = None,
		how: str | None = None,
		not_informed_reason: str | None = None,
	) -> dict:
		"""Record when and how entry and screening were explained, or why that was not safe or possible (B2).

		:param on: date and time on the site's clock; now if neither this nor a reason is given
		:param how: how it was explained, in a few words
		:param not_informed_reason: why it was not safe or possible, in words, instead of the two above
		:return: `process_informed_on`, None with a reason only
		:raises frappe.ValidationError: the day lies before the first contact, the time in the future, or the
		        intake is decided
		"""
		if set_told(self, "process", on, how, not_informed_reason, default_now=not self.process_informed_on):
			self.save()
		return {"process_informed_on": self.process_informed_on}

	def set_intake_worker(self) -> None:
		"""Who takes a first contact works on it; from anybody else it waits in the queue."""
		if "Case Intake Worker" in frappe.get_roles():
			self.set_worker()

	def set_worker(self) -> None:
		if not self.intake_worker and frappe.session.user != "Administrator":
			self.intake_worker = frappe.session.user

	def set_response(self) -> None:
		"""Note who responded and when; who responds to an intake from the queue works on it from then on."""
		if status_changed_to(self, "Screening"):
			self.responded_on = self.responded_on or frappe.utils.now_datetime()
			self.responded_by = frappe.session.user
			self.set_worker()

	def set_response_due(self) -> None:
		fields = ("first_contact_on", "urgency", "program")
		if not self.response_due or any(self.has_value_changed(field) for field in fields):
			self.response_due = get_response_due(self)

	def set_match(self) -> None:
		match_search.set_search(self)
		match_confirmation.set_confirmation(self)

	def set_decision(self) -> None:
		intake_decision.set_decision(self)

	def validate_intake_worker(self) -> None:
		validate_worker(self)

	def validate_order(self) -> None:
		"""Refuse a response or explanation before the first contact; explanations to the day, as they are often noted."""
		first = get_time(self, _("First Contact"), self.first_contact_on).replace(second=0, microsecond=0)
		if self.responded_on and get_time(self, "", self.responded_on) < first:
			self.refuse_date("responded_on", _("lies before the first contact."))
		for field in ("process_informed_on", "decision_informed_on"):
			if self.get(field) and getdate(self.get(field)) < first.date():
				self.refuse_date(field, _("lies before the first contact."))

	def validate_companions(self) -> None:
		for row in self.companions:
			if row.birth_date and getdate(row.birth_date) > getdate():
				refuse(self, _("{0} is born in the future.").format(row.person_name), _("Correct the date."))

	def validate_undecided(self) -> None:
		intake_decision.validate_undecided(self)

	def validate_match_choice(self) -> None:
		acceptance.validate_match_choice(self)

	def validate_decision(self) -> None:
		intake_decision.validate_decision(self)

	def update_outcome(self) -> None:
		if status_changed_to(self, "Accepted"):
			acceptance.update_outcome(self)

	def update_turned_away(self) -> None:
		if status_changed_to(self, "Not Accepted"):
			turning_away.update_unmet_need(self)
			turning_away.make_disclosures(self)
