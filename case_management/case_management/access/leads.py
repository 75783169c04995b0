"""Who must hear of something about a client when it cannot wait: the leaders of its programs, told by code only."""

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder

from case_management.permissions import is_visible


def get_leads_to_tell(client: str, without: str | None = None) -> list[str]:
	"""Return who leads a program the client has a case in; for a program whose leader cannot act, its deputy.

	:param client: the code of a Client
	:param without: a user who is not told, since it is about them
	:return: users, none of whom is denied the client; empty where there is nobody, and the administrators are told
	"""
	found = []
	for candidates in get_leads_of_programs(client):
		able = (user for user in candidates if user and user != without and can_act(user, client))
		found.append(next(able, None))
	return sorted({user for user in found if user})


def get_leads(client: str) -> set[str]:
	"""Return who leads the programs of a client's cases, deputies included."""
	return {user for row in select_leads(client).run() for user in row}


def get_leads_of_programs(client: str) -> list[tuple]:
	"""Return lead and deputy of each program of the client's open cases; where none is open, of all their cases."""
	query = select_leads(client)
	return query.where(DocType("Client Case").status != "Closed").run() or query.run()


def get_program_leads(program: str) -> tuple:
	"""Return lead and deputy of a program."""
	return frappe.db.get_value("Support Program", program, ["lead", "deputy_lead"])


def select_leads(client: str) -> QueryBuilder:
	"""Return a query of lead and deputy of each program the client has, or had, a case in."""
	case, program = DocType("Client Case"), DocType("Support Program")
	query = frappe.qb.from_(case).join(program).on(program.name == case.program).where(case.client == client)
	return query.select(program.lead, program.deputy_lead).distinct()


def can_act(user: str, client: str) -> bool:
	return bool(frappe.db.get_value("User", user, "enabled")) and is_visible("Client", client, user)
