"""The decision on an intake, and what has to be told and offered with it (design rule 1; B2, B3)."""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, formatdate, getdate, now_datetime

from case_management.case_management.entry.acceptance import (
	get_existing,
	get_new_case,
	get_outcome,
	validate_match_choice,
	validate_matched,
)
from case_management.case_management.entry.intake_told import (
	set_told,
	validate_decision_told,
	validate_process_told,
)
from case_management.case_management.entry.match_confirmation import (
	CONFIRMED,
	REMINDER,
	forget_confirmation,
	needs_confirmation,
	set_asked,
	set_people_told,
)
from case_management.case_management.entry.match_search import search
from case_management.case_management.entry.turning_away import (
	ALTERNATIVE_FIELDS,
	add_alternatives,
	get_unmet_need,
	validate_alternatives,
	validate_reason,
)
from case_management.case_management.record.actions import action
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.rows import get_rows
from case_management.case_management.record.settings import get_setting
from case_management.case_management.record.status import (
	move_to,
	status_changed_to,
	validate_can_move_to,
)
from case_management.case_management.reminders.sending import remind_at_once

DECISIONS = ("Accepted", "Waitlisted", "Not Accepted")
FINAL = ("Accepted", "Not Accepted")
# What the app or an administrator's workflow still sets on a decided intake.
SET_LATER = frozenset({"client", "client_case", "workflow_state"})


class DecisionActions:
	"""The actions of an intake that decide on it."""

	@frappe.whitelist(methods=["POST"])
	@action
	def find_matches(self) -> list[dict]:
		"""Return the clients who may be this person, the likeliest first, no more than Settings say.

		Each search counts, the same one of the same user once, and leaves a line in the Client Access Log for each
		client it shows.

		:return: rows of `client`, `score` (0 to 100), `reasons` (in words) and `visible`; with
		        `preferred_name` and `birth_date` where the user may see the client. Of others `preferred_name` only
		        where it is what was entered, `birth_year` where the date of birth agrees, and `open_case` (true or
		        false) where that or the whole name agrees. Restricted clients are left out for who is not on their
		        list
		:raises frappe.ValidationError: the intake was never saved, or the user has made as many searches today as
		        Settings allow
		"""
		return search(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def accept(
		self,
		client: str | None = None,
		new_person: bool | int | str | None = None,
		case_manager: str | None = None,
		informed_on: str | datetime | None = None,
		informed_how: str | None = None,
		not_informed_reason: str | None = None,
		on: str | datetime | None = None,
	) -> dict:
		"""Accept: the person gets a client record, or is linked to the one they have, and a case (B4).

		An existing client whom the user does not see is confirmed by a team leader first, unless the program says
		otherwise: then the intake stays as it is and the leaders are asked, whose `confirm_match` completes it.

		:param client: the code of the client this person is: a likely match that `find_matches` has shown to the
		        user, or one the user sees
		:param new_person: true where the person is none of the likely matches
		:param case_manager: the user's e-mail address; a compulsory program needs one (C20)
		:param informed_on: when the person was told of the decision, date and time; now if only
		        `informed_how` is given
		:param informed_how: how they were told, in a few words
		:param not_informed_reason: why telling them was not safe or possible, in words, instead of the two
		        above
		:param on: when it was decided, date and time; now if none is given
		:return: `client`, `client_case`, `members`: a row of the same two for each companion who needs support, and
		        `match_confirmation`: with Asked a leader must confirm, and there is no case yet
		:raises frappe.ValidationError: the intake was not answered yet (New) or is decided otherwise, the
		        person was not told of the process or of the decision (B2), there are likely matches and
		        neither `client` nor `new_person` is given, or both are, or a compulsory program's case would
		        have no case manager
		:raises frappe.PermissionError: the client given is neither a likely match nor one the user sees, or
		        the workflow has no such step for the user
		"""
		if self.status != "Accepted":
			set_choice(self, client, new_person, case_manager)
			set_told(self, "decision", informed_on, informed_how, not_informed_reason)
			accept_or_ask(self, on)
		return get_outcome(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def waitlist(
		self,
		priority: str | None = None,
		note: str | None = None,
		informed_on: str | datetime | None = None,
		informed_how: str | None = None,
		not_informed_reason: str | None = None,
		on: str | datetime | None = None,
	) -> dict:
		"""Put a person who is being screened on the waiting list (B2, B3).

		:param priority: `1 High`, `2 Medium` or `3 Low`
		:param note: what was decided and why, in words
		:param informed_on: when the person was told of the decision, date and time; now if only
		        `informed_how` is given
		:param informed_how: how they were told, in a few words
		:param not_informed_reason: why telling them was not safe or possible, in words, instead of the two
		        above
		:param on: when it was decided, date and time; now if none is given
		:return: `status`
		:raises frappe.ValidationError: the intake is not in Screening, the person was not told of the
		        process or of this decision, or there is no such priority
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Waitlisted":
			self.waitlist_priority = priority or self.waitlist_priority
			self.decision_note = note or self.decision_note
			decide(self, "Waitlisted", on, informed_on, informed_how, not_informed_reason)
		return {"status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def not_accept(
		self,
		reason: str | None = None,
		alternatives: list | str | None = None,
		no_alternative_reason: str | None = None,
		note: str | None = None,
		informed_on: str | datetime | None = None,
		informed_how: str | None = None,
		not_informed_reason: str | None = None,
		on: str | datetime | None = None,
	) -> dict:
		"""Turn the person away, which leaves a need unmet (B3, C16).

		:param reason: a code of the list Reason Service Not Provided
		:param alternatives: rows of `agency` (an External Agency) or `alternative` (words), with `kind`
		        (Information or Referral; Information if left out) and `given_on` (a day; today). Where the agency
		        was told about the person: `what_was_shared` (words) with `agreed_how` (Written, Spoken, By a
		        Guardian, Other) and `agreed_on` (a day; `given_on`), or with `legal_basis` (a code) and
		        `legal_basis_note`; each is kept as a Disclosure
		:param no_alternative_reason: why there is no alternative, in words
		:param note: what was decided, in words
		:param informed_on: when the person was told of the decision, date and time; now if only
		        `informed_how` is given
		:param informed_how: how they were told, in a few words
		:param not_informed_reason: why telling them was not safe or possible, in words, instead of the two
		        above
		:param on: when it was decided, date and time; now if none is given
		:return: `status`, and `unmet_need`, the code of the Unmet Need made
		:raises frappe.ValidationError: the intake is neither in Screening nor Waitlisted, there is no
		        reason, or no alternative nor a reason for none, an alternative names nothing, an agency was told
		        something without agreement or legal basis, or the person was not told (being told of the
		        waiting list is not being told of this)
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status != "Not Accepted":
			self.decision_reason = reason or self.decision_reason
			self.no_alternative_reason = no_alternative_reason or self.no_alternative_reason
			self.decision_note = note or self.decision_note
			add_alternatives(self, get_rows(self, _("Alternatives"), alternatives, ALTERNATIVE_FIELDS))
			decide(self, "Not Accepted", on, informed_on, informed_how, not_informed_reason)
		return {"status": self.status, "unmet_need": get_unmet_need(self)}


def accept_or_ask(intake: Document, on: str | datetime | None) -> None:
	"""Accept an intake; or ask the leaders to confirm its existing client, once nothing else stands in the way."""
	if not needs_confirmation(intake, get_existing(intake)):
		return decide(intake, "Accepted", on, None, None, None)
	validate_can_move_to(intake, "Accepted")
	validate_process_told(intake)
	validate_decision_told(intake)
	get_new_case(intake, intake.match_choice).validate_case_manager()
	set_asked(intake, get_decision_time(intake, on) if on else None)
	intake.save()
	remind_at_once(REMINDER, intake.name)


def decide(intake: Document, status: str, on: str | datetime | None, *told: str | datetime | None) -> None:
	"""Move an intake to a decision.

	:param told: when and how the person was told of it, or why not, as the actions take them
	"""
	intake.flags.decided_on = get_decision_time(intake, on)
	set_told(intake, "decision", *told)
	move_to(intake, status)


def validate_decision(intake: Document) -> None:
	"""Check what a decision needs when its status arrives, whichever way it came.

	:raises frappe.ValidationError: the person was not informed (B2), a refusal has no reason or alternative (B3), or
	        nobody has said whether the person is one of the likely matches
	"""
	if not status_changed_to(intake, *DECISIONS):
		return
	validate_process_told(intake)
	validate_decision_told(intake)
	if intake.status == "Not Accepted":
		validate_reason(intake)
		validate_alternatives(intake)
	if intake.status == "Accepted":
		validate_matched(intake)


def validate_undecided(intake: Document) -> None:
	"""Refuse to change an intake after it was accepted or not; a waiting one is still worked on."""
	before = intake.get_doc_before_save()
	if not before or before.status not in FINAL:
		return
	later = SET_LATER | {"alternatives"} if intake.flags.by_answer else SET_LATER
	if changed := get_changed_fields(before, intake) - later:
		refuse(
			intake,
			_("It is {0} and stays as it was decided ({1}).").format(
				_(before.status), get_labels(intake, changed)
			),
			_("Write it on the client's case, or record a new intake."),
		)


def set_decision(intake: Document) -> None:
	"""Note who decided and when, and until when the intake worker still sees it, when a decision arrives."""
	if not status_changed_to(intake, *DECISIONS):
		return
	days = get_setting("intake_access_days")
	intake.decided_on = intake.flags.decided_on or now_datetime()
	intake.decided_by = frappe.session.user
	intake.access_until = add_days(getdate(intake.decided_on), cint(days))
	intake.waitlist_told_on = intake.decision_informed_on if intake.status == "Waitlisted" else None
	set_people_told(intake)


def get_decision_time(intake: Document, on: str | datetime | None) -> datetime:
	"""Return when it was decided (now if none is given): not ahead, and not on a day before the first contact."""
	when, label = get_time(intake, _("Decided on"), on), _("Decided on")
	if when > now_datetime() or when.date() < getdate(intake.first_contact_on):
		refuse(
			intake,
			_("{0} {1} lies before the first contact or in the future.").format(label, formatdate(when)),
			_("Correct the date."),
		)
	return when


def set_choice(
	intake: Document, client: str | None, new_person: bool | int | str | None, case_manager: str | None
) -> None:
	"""Note which existing client the person is, or that they are new, and who is to be the case manager.

	:raises frappe.PermissionError: the client is neither a likely match nor visible to the user
	"""
	choice, manager = intake.match_choice, intake.case_manager
	if client or is_true(new_person):
		intake.match_choice = client
		intake.is_new_person = int(is_true(new_person))
	intake.case_manager = case_manager or intake.case_manager
	validate_match_choice(intake)
	is_confirmed = intake.match_confirmation == CONFIRMED
	if intake.match_choice != choice or (is_confirmed and intake.case_manager != manager):
		forget_confirmation(intake)


def is_true(value: bool | int | str | None) -> bool:
	"""Tell whether a switch is on, as form posts, JSON and Python write it."""
	return str(value).strip().lower() in ("1", "true", "yes", "on")
