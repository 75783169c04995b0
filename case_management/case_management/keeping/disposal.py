"""Disposal of records that were kept long enough: every trace goes, one line says that it did (B26; design rule 10)."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_years, cint, getdate

from case_management.case_management.access.loading import as_app
from case_management.case_management.keeping.retention import get_last_day, update_retain_until
from case_management.case_management.keeping.traces import clear_links, clear_mentions, delete_records
from case_management.case_management.record.actions import store
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.values import has_unstorable
from case_management.permissions import CLIENT_RECORDS, is_visible

RETENTION_ENDED, DELETION_REQUESTED = "Retention Ended", "Deletion Requested"
# How many records a night's job disposes of at most.
BATCH = 50
# What an intake leaves behind, also where its person never became a client.
MADE_BY_INTAKES = ("Unmet Need", "Disclosure")
# Rows of other clients that name one by a link: table, link, field that says who, what else is said of them.
NAMED_BY = (
	("Client Relationship", "related_client", "person_name", "note"),
	("Intake Companion", "client", "person_name", "birth_date"),
	("Incident Person at Risk", "related_client", "person", "risk"),
)


@frappe.whitelist(methods=["POST"])
@as_app()
def dispose(client: str | None = None, reason: str | None = None) -> str:
	"""Take away everything about a client whose record was kept long enough; asked again, it is done already.

	:param client: the client's code
	:param reason: Retention Ended or Deletion Requested; by default what the client's requests say
	:return: the code (`name`) of the Record Disposal, the line that stays
	:raises frappe.PermissionError: the user is neither Case Management Admin nor a Case Manager Lead who sees the client
	:raises frappe.ValidationError: the record is to be kept longer, is under a legal hold, or something of it is open
	"""
	validate_may_dispose("Client", client)
	if not frappe.db.exists("Client", client):
		return get_line(client)
	doc = frappe.get_doc("Client", client, for_update=True)
	doc.retain_until = update_retain_until(client)
	validate_due(doc)
	line = make_line(client, doc.retain_until, get_reason(doc, reason))
	remove(get_records([client]), line, [doc.preferred_name])
	return line.name


@frappe.whitelist(methods=["POST"])
@as_app()
def dispose_intake(intake: str | None = None) -> str:
	"""Take away the intake of a person who never became a client, when it was kept long enough.

	:param intake: the intake's code
	:return: the code (`name`) of the Record Disposal, the line that stays
	:raises frappe.PermissionError: the user is neither Case Management Admin nor a Case Manager Lead who sees the intake
	:raises frappe.ValidationError: it is to be kept longer, is not decided, or belongs to a client
	"""
	validate_may_dispose("Client Intake", intake)
	if not frappe.db.exists("Client Intake", intake):
		return get_line(intake)
	doc = frappe.get_doc("Client Intake", intake, for_update=True)
	doc.retain_until = get_last_day_of_intake(doc)
	validate_due(doc)
	line = make_line(intake, doc.retain_until, RETENTION_ENDED)
	remove({"Client Intake": [intake], **get_made_by([intake])}, line, [doc.person_name])
	return line.name


def validate_may_dispose(doctype: str, code: str | None) -> None:
	"""Refuse whoever is neither an administrator of the app nor a team leader who sees the record, and no code."""
	code = None if has_unstorable(code) else code
	is_stored = isinstance(code, str) and bool(frappe.db.exists(doctype, code))
	if not may_dispose(doctype, None):
		refuse(
			frappe.new_doc("Record Disposal"),
			_("A record is disposed of by its team leader or an administrator."),
			_("Ask one of them."),
			frappe.PermissionError,
		)
	is_told = (
		is_stored and may_dispose(doctype, code) and (is_visible(doctype, code) or is_due(doctype, code))
	)
	if not is_told and not get_line(code):
		refuse_absent(code)


def is_due(doctype: str, code: str) -> bool:
	"""Tell whether a record was kept long enough. One that is not due is not there for who does not see it."""
	doc = frappe.get_doc(doctype, code, for_update=True)
	last_day = update_retain_until(code) if doctype == "Client" else get_last_day_of_intake(doc)
	return bool(not doc.get("legal_hold") and last_day and last_day < getdate())


def refuse_absent(code: str | None) -> NoReturn:
	refuse(
		frappe.new_doc("Record Disposal"),
		_("There is no record {0} that is due.").format(code or ""),
		_("Give the code of a client or an intake that was kept long enough."),
	)


def may_dispose(doctype: str, code: str | None) -> bool:
	"""Tell whether the user disposes of a record; a team leader sees it, where it is still there."""
	user, roles = frappe.session.user, frappe.get_roles()
	if user == "Administrator" or "Case Management Admin" in roles:
		return True
	return "Case Manager Lead" in roles and (not code or is_visible(doctype, code, user))


def validate_due(doc: Document) -> None:
	"""Refuse to dispose of a record before its day, or under a legal hold (design rule 10)."""
	if doc.get("legal_hold"):
		refuse(doc, _("It is under a legal hold."), _("A team leader lifts the hold first."))
	if not doc.retain_until:
		refuse(doc, _("A case, an intake or a request of it is open."), _("Close it first."))
	if doc.retain_until >= getdate():
		refuse(
			doc,
			_("It is kept until {0}.").format(frappe.format(doc.retain_until, "Date")),
			_("Dispose of it after that day."),
		)


def get_last_day_of_intake(intake: Document | frappe._dict) -> date | None:
	"""Return until when an intake without a client is kept, None while it is not decided or belongs to a client."""
	if intake.client or intake.status != "Not Accepted":
		return None
	return get_last_day(getdate(intake.decided_on or intake.creation), intake.birth_date)


def get_reason(client: Document, reason: str | None) -> str:
	reason = reason or (DELETION_REQUESTED if has_asked_for_deletion(client.name) else RETENTION_ENDED)
	if reason not in (RETENTION_ENDED, DELETION_REQUESTED):
		refuse(
			client,
			_("“{0}” is no reason of a disposal.").format(reason),
			_("Give one of: {0}.").format(f"{RETENTION_ENDED}, {DELETION_REQUESTED}"),
		)
	return reason


def has_asked_for_deletion(client: str) -> bool:
	"""Tell whether a client's request to delete their record was granted, which waits for the retention to end."""
	filters = {"client": client, "kind": "Deletion", "decision": "Granted"}
	return bool(frappe.db.exists("Record Request", filters))


def get_records(clients: list[str]) -> dict[str, list[str]]:
	"""Return the codes of every record about clients, by DocType; the clients last."""
	records = {
		doctype: frappe.get_all(doctype, {"client": ("in", clients)}, pluck="name") if clients else []
		for doctype in CLIENT_RECORDS
		if doctype != "Client"
	}
	for doctype, names in get_made_by(records["Client Intake"]).items():
		records[doctype] = sorted({*records[doctype], *names})
	return {**records, "Client": clients}


def get_made_by(intakes: list[str]) -> dict[str, list[str]]:
	"""Return the records that intakes led to and that may name no client, by DocType."""
	return {
		doctype: frappe.get_all(doctype, {"intake": ("in", intakes)}, pluck="name") if intakes else []
		for doctype in MADE_BY_INTAKES
	}


def remove(records: dict[str, list[str]], line: Document, names: list[str]) -> None:
	"""Delete records with every trace, and store the line that says how many there were.

	:param names: how the person was called
	"""
	counts = Counter({doctype: len(codes) for doctype, codes in records.items() if codes})
	codes = [code for of_doctype in records.values() for code in of_doctype]
	clear_names(records.get("Client", []))
	for doctype, of_doctype in records.items():
		delete_records(doctype, of_doctype)
	clear_links(records)
	clear_mentions(codes, names)
	line.record_count = counts.total()
	line.records = ", ".join(f"{doctype}: {count}" for doctype, count in sorted(counts.items()))
	store(line)


def clear_names(clients: list[str]) -> None:
	"""Take the clients out of other clients' rows that link to them: the row stays, and says nobody."""
	for doctype, link, who, more in NAMED_BY:
		values = {who: _("A person whose record is no longer kept"), more: None}
		for client in clients:
			frappe.db.set_value(doctype, {link: client}, values, update_modified=False)


def make_line(code: str, retain_until: object, reason: str) -> Document:
	"""Return the line that will stay, not stored yet."""
	line = {"client_code": code, "retain_until": retain_until, "reason": reason}
	return frappe.get_doc({"doctype": "Record Disposal", **line, "disposed_by": frappe.session.user})


def get_line(code: str | None) -> str | None:
	return frappe.db.get_value("Record Disposal", {"client_code": code}, "name") if code else None


def get_due_clients() -> list[frappe._dict]:
	"""Return code and last day of the clients whose record was kept long enough and is under no legal hold."""
	client = DocType("Client")
	query = frappe.qb.from_(client).select(client.name, client.retain_until)
	query = query.where((client.retain_until < getdate()) & (client.legal_hold == 0))
	return query.orderby(client.retain_until).orderby(client.name).run(as_dict=True)


def get_due_intakes() -> list[frappe._dict]:
	"""Return code and last day of the intakes without a client that were kept long enough."""
	years = cint(frappe.get_cached_value("Case Management Settings", None, "retention_years"))
	intakes = frappe.get_all(
		"Client Intake",
		filters={
			"client": ("is", "not set"),
			"status": "Not Accepted",
			"creation": ("<", add_years(getdate(), -years)),
		},
		fields=["name", "client", "status", "decided_on", "creation", "birth_date"],
		order_by="creation",
	)
	for intake in intakes:
		intake.retain_until = get_last_day_of_intake(intake)
	return [intake for intake in intakes if intake.retain_until < getdate()]


def dispose_expired() -> list[str]:
	"""Dispose of what was kept long enough, some of it each night; return the codes. Job: daily.

	Only what clients asked to have deleted, unless Settings say that records are disposed of by themselves.
	"""
	automatic = cint(frappe.get_cached_value("Case Management Settings", None, "dispose_automatically"))
	clients = [row.name for row in get_due_clients() if automatic or has_asked_for_deletion(row.name)]
	intakes = [row.name for row in get_due_intakes()] if automatic else []
	due = [*((dispose, name) for name in clients), *((dispose_intake, name) for name in intakes)]
	return [name for act, name in due[:BATCH] if is_disposed(act, name)]


def is_disposed(act: Callable[[str], str], name: str) -> bool:
	"""Dispose of one record; what goes wrong with it stops no other."""
	frappe.db.savepoint("disposal")
	try:
		act(name)
	except Exception:
		frappe.db.rollback(save_point="disposal")
		frappe.clear_messages()
		# Without the traceback, which would tell what the record says.
		frappe.log_error(_("Not disposed of: {0}").format(name), _("Try it by hand, in the report."))
		return False
	return True
