"""What is due, and who is responsible for it."""

from collections.abc import Callable
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from case_management.case_management.ending.death import select_dead

# Given the tables of a record and of its case, the condition that something is due.
Rule = Callable[[Table, Table], Criterion]


class Due(NamedTuple):
	"""A record about which something is due.

	:param name: the record's code
	:param since: the day or time it hangs on, as text; when that moves, it is due anew
	:param people: who is responsible, in this order: the first of them who sees the record is reminded
	"""

	name: str
	since: str
	people: tuple[str, ...]


def find(doctype: str, day: str, rule: Rule, worker: str | None = None, lead: bool = False) -> list[Due]:
	"""Return what is due among records that have a case.

	:param day: the field it hangs on
	:param worker: a field of the record that names its own worker, who comes before the case's
	:param lead: it is for the program's leader, not for the case manager
	"""
	record = DocType(doctype)
	case = record if doctype == "Client Case" else DocType("Client Case")
	query = frappe.qb.from_(record)
	if case is not record:
		query = query.join(case).on(case.name == record.client_case)
	query = select_people(query, case).select(record.name, record[day].as_("since")).orderby(record.name)
	if worker:
		query = query.select(record[worker].as_("worker"))
	rows = query.where(rule(record, case)).run(as_dict=True)
	return [Due(row.name, str(row.since), get_people(row, lead)) for row in rows]


def select_people(query: QueryBuilder, case: Table) -> QueryBuilder:
	"""Add to a query on cases who is responsible for them: their own manager, the household's, the program's leaders.

	Of a client who has died nothing is due.
	"""
	head, program = DocType("Client Case").as_("head"), DocType("Support Program")
	query = query.left_join(head).on(head.name == case.head_case)
	query = query.left_join(program).on(program.name == case.program)
	query = query.where(case.client.notin(select_dead()))
	managers = (case.case_manager.as_("manager"), head.case_manager.as_("head_manager"))
	return query.select(*managers, program.lead, program.deputy_lead)


def get_people(row: frappe._dict, lead: bool = False) -> tuple[str, ...]:
	workers = () if lead else (row.worker, row.manager, row.head_manager)
	return tuple(person for person in (*workers, row.lead, row.deputy_lead) if person)
