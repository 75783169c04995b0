"""Searches for likely matches: counted by user and day, and noted in the access log with each client that was shown.

Whoever takes a first contact may ask whether a person is known, which is a question about anybody. So a user asks it a
limited number of times a day (Settings), the client's leaders and the privacy role can see that it was asked, and only
a client who was shown to a user can be chosen by them: nobody tries names or dates of birth against a code.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, getdate, now_datetime

from case_management.case_management.access.responsible import is_kept_from
from case_management.case_management.entry.matching import find_matches
from case_management.case_management.looking.access_log import Line, log_for_good
from case_management.case_management.looking.looks import LOG
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting

SEARCHED, SHOWN = "Searched", "Shown as Match"
# What a search compares: with another value it is another search.
COMPARED = ("person_name", "birth_date", "birth_date_estimated")


def search(intake: Document) -> list[dict]:
	"""Return the likely matches of the person who made contact, see `matching.find_matches`.

	The same search of the same user counts once.

	:raises frappe.ValidationError: the user has made as many searches today as Settings allow
	"""
	is_counted = frappe.session.user != "Administrator" and not was_made(intake)
	if is_counted:
		validate_limit(intake)
	matches = find_matches(intake.person_name, intake.birth_date, intake.birth_date_estimated)
	if is_counted:
		note_search(intake, [match["client"] for match in matches])
	return matches


def was_made(intake: Document) -> bool:
	"""Tell whether the user has searched with this intake since what is compared has changed."""
	made = {"user": frappe.session.user, "access_kind": SEARCHED, "record_name": intake.name}
	since = intake.matches_searched_on
	return bool(since and frappe.db.exists(LOG, {**made, "accessed_on": (">=", since)}))


def note_search(intake: Document, clients: list[str]) -> None:
	"""Note in the access log that the user has searched, and each client whom they were shown."""
	if not intake.matches_searched_on:
		intake.matches_searched_on = now = now_datetime()
		frappe.db.set_value(intake.doctype, intake.name, "matches_searched_on", now, update_modified=False)
	shown = [Line(client, SHOWN, intake.doctype, intake.name) for client in clients]
	log_for_good([Line(None, SEARCHED, intake.doctype, intake.name), *shown])


def set_search(intake: Document) -> None:
	"""Forget the search when another person would be searched for."""
	if any(intake.has_value_changed(field) for field in COMPARED):
		intake.matches_searched_on = None


def validate_limit(intake: Document) -> None:
	limit = cint(get_setting("match_searches_per_day"))
	if limit and count_today() >= limit:
		refuse(
			intake,
			_(
				"You have searched for likely matches {0} times today; more are not allowed in one day."
			).format(limit),
			_("Ask a colleague to search, or search tomorrow."),
		)


def count_today() -> int:
	"""Return how often the session's user has searched today; requests of the same user wait for each other."""
	user, log = frappe.session.user, DocType(LOG)
	frappe.db.get_value("User", user, "name", for_update=True)
	query = frappe.qb.from_(log).select(log.name).where((log.user == user) & (log.accessed_on >= getdate()))
	return len(query.where(log.access_kind == SEARCHED).for_update().run())


def was_shown(intake: Document, client: str) -> bool:
	"""Tell whether a search with this intake has shown the client to the session's user, who may still know of them."""
	user = frappe.session.user
	shown = {"user": user, "client": client, "access_kind": SHOWN, "record_name": intake.name}
	return bool(frappe.db.exists(LOG, shown)) and not is_kept_from(user, client)
