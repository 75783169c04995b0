"""Acceptance of an intake: the person becomes a client, or is linked to the client they are, with a case.

Whoever came with them and needs support here becomes a client with a case of their own; others are named on the
record only. All of it follows from the status Accepted, whichever way that came.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.entry.match_confirmation import is_confirmed, validate_confirmed
from case_management.case_management.entry.match_search import search, was_shown
from case_management.case_management.entry.matching import get_sound, get_words
from case_management.case_management.entry.waiting_list import tell_if_full
from case_management.case_management.households.household import OTHER_RELATIVE, is_minor, make_member
from case_management.case_management.record.actions import store
from case_management.case_management.record.choices import keep_codes
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to
from case_management.permissions import is_visible

# What a client's record takes over from the intake.
PERSON_FIELDS = (
	"pronouns",
	"birth_date",
	"birth_date_estimated",
	"gender",
	"language",
	"interpreter_required",
	"safe_contact_note",
)


def validate_match_choice(intake: Document) -> None:
	"""Refuse a chosen client who is neither a likely match nor visible to the user, so that codes cannot be tried out.

	:raises frappe.PermissionError: the client is not the user's to choose, or does not exist
	"""
	if not intake.match_choice:
		return
	if intake.is_new_person:
		refuse(
			intake,
			_("A person is either an existing client or a new one."),
			_("Choose the existing client, or say that there is none."),
		)
	chosen_now = intake.has_value_changed("match_choice") or status_changed_to(intake, "Accepted")
	if chosen_now and not may_choose(intake, intake.match_choice):
		refuse(
			intake,
			_("{0} is neither a likely match nor a client whom you see.").format(intake.match_choice),
			_("Search for likely matches and choose one of them, or say that the person is new."),
			frappe.PermissionError,
		)


def may_choose(intake: Document, client: str) -> bool:
	"""Tell whether the session's user sees the client, was shown them as a likely match, or accepts what was confirmed."""
	sees = frappe.has_permission("Client", "read") and is_visible("Client", client)
	return sees or was_shown(intake, client) or is_confirmed(intake)


def validate_matched(intake: Document) -> None:
	"""Refuse acceptance while there are likely matches and nobody has said whether the person is one of them."""
	if intake.is_new_person:
		return
	if intake.match_choice:
		return validate_confirmed(intake, get_existing(intake))
	if matches := search(intake):
		refuse(
			intake,
			_("The person may be known already: {0}.").format(
				", ".join(match["client"] for match in matches)
			),
			_("Choose the existing client, or confirm that the person is new."),
		)


def get_existing(intake: Document) -> list[str]:
	"""Return the clients for whom the acceptance opens another case: the person, and who is with them and known."""
	if not intake.match_choice:
		return []
	members = (find_relation(intake.match_choice, row) for row in intake.companions if row.needs_support)
	return [intake.match_choice, *filter(None, members)]


def update_outcome(intake: Document) -> None:
	"""Make or link the client, and make the cases of the person and of those with them who need support (B4, B7)."""
	tell_if_full(intake)
	client = intake.match_choice or make_client(intake).name
	case = make_case(intake, client)
	for companion in intake.companions:
		if companion.needs_support:
			member = make_member(case, get_person(intake, companion, client), companion.relationship, intake)
			companion.db_set("client", member.client, update_modified=False)
	update_relationships(intake, client)
	intake.db_set({"client": client, "client_case": case.name}, update_modified=False)


def make_client(intake: Document) -> Document:
	client = frappe.new_doc("Client")
	client.preferred_name = intake.person_name
	client.update({field: intake.get(field) for field in PERSON_FIELDS})
	if intake.contact_detail:
		way = {"way": get_way(intake), "detail": intake.contact_detail}
		client.append("contact_ways", {**way, "safe_to_use": intake.contact_is_safe})
	return store(client)


def get_way(intake: Document) -> str:
	"""Return by which way somebody is reached at the number or address they gave."""
	if "@" in intake.contact_detail:
		return "Email"
	if intake.contact_channel == "Referral by an Agency":
		return "Through Somebody"
	return "Phone" if sum(letter.isdigit() for letter in intake.contact_detail) >= 6 else "In Person"


def make_case(intake: Document, client: str) -> Document:
	"""Return the stored case."""
	return store(get_new_case(intake, client))


def get_new_case(intake: Document, client: str) -> Document:
	"""Return the case, not stored; a compulsory program's needs the case manager (C20), which the case's own rule asks for."""
	case = frappe.new_doc("Client Case")
	case.update(
		{
			"client": client,
			"program": intake.program,
			"opened_on": getdate(intake.decided_on),
			"intake": intake.name,
			"case_manager": intake.case_manager,
		}
	)
	for row in intake.reasons:
		case.append("reasons", {"reason": row.reason, "is_main": row.is_main})
	return case


def get_person(intake: Document, companion: Document, head: str) -> dict:
	"""Return a companion as `household.make_member` takes them: a client the head's record names, or a new one."""
	return {
		"client": find_relation(head, companion),
		"preferred_name": companion.person_name,
		"birth_date": companion.birth_date,
		"birth_date_estimated": companion.birth_date_estimated,
		"opened_on": getdate(intake.decided_on),
	}


def find_relation(head: str, companion: Document) -> str | None:
	"""Return the client among the head's relationships who is a companion: by name and birth date.

	A name that sounds alike is enough only where nobody else could be meant: twins have one birth date, and names that sound
	alike. Nobody is two companions.
	"""
	others = [row for row in companion.parent_doc.companions if row.name != companion.name]
	named = {"parent": head, "parenttype": "Client", "related_client": ("is", "set")}
	related = set(frappe.get_all("Client Relationship", named, pluck="related_client"))
	related -= {row.client for row in others if row.client}
	if not related or not companion.birth_date:
		return None
	born = getdate(companion.birth_date)
	filters = {"name": ("in", related), "birth_date": born}
	rows = frappe.get_all("Client", filters, ["name", "preferred_name", "name_sound"], order_by="name")
	called = [row.name for row in rows if get_words(row.preferred_name) == get_words(companion.person_name)]
	is_alone = len(rows) == 1 and born not in [row.birth_date and getdate(row.birth_date) for row in others]
	if not called and is_alone and rows[0].name_sound == get_sound(companion.person_name):
		called = [rows[0].name]
	return called[0] if called else None


def update_relationships(intake: Document, client: str) -> None:
	"""Name those who came along without needing support here on the client's record, once."""
	doc = frappe.get_doc("Client", client)
	known = {row.person_name for row in doc.relationships}
	others = [row for row in intake.companions if not row.needs_support and row.person_name not in known]
	for row in others:
		relationship = {"person_name": row.person_name, "relationship": row.relationship or OTHER_RELATIVE}
		doc.append("relationships", {**relationship, "in_household": 1, "in_care": is_minor(row.birth_date)})
	if others:
		store(keep_codes(doc, OTHER_RELATIVE, *(row.relationship for row in others)))


def get_outcome(intake: Document) -> dict:
	"""Return what an acceptance led to: `client`, `client_case`, `members`, a list of the same two, `match_confirmation`."""
	confirmation = {"match_confirmation": intake.match_confirmation or None}
	if not intake.client_case:
		return {"client": intake.client, "client_case": None, "members": [], **confirmation}
	members = frappe.get_all(
		"Client Case",
		filters={"intake": intake.name, "head_case": intake.client_case},
		fields=["client", "name as client_case"],
		order_by="name",
	)
	return {"client": intake.client, "client_case": intake.client_case, "members": members, **confirmation}
