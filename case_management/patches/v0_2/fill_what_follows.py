"""Fill the fields of 0.2 that follow from what 0.1 recorded, as saving each record today would.

What nobody said stays empty: when part in an assessment was offered, since when a case is at a stage if its history does
not tell.
"""

import json

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import add_days, create_batch, getdate

from case_management.case_management.entry.response_targets import EMERGENCY
from case_management.case_management.households.secret_places import get_secret
from case_management.case_management.keeping.retention import update_retention
from case_management.case_management.support.rights import ACKNOWLEDGED

BATCH = 500
CASE = "Client Case"
STAMPS = ("owner", "creation", "modified", "modified_by")


def execute() -> None:
	"""Fill what is empty. Run again it changes nothing."""
	frappe.db.auto_commit_on_many_writes = 1
	update_retention()
	mark_emergencies()
	mark_interpreters()
	mark_secret_places()
	for cases in create_batch(frappe.get_all(CASE, pluck="name", order_by="name"), BATCH):
		set_reassessment_due(list(cases))
		keep_acknowledgements(list(cases))
		keep_stages(list(cases))


def mark_emergencies() -> None:
	"""Say of the response targets for emergencies that they count around the clock, as they always do."""
	urgent = {"urgency": EMERGENCY, "around_the_clock": 0}
	frappe.db.set_value("Response Target", urgent, "around_the_clock", 1, update_modified=False)


def mark_interpreters() -> None:
	"""Take an interpreter among those who were at a meeting for the interpreter."""
	row = DocType("Meeting Attendee")
	there = frappe.qb.from_(row).select(row.parent).where((row.kind == "Interpreter") & (row.attended == 1))
	meeting = DocType("Case Meeting")
	query = frappe.qb.update(meeting).set(meeting.interpreter_attended, 1)
	query.where((meeting.interpreter_attended == 0) & meeting.name.isin(there)).run()


def mark_secret_places() -> None:
	"""Keep the stays of who has a secret address, and of who lives with them, to the team of their case."""
	stay, clients = DocType("Accommodation Stay"), frappe.get_all("Client", pluck="name", order_by="name")
	for names in create_batch(clients, BATCH):
		if secret := get_secret(names):
			query = frappe.qb.update(stay).set(stay.place_is_secret, 1).where(stay.client.isin(list(secret)))
			query.run()


def set_reassessment_due(cases: list[str]) -> None:
	"""Say of open cases when the next assessment is due (B18): the last agreed one, but for exit, plus the program's days."""
	case, program, assessment = DocType(CASE), DocType("Support Program"), DocType("Client Assessment")
	query = frappe.qb.from_(assessment).join(case).on(case.name == assessment.client_case)
	query = query.join(program).on(program.name == case.program).groupby(case.name)
	query = query.groupby(program.reassessment_interval_days)
	query = query.select(case.name, program.reassessment_interval_days, Max(assessment.agreed_on))
	query = query.where(case.name.isin(cases) & (case.status != "Closed") & case.reassessment_due.isnull())
	query = query.where((assessment.status == "Agreed") & (assessment.kind != "Exit"))
	for name, days, agreed_on in query.run():
		if days and agreed_on:
			due = add_days(agreed_on, days)
			frappe.db.set_value(CASE, name, "reassessment_due", due, update_modified=False)


def keep_acknowledgements(cases: list[str]) -> None:
	"""Begin the list of acknowledged rights statements with the one a case has (B4)."""
	filters = {"name": ("in", without_rows(cases, "rights_history"))}
	filters |= {"rights_acknowledged_on": ("is", "set"), "rights_policy": ("is", "set")}
	for case in frappe.get_all(CASE, filters, ["name", *STAMPS, "rights_signature", *ACKNOWLEDGED.values()]):
		said = {field: case[source] for field, source in ACKNOWLEDGED.items()}
		add_row(case, "rights_history", 1, {**said, "signed": int(bool(case.rights_signature))})


def keep_stages(cases: list[str]) -> None:
	"""Begin the list of a case's stages with the moves that its history tells of (C28)."""
	filters = {"name": ("in", without_rows(cases, "stage_history")), "stage": ("is", "set")}
	for case in frappe.get_all(CASE, filters, ["name", "stage", *STAMPS]):
		moves = get_moves(case.name)
		if moves and moves[-1]["stage"] == case.stage:
			for position, move in enumerate(moves, start=1):
				add_row(case, "stage_history", position, move)


def get_moves(case: str) -> list[dict]:
	"""Return the moves to a stage that the versions of a case tell of: `stage`, `from_date` and `by_user`."""
	about = {"ref_doctype": CASE, "docname": case, "data": ("like", '%"stage"%')}
	versions = frappe.get_all("Version", about, ["data", "creation", "owner"], order_by="creation")
	return [
		{"stage": stage, "from_date": getdate(version.creation), "by_user": version.owner}
		for version in versions
		for field, _old, stage in json.loads(version.data).get("changed") or ()
		if field == "stage" and stage
	]


def without_rows(cases: list[str], table: str) -> list[str]:
	"""Return the cases that have no row of a table."""
	child = frappe.get_meta(CASE).get_field(table).options
	having = {"parenttype": CASE, "parentfield": table, "parent": ("in", cases)}
	return sorted(set(cases) - set(frappe.get_all(child, having, pluck="parent"))) or [""]


def add_row(case: frappe._dict, table: str, position: int, values: dict) -> None:
	"""Add a row to a case without saving the case, which is kept as it is when it is closed."""
	row = frappe.new_doc(frappe.get_meta(CASE).get_field(table).options)
	row.update({field: case[field] for field in STAMPS} | values)
	row.update({"parenttype": CASE, "parentfield": table, "parent": case.name, "idx": position})
	row.db_insert()
