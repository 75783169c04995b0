"""Households: each person who gets support is a client with a case of their own; a member's case names the head's."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_years, getdate

from case_management.case_management.access.responsible import get_lasting
from case_management.case_management.record.actions import action, store
from case_management.case_management.record.choices import keep_choices, keep_codes
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting

# Codes of HUD's RelationshipToHoH.
HEAD_OF_HOUSEHOLD = "Relationship to Head of Household-1"
OTHER_RELATIVE = "Relationship to Head of Household-4"


class HouseholdActions:
	"""The action of a case by which somebody of the household joins it."""

	@frappe.whitelist(methods=["POST"])
	@action
	def add_household_member(
		self,
		client: str | None = None,
		preferred_name: str | None = None,
		birth_date: str | date | None = None,
		relationship: str | None = None,
		on: str | date | None = None,
	) -> dict:
		"""Give a member of the household a case of their own that relies on this case's team (B7).

		Somebody of the same name and birth date who is in the household already is that person: a button
		pressed twice makes one.

		:param client: the code of an existing client the user sees; without one, a new client of
		        `preferred_name` is made
		:param preferred_name: how the person wants to be called
		:param birth_date: a day, YYYY-MM-DD
		:param relationship: what the person is to the head of the household: a code of Relationship to Head
		        of Household; Other relative on the head's record if none is given
		:param on: the day they joined, from which their case is open, YYYY-MM-DD; today if none is given
		:return: `client` and `client_case` of the member; asked again for the same client, their open case
		:raises frappe.ValidationError: neither a client nor a name is given, the birth date is no date, the
		        case is itself a member's, the client is this case's, or the day lies before this case opened
		        or in the future
		:raises frappe.PermissionError: the user does not see the client given
		"""
		validate_person(self, client, preferred_name)
		born = get_date(self, _("Date of Birth"), birth_date) if birth_date else None
		client = client or find_member(self.name, preferred_name, born)
		person = {"client": client, "preferred_name": preferred_name, "birth_date": born}
		person["opened_on"] = self.get_event_date(_("Joined on"), on)
		member = make_member(self, person, relationship)
		return {"client": member.client, "client_case": member.name}


def validate_head(case: Document) -> None:
	"""A head of household has no head, so that a team reaches its members in one step."""
	if not case.head_case:
		return
	fields = ["head_case", "client", "status"]
	head = frappe.db.get_value("Client Case", case.head_case, fields, as_dict=True)
	if case.is_new() and head and head.status == "Closed":
		refuse(case, _("The case {0} is closed.").format(case.head_case), _("Reopen that case first."))
	if case.head_case == case.name or (head and (head.head_case or head.client == case.client)):
		refuse(
			case,
			_("{0} cannot be the case of its head of household.").format(case.head_case),
			_("Choose the case of another client that has no head itself."),
		)


def validate_person(head: Document, client: str | None, preferred_name: str | None) -> None:
	if not client and not preferred_name:
		refuse(head, _("A member of the household is somebody."), _("Give a client or a preferred name."))
	user = frappe.session.user
	if client and user != "Administrator" and not get_lasting([client], user):
		refuse(
			head,
			_("You do not see a client {0}.").format(client),
			_("Ask their team leader to add them."),
			frappe.PermissionError,
		)


def get_age(birth_date: date | str | None, on: date | str | None = None) -> int | None:
	"""Return whole years of age on a day (today if none is given), None without a date of birth."""
	if not birth_date:
		return None
	born, day = getdate(birth_date), getdate(on)
	years = day.year - born.year
	return years if add_years(born, years) <= day else years - 1


def is_minor(birth_date: date | str | None, on: date | str | None = None) -> bool:
	"""Tell whether somebody is under the age set in Case Management Settings; without a date of birth, no."""
	age = get_age(birth_date, on)
	adult_age = get_setting("adult_age")
	return age is not None and age < adult_age


def get_members(case: str) -> list[frappe._dict]:
	"""Return the cases of a household that name `case` as its head's, open ones: name, client, birth_date."""
	members = frappe.get_all(
		"Client Case",
		filters={"head_case": case, "status": ("!=", "Closed")},
		fields=["name", "client", "client.birth_date as birth_date"],
	)
	return [frappe._dict(member) for member in members]


def find_member(case: str, preferred_name: str, birth_date: date | None) -> str | None:
	"""Return the client of this name and birth date who is in the household of a case already."""
	named = set(frappe.get_all("Client", {"preferred_name": preferred_name}, pluck="name"))
	members = (member for member in get_members(case) if member.client in named)
	return next((member.client for member in members if member.birth_date == birth_date), None)


def get_children(case: str) -> list[frappe._dict]:
	"""Return the household's children in care of the head's case, those with an open case of their own (B7, B11)."""
	return [member for member in get_members(case) if is_minor(member.birth_date)]


def make_member(
	head: Document, person: dict, relationship: str | None = None, source: Document | None = None
) -> Document:
	"""Return the case of a member of the household of the case `head`, stored; asked again, the one there is.

	The member's case is a support period of its own: rights statement, assessment and plan are its own, the team
	is the head's. Both clients get a row that names the other.

	:param person: `client`, the code of an existing client, or `preferred_name`, `birth_date` and
	        `birth_date_estimated` of a new one
	:param relationship: a code of the list Relationship to Head of Household
	:param source: the record in which that was chosen, if not now
	"""
	client = person.get("client") or make_client(person).name
	filters = {"client": client, "head_case": head.name, "status": ("!=", "Closed")}
	if name := frappe.db.get_value("Client Case", filters, "name"):
		return frappe.get_doc("Client Case", name)
	member = frappe.new_doc("Client Case")
	member.update(
		{
			"client": client,
			"program": head.program,
			"head_case": head.name,
			"relationship_to_head": relationship,
			"case_manager": head.case_manager,
			"opened_on": person.get("opened_on") or max(getdate(), head.opened_on),
			"intake": head.intake,
		}
	)
	store(keep_choices(member, head, source))
	update_relationships(head.client, client, relationship)
	return member


def make_client(person: dict) -> Document:
	"""Return a new stored client with the name and birth date given."""
	fields = ("preferred_name", "birth_date", "birth_date_estimated")
	return store(frappe.get_doc({"doctype": "Client", **{field: person.get(field) for field in fields}}))


def update_relationships(head: str, member: str, relationship: str | None) -> None:
	"""Let the head's and the member's records name each other, once; a minor is then a child in the head's care."""
	head_doc, member_doc = frappe.get_doc("Client", head), frappe.get_doc("Client", member)
	in_care = is_minor(member_doc.birth_date)
	add_relationship(head_doc, member, relationship, in_care)
	add_relationship(member_doc, head, HEAD_OF_HOUSEHOLD, False)


def add_relationship(client: Document, related: str, relationship: str | None, in_care: bool) -> None:
	if any(row.related_client == related for row in client.relationships):
		return
	row = {"related_client": related, "relationship": relationship or OTHER_RELATIVE}
	client.append("relationships", {**row, "in_household": 1, "in_care": in_care})
	store(keep_codes(client, row["relationship"]))
