"""Taking an existing client: somebody who did not see them before is confirmed by a team leader (design §5).

The leader is of a program that the client has or had a case in, or of the intake's; an administrator may switch it off
for a program. Whoever has the client's care hears of it either way, by code.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

from case_management.case_management.access.leads import (
	get_leads,
	get_leads_of_programs,
	get_leads_to_tell,
	get_program_leads,
)
from case_management.case_management.access.responsible import get_lasting, get_staff, is_kept_from
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to
from case_management.permissions import is_visible

ASKED, CONFIRMED, DECLINED = "Asked", "Confirmed", "Declined"
# The reminder of those who are asked.
REMINDER = "remind_match_confirmation"
ANSWER = ("match_answered_by", "match_answered_on", "match_answer_note")


def needs_confirmation(intake: Document, existing: list[str]) -> bool:
	"""Tell whether a leader must confirm before the session's user accepts an intake.

	:param existing: the clients that it would open a case for: the person, and who is with them
	"""
	user = frappe.session.user
	if not existing or not is_wanted(intake.program) or user == "Administrator":
		return False
	if intake.match_confirmation == CONFIRMED or may_confirm(intake, user):
		return False
	return not frappe.has_permission("Client", "read") or bool(set(existing) - get_lasting(existing, user))


def is_wanted(program: str) -> bool:
	"""Tell whether a program has its existing clients confirmed."""
	field = "existing_client_needs_confirmation"
	return bool(cint(frappe.get_cached_value("Support Program", program, field)))


def may_confirm(intake: Document | frappe._dict, user: str) -> bool:
	"""Tell whether a user leads a program of the chosen client or the intake's, and is not kept from the client."""
	return leads(user, intake.match_choice, intake.program) and not is_kept_from(user, intake.match_choice)


def leads(user: str, client: str, program: str) -> bool:
	return user in {*get_leads(client), *get_program_leads(program)}


def get_confirmers(intake: Document | frappe._dict) -> list[str]:
	"""Return who is asked to confirm: of each program its leader, or the deputy where the leader cannot."""
	staff, found = get_staff(), set()
	for leads in [*get_leads_of_programs(intake.match_choice), get_program_leads(intake.program)]:
		able = (user for user in leads if user in staff and may_confirm(intake, user))
		found.add(next(able, None))
	return sorted(found - {None})


def set_asked(intake: Document, on: str | datetime | None) -> None:
	"""Note who asks for a confirmation and when, once; what the intake says besides is kept for the acceptance.

	:raises frappe.ValidationError: no leader can confirm it
	"""
	if not get_confirmers(intake):
		refuse(
			intake,
			_("No team leader can confirm that this person is {0}.").format(intake.match_choice),
			_("Ask an administrator to name a team leader in the program {0}.").format(intake.program),
		)
	if intake.match_confirmation != ASKED:
		asked = {"match_asked_by": frappe.session.user, "match_asked_on": now_datetime()}
		intake.update({"match_confirmation": ASKED, **asked, **dict.fromkeys(ANSWER)})
	intake.match_accept_on = on


def set_confirmation(intake: Document) -> None:
	"""Forget what was asked or confirmed for another client or case manager, and what an intake decided otherwise asks."""
	is_other = intake.has_value_changed("match_choice") and not intake.has_value_changed("match_asked_on")
	if intake.match_confirmation == CONFIRMED and not intake.has_value_changed("match_confirmation"):
		is_other = is_other or intake.has_value_changed("case_manager")
	if is_other or (intake.match_confirmation == ASKED and status_changed_to(intake, "Not Accepted")):
		forget_confirmation(intake)


def forget_confirmation(intake: Document) -> None:
	intake.update({"match_confirmation": None, "match_asked_on": None, **dict.fromkeys(ANSWER)})


def is_confirmed(intake: Document) -> bool:
	"""Tell whether what is stored as the choice was confirmed, or is accepted by who may confirm it."""
	if intake.has_value_changed("match_choice"):
		return False
	return intake.match_confirmation == CONFIRMED or may_confirm(intake, frappe.session.user)


def validate_confirmed(intake: Document, existing: list[str]) -> None:
	"""Refuse an acceptance that nobody has confirmed, whichever way its status arrives.

	:raises frappe.PermissionError: a leader must confirm first
	"""
	if needs_confirmation(intake, existing):
		refuse(
			intake,
			_("A team leader must confirm that this person is {0}.").format(intake.match_choice),
			_("Use “Accept”, which asks the team leaders."),
			frappe.PermissionError,
		)


def validate_case_taken(case: Document) -> None:
	"""Refuse a new case by who sees its client for as long as an emergency lasts: they would see them from then on.

	:raises frappe.PermissionError: an intake is to be accepted, or a leader asked
	"""
	user = frappe.session.user
	if not case.is_new() or case.flags.ignore_permissions or user == "Administrator":
		return
	if is_wanted(case.program) and not (
		get_lasting([case.client], user) or leads(user, case.client, case.program)
	):
		refuse(
			case,
			_("You see the client {0} in an emergency only.").format(case.client),
			_("Record an intake and accept it; a team leader confirms it."),
			frappe.PermissionError,
		)


def set_people_told(intake: Document) -> None:
	"""Note whom the acceptance concerns who have the client's care, and who asked; a Notification goes to them."""
	if intake.match_choice and status_changed_to(intake, "Accepted"):
		intake.people_told = ",".join(get_to_tell(intake, intake.match_choice)) or None


def get_to_tell(intake: Document, client: str) -> list[str]:
	"""Return who leads an existing client's care or manages an open case of theirs, and who asked for the confirmation."""
	cases = frappe.get_all(
		"Client Case", {"client": client, "status": ("!=", "Closed")}, pluck="case_manager"
	)
	managers = {user for user in cases if user in get_staff() and is_visible("Client", client, user)}
	people = {*get_leads_to_tell(client), *managers, intake.match_asked_by}
	return sorted(people - {None, "", frappe.session.user})
