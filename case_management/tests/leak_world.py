"""Clients with a record of every kind, made from the DocTypes' own fields, for the search for ways in.

Whoever asks must not learn that a hidden one is there. Every text of it is a word that stands nowhere else, a canary, and
every name has a twin of the same length that does not exist. The client who is seen links to one who is not. All is stored
past all rules, since no rule is tried here, and every name is known beforehand, so that it can be taken away whatever
happened in between.
"""

import hashlib
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, get_year_start, now_datetime, today

from case_management.case_management.record.client_record import is_about_one_client
from case_management.permissions import CLIENT_RECORDS
from case_management.tests import leak_people, leak_traces

MODULE = "Case Management"
TEXTS = (
	"Data",
	"Small Text",
	"Text",
	"Long Text",
	"Text Editor",
	"Code",
	"HTML Editor",
	"Markdown Editor",
	"Signature",
)
# The numbers of the hidden clients; that of the twin who does not exist follows. The second client is restricted.
HIDDEN, RESTRICTED = 98101, 98103
# Of the hidden client's closed case, and of what they said about a worker.
SECOND = 98105
# A hidden client to whom the records of the one who is seen link wherever a link does not say whose they are.
LINKED, SEEN = 98107, 98109
CLIENTS = (HIDDEN, RESTRICTED, LINKED, SEEN)
NUMBERS = (*CLIENTS, SECOND)
MAILED = f"LEAKS-{HIDDEN}"
# No letter of these stands in a hash, and hardly a word has six of them in a row: a part of a canary tells of it.
LETTERS = str.maketrans("0123456789abcdef", "ghjklmnpqrstvwxz")
PROGRAM = "Leak Suite Program"


def make() -> dict:
	"""Store the clients, what points at them and the people who ask; return what the tests need to know.

	Run outside the tests' process, as Administrator. What an earlier run has left is taken away first.
	"""
	remove()
	leak_people.make_people()
	return {"clients": make_clients(), "people": leak_people.get_people(), "password": leak_people.PASSWORD}


def restore() -> None:
	"""Store the clients afresh: something was changed. The people stay signed in."""
	remove_clients()
	make_clients()


def make_clients() -> dict[str, dict]:
	make_program()
	clients = {str(number): make_client_world(number) for number in CLIENTS}
	make_mailed_report()
	clear_caches()
	return clients


def make_client_world(number: int) -> dict:
	records = [make_record(doctype, number) for doctype in get_doctypes()]
	leak_people.let_in(number)
	traces = [trace for doctype in get_doctypes() for trace in leak_traces.make_traces(doctype, number)]
	documents = {row["doctype"]: frappe.get_doc(row["doctype"], row["name"]).as_dict() for row in records}
	return {"records": records, "traces": traces, "documents": documents if number == SEEN else {}}


def remove() -> None:
	"""Delete all that `make` made, and all that was made about it or by its people since."""
	remove_clients()
	leak_people.remove_people()
	clear_caches()


def remove_clients() -> None:
	leak_traces.remove_traces()
	for doctype in get_doctypes():
		names = [get_name(doctype, number) for number in NUMBERS]
		for child in {field.options for field in frappe.get_meta(doctype).get_table_fields()}:
			frappe.db.delete(child, {"parent": ("in", names), "parenttype": doctype})
			# Some request may have put a row elsewhere.
			for number in NUMBERS:
				frappe.db.delete(child, {"name": ("like", f"{number}_____")})
		frappe.db.delete(doctype, {"name": ("in", names)})
		if frappe.get_meta(doctype).has_field("client"):
			clients = [get_name("Client", number) for number in NUMBERS]
			frappe.db.delete(doctype, {"client": ("in", clients)})
	frappe.db.delete("Support Program", {"name": ("like", f"{PROGRAM}%")})
	frappe.db.delete("Auto Email Report", {"name": MAILED})


def clear_caches() -> None:
	frappe.clear_cache()
	frappe.cache.delete_value("global_search")


def get_doctypes() -> list[str]:
	"""Return the DocTypes of the app that are about a client, from their fields: new ones are among them at once."""
	with_client = frappe.get_all(
		"DocField", {"options": "Client", "fieldtype": "Link", "parenttype": "DocType"}, pluck="parent"
	)
	filters = {"module": MODULE, "istable": 0, "name": ("in", {*with_client, "Client"})}
	return frappe.get_all("DocType", filters, pluck="name", order_by="name")


def get_name(doctype: str, number: int) -> str:
	"""Return the name a record has: as its naming series would give it, only later than any record of a test."""
	field = frappe.get_meta(doctype).get_field("naming_series")
	if not field:
		return get_child_name(doctype, "name", number)
	series = field.options.split("\n")[0]
	parts = series.replace("YYYY", str(get_year_start(today()).year)).split(".")
	return "".join(str(number).zfill(len(part)) if part.startswith("#") else part for part in parts)


def get_child_name(child: str, field: str, number: int) -> str:
	return f"{number}{get_hash(child, field)[:5]}"


def get_hash(*words: object) -> str:
	return hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()


def get_marker(number: int, *words: str) -> str:
	"""Return a word that stands nowhere else: for a text of a client, by DocType and field; with a z and a v if it is seen."""
	canary = get_hash(number, *words)[:10].translate(LETTERS)
	return f"{'zv' if number == SEEN else 'zq'}{canary}"


def make_record(doctype: str, number: int) -> dict:
	"""Store one record of a DocType with a row in each of its tables, and return what is known of it."""
	doc = frappe.new_doc(doctype)
	doc.name = get_name(doctype, number)
	fields = fill(doc, number)
	doc.update({**get_stamps(), **get_needed(doctype, number)})
	doc.db_insert()
	rows = [make_row(doc, field, number) for field in doc.meta.get_table_fields()]
	known = {"doctype": doctype, "name": doc.name, "absent": get_name(doctype, number + 1)}
	return {**known, "fields": fields, "links": get_links(doc), "rows": rows, "named": get_named(doctype)}


def make_row(doc: Document, table: Any, number: int) -> dict:
	row = frappe.new_doc(table.options)
	name = get_child_name(table.options, f"{doc.doctype}/{table.fieldname}", number)
	above = {"parent": doc.name, "parenttype": doc.doctype, "parentfield": table.fieldname}
	row.update({"name": name, **above, **get_stamps()})
	row.idx = 1
	needed = get_needed(table.options, number)
	fields = {field: marker for field, marker in fill(row, number).items() if field not in needed}
	row.update(needed)
	row.db_insert()
	return {"doctype": table.options, "name": name, "fields": fields, "links": get_links(row), "above": above}


def get_stamps() -> dict[str, str]:
	"""Return the same stamps each time: a document that was read before a restoration can be stored after it."""
	then = f"{add_days(today(), -1)} 09:00:00.000000"
	return {"creation": then, "modified": then, "owner": "Administrator", "modified_by": "Administrator"}


def stamp() -> None:
	"""Let the records that are seen be as old as they were, whoever has stored them since."""
	for doctype in get_doctypes():
		stamps = {"modified": get_stamps()["modified"]}
		frappe.db.set_value(doctype, get_name(doctype, SEEN), stamps, update_modified=False)


def get_named(doctype: str) -> dict[str, list[str]]:
	"""Return what a function may be given by which a record is shown: print formats, reports, web forms."""
	formats = frappe.get_all("Print Format", {"doc_type": doctype}, pluck="name", order_by="name")
	reports = frappe.get_all("Report", {"module": MODULE}, pluck="name", order_by="name")
	forms = frappe.get_all("Web Form", {"module": MODULE}, pluck="name")
	formats, reports = (
		{"print_format": formats, "format": formats},
		{"report_name": reports, "report": reports},
	)
	return {**formats, **reports, "web_form": forms, "web_form_name": forms}


def get_links(doc: Document) -> dict[str, str]:
	"""Return the fields by which a document links to clients' records, and the DocTypes of those."""
	return {
		field.fieldname: field.options
		for field in doc.meta.get_link_fields()
		if field.options in CLIENT_RECORDS
	}


def fill(doc: Document, number: int) -> dict[str, str]:
	"""Give every field of a document a value, and return the markers by field."""
	markers = {}
	for field in doc.meta.fields:
		if field.is_virtual or field.fieldname == "naming_series":
			continue
		if field.fieldtype in TEXTS:
			markers[field.fieldname] = get_marker(
				number, doc.doctype, doc.get("parenttype") or "", field.fieldname
			)
			doc.set(field.fieldname, markers[field.fieldname])
		elif (value := get_value(doc, field, number)) is not None:
			doc.set(field.fieldname, value)
	return markers


def get_value(doc: Document, field: Any, number: int) -> object:
	"""Return a value for a field that is no text; of what can be linked, rather the hidden client's own."""
	if field.fieldtype == "Select":
		return next(filter(None, (field.options or "").split("\n")), None)
	if field.fieldtype == "Link":
		own = number != SEEN or field.fieldname in ("client", "client_case") or is_about_one_client(field)
		return get_linked(field.options, number if own else LINKED)
	if field.fieldtype == "Dynamic Link":
		return get_name("Client", number)
	if field.fieldtype in ("Date", "Datetime"):
		return today() if field.fieldtype == "Date" else now_datetime()
	return None


def get_linked(linked: str, number: int) -> str | None:
	if linked in CLIENT_RECORDS:
		return get_name(linked, number)
	if linked == "User":
		return leak_people.get_user("permitted")
	if linked == "DocType":
		return "Client"
	if linked == "Support Program":
		return f"{PROGRAM} 2" if number == SEEN else PROGRAM
	is_stored = not frappe.get_meta(linked).is_virtual
	return frappe.db.get_value(linked, {}, "name") if is_stored else None


def get_needed(doctype: str, number: int) -> dict:
	"""Return the values on which hangs who sees the client: nothing grants it to anybody by the way."""
	past = add_days(today(), -40)
	needed = {
		"Client": {"restricted": int(number == RESTRICTED)},
		"Client Case": {"status": "Active", "head_case": None, "has_own_team": 1, "team_access_until": None},
		"Client Access Person": {"user": leak_people.get_user("permitted")},
		"Client Intake": {
			"status": "Accepted",
			"intake_worker": leak_people.get_user("intake worker"),
			"access_until": past,
		},
		"Conflict Declaration": {
			"declared_by": "Worker",
			"user": leak_people.get_user("in conflict"),
			"ended_on": None,
		},
		"Emergency Access": {"expires_on": past},
		# The words of a question are everybody's; reports count answers by it.
		"Client Feedback Answer": {"question_text": "How was it?"},
		"Case Team Member": {"from_date": past, "to_date": None},
	}
	return {**needed.get(doctype, {}), **(get_needed_to_see(doctype) if number == SEEN else {})}


def get_needed_to_see(doctype: str) -> dict:
	"""Return what lets the people see the records of the client who is seen, each by their own grant.

	Who took an intake sees it for some days, and not the client it became.
	"""
	needed = {
		"Client Case": {"program": f"{PROGRAM} 2", "stage": None},
		"Client Intake": {
			"program": f"{PROGRAM} 2",
			"client": get_name("Client", LINKED),
			"intake_worker": leak_people.get_user("intake worker"),
			"owner": leak_people.get_user("worker of another case"),
			"access_until": add_days(today(), 5),
		},
		"Case Note": {"confidential": 0, "shared_with_seconded": 1},
		"Conflict Declaration": {"user": leak_people.get_user("without a role"), "ended_on": today()},
	}
	return needed.get(doctype, {})


def make_program() -> None:
	"""Store the program of the hidden clients, and another one with a lead of its own."""
	for name, who in ((PROGRAM, "permitted"), (f"{PROGRAM} 2", "lead of another program")):
		program = frappe.new_doc("Support Program")
		values = {
			"name": name,
			"program_name": name,
			"participation": "Voluntary",
			"program_type": "Community",
		}
		program.update({**values, "lead": leak_people.get_user(who), "enabled": 1})
		program.db_insert()


def make_mailed_report() -> None:
	"""Store a report that is mailed to who may see the client, as they see it."""
	mailed = frappe.new_doc("Auto Email Report")
	mailed.update(
		{"name": MAILED, "report": "What Is Missing", "report_type": "Script Report", "format": "HTML"}
	)
	user = leak_people.get_user("permitted")
	mailed.update({"user": user, "owner": user, "email_to": user, "enabled": 1, "filters": "{}"})
	mailed.db_insert()
