"""Very many records at once, for tests of how the database finds them: stored past all rules, and taken away again.

Only clients are sent to the database; it makes everything else from them itself. The columns of a client that no
rule reads carry what the others need: who is on the team, the program, the head's case.
"""

from math import isqrt

import frappe
from frappe.query_builder import CustomFunction, DocType
from frappe.query_builder.functions import Cast, Concat
from frappe.utils import add_days, add_to_date, now_datetime, today
from pypika.queries import QueryBuilder, Table
from pypika.terms import Case, Field, Term, ValueWrapper

from case_management.permissions import CLIENT_RECORDS, get_parents
from case_management.tests.factories import make_intake_worker, make_lead, make_worker

MARK = "MANY-"
# Few, so that a table of a thousand rows is much beside them.
CASELOAD = 5
PROGRAMS = 50
# One client in so many …
RESTRICTED, CLOSED, IN_HOUSEHOLD, OPEN_INTAKE, WITHOUT_CASE = 97, 3, 11, 53, 101
Modulo = CustomFunction("MOD", ["number", "by"])
STANDARD = ("owner", "creation", "modified", "modified_by", "docstatus", "idx")


def fill(count: int, others: int) -> None:
	"""Store `count` clients with cases, teams, intakes and notes, and of everything else that is about them `others`.

	:param count: a multiple of 1,000
	"""
	# Frappe's counts for a form leave a connection a second for each query.
	frappe.db.set_execution_timeout(0)
	fill_clients(count)
	fill_programs()
	client = DocType("Client")
	has_case = client.gender != ""
	case = {
		"client": client.name,
		"program": client.pronouns,
		"status": client.gender,
		"head_case": client.cultural_identity,
		"case_manager": client.modified_by,
		"team_access_until": Case().when(client.gender == "Closed", Cast(add_days(today(), -90), "date")),
	}
	insert("Client Case", client, case, has_case)
	insert_team(client, has_case)
	intake = {"client": client.name, "program": client.pronouns, "status": client.language}
	insert("Client Intake", client, {**intake, "intake_worker": client.owner})
	insert("Case Note", client, get_links("Case Note", client))
	first = is_among_first(client, others)
	insert_exceptions(client, first)
	for doctype in get_tables():
		if not is_filled(doctype):
			# A table that several DocTypes share is the larger for it.
			share = is_among_first(client, others * max(len(get_parents(doctype)), 1))
			insert(doctype, client, get_links(doctype, client), share)


def insert_exceptions(client: Table, first: Term) -> None:
	"""Conflicts, emergencies and lists of who sees a restricted client: in force for one client in so many."""
	past = Cast(add_days(today(), -1), "date")
	conflict = {"client": client.name, "user": client.modified_by, "declared_by": "Worker"}
	insert(
		"Conflict Declaration",
		client,
		{**conflict, "ended_on": Case().when(client.restricted == 0, past)},
		first,
	)
	for in_hours, condition in ((5, client.restricted == 1), (-5, client.restricted == 0)):
		until = add_to_date(now_datetime(), hours=in_hours)
		emergency = {"client": client.name, "user": client.owner, "expires_on": until}
		insert("Emergency Access", client, emergency, first & condition)
	listed = {**child_of(client, "Client"), "user": client.modified_by}
	insert("Client Access Person", client, listed, first)


def is_among_first(client: Table, count: int) -> Term:
	query = frappe.qb.from_(client).select(client.name).where(client.name.like(f"{MARK}%"))
	last = query.orderby(client.name).limit(1).offset(count - 1).run(pluck=True)
	return client.name <= (last[0] if last else "~")


def fill_clients(count: int) -> None:
	"""Store clients: each worker has a few, spread over the table as the years spread them."""
	now = now_datetime()
	rows = ((f"{MARK}SEED-{n}", n, *[add_to_date(now, minutes=-n)] * 2) for n in range(1000))
	frappe.db.bulk_insert("Client", ("name", "idx", "creation", "modified"), rows)
	ones, thousands = DocType("Client").as_("ones"), DocType("Client").as_("thousands")
	carried = get_carried(ones.idx + thousands.idx * 1000, count)
	query = frappe.qb.into(DocType("Client")).columns("creation", "modified", "docstatus", "idx", *carried)
	query = query.from_(ones).join(thousands).on(thousands.idx < count // 1000)
	query = query.select(ones.creation, ones.modified, ones.docstatus, ValueWrapper(0), *carried.values())
	for seed in (ones, thousands):
		query = query.where(seed.name.like(f"{MARK}SEED-%"))
	query.run()
	table = DocType("Client")
	frappe.qb.from_(table).where(table.name.like(f"{MARK}SEED-%")).delete().run()


def get_carried(number: Term, count: int) -> dict[str, Term]:
	"""Return what the columns of the client with a number hold."""

	def is_one_in(many: int) -> Term:
		return Modulo(number, many) == 0

	def get_user(many: int, name: str, known: str) -> Term:
		whose = Modulo(number, many)
		return Case().when(whose == 1, known).else_(Concat(f"{name}-", whose, "@many.example.org"))

	head = Concat(f"{MARK}CASE-{MARK}", number - Modulo(number, IN_HOUSEHOLD) + 1)
	return {
		"name": Concat(MARK, number),
		"preferred_name": Concat("Person ", number),
		"owner": get_user(isqrt(count), "intake", make_intake_worker()),
		"modified_by": get_user(max(count // CASELOAD, 2), "worker", make_worker()),
		"pronouns": Concat(MARK, Modulo(number, PROGRAMS)),
		"gender": Case().when(is_one_in(CLOSED), "Closed").when(is_one_in(WITHOUT_CASE), "").else_("Active"),
		"cultural_identity": Case().when(is_one_in(IN_HOUSEHOLD), head),
		"language": Case().when(is_one_in(OPEN_INTAKE), "Screening").else_("Accepted"),
		"restricted": Case().when(is_one_in(RESTRICTED), 1).else_(0),
	}


def fill_programs() -> None:
	leads = {1: make_lead()}
	rows = ((f"{MARK}{n}", f"{MARK}{n}", leads.get(n, f"lead-{n}@many.example.org")) for n in range(PROGRAMS))
	frappe.db.bulk_insert("Support Program", ("name", "program_name", "lead"), rows)


def insert_team(client: Table, has_case: Term) -> None:
	"""Put the case manager on each team, but for members of a household, whose team is the head's."""
	team = {
		"parent": get_name("Client Case", client),
		"parenttype": "Client Case",
		"parentfield": "team",
		"user": client.modified_by,
		"team_role": "Case Manager",
		"from_date": add_days(today(), -200),
	}
	insert("Case Team Member", client, team, has_case & client.cultural_identity.isnull())


def get_links(doctype: str, client: Table) -> dict[str, Term]:
	"""Return what ties a record to its client, or a child row to its parent."""
	meta = frappe.get_meta(doctype)
	if meta.istable:
		return child_of(client, get_parent(doctype))
	links = {"client": client.name, "client_case": get_name("Client Case", client)}
	return {field: value for field, value in links.items() if meta.has_field(field)}


def get_parent(child: str) -> str:
	return get_parents(child)[0]


def child_of(client: Table, parent: str) -> dict[str, Term]:
	return {"parent": get_name(parent, client), "parenttype": parent, "parentfield": "rows"}


def insert(doctype: str, client: Table, values: dict, condition: Term | None = None) -> None:
	"""Have the database make one record for each of the clients."""
	values = {**values, "name": get_name(doctype, client)}
	table = DocType(doctype)
	query = frappe.qb.into(table).columns(*STANDARD, *values).from_(client)
	terms = (value if isinstance(value, Term) else ValueWrapper(value) for value in values.values())
	query = query.select(*(client[field] for field in STANDARD), *terms)
	query = query.where(client.name.like(f"{MARK}%"))
	(query.where(condition) if condition is not None else query).run()


def get_name(doctype: str, client: Table) -> Term | Field:
	if doctype == "Client":
		return client.name
	return Concat(f"{MARK}CASE-" if doctype == "Client Case" else MARK, client.name)


def get_tables() -> list[str]:
	"""Return the client records and their child tables."""
	tables = {}
	for doctype in CLIENT_RECORDS:
		tables[doctype] = None
		tables.update(dict.fromkeys(field.options for field in frappe.get_meta(doctype).get_table_fields()))
	return list(tables)


def marked(doctype: str) -> tuple[Table, Term]:
	table = DocType(doctype)
	return table, table.name.like(f"{MARK}%")


def is_filled(doctype: str) -> bool:
	table, is_marked = marked(doctype)
	return bool(frappe.qb.from_(table).select(table.name).where(is_marked).limit(1).run())


def empty() -> None:
	"""Take the records away again."""
	for doctype in (*get_tables(), "Support Program"):
		table, is_marked = marked(doctype)
		query: QueryBuilder = frappe.qb.from_(table).where(is_marked)
		query.delete().run()


def analyze() -> None:
	"""Have the database count again what it plans by."""
	tables = [f"tab{doctype}" for doctype in (*get_tables(), "Support Program")]
	for table in tables:
		frappe.db.sql(f"ANALYZE {'' if frappe.db.db_type == 'postgres' else 'TABLE '}`{table}`")


def get_records() -> list[str]:
	"""Return the client records of which there are rows."""
	return [doctype for doctype in CLIENT_RECORDS if is_filled(doctype)]
