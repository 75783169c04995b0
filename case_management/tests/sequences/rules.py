"""The rules of design §4 as questions to the database, asked independently of the code that keeps them."""

import functools
import operator
from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils import add_days, add_years, cint, getdate
from pypika.terms import NullValue, ValueWrapper

from case_management.permissions import CLIENT_RECORDS

# What a client agreed to: fields and tables whose content stays as it was.
AGREED = {
	"Client Assessment": (("Agreed", "Superseded"), ("kind", "summary", "domains", "limitations")),
	"Support Plan": (
		("Active", "Completed", "Superseded"),
		("vision", "set_by", "needs", "limitations", "agreed_goals"),
	),
	"Exit Plan": (
		("Agreed", "Completed"),
		("achievements", "ongoing_needs", "supports", "follow_ups", "follow_up_needed"),
	),
}
ROW_ONLY = {"name", "idx", "parent", "parenttype", "parentfield", "doctype", "docstatus"}
STAMPS = ROW_ONLY | {"owner", "creation", "modified", "modified_by"}


class Watch:
	"""What is watched over one sequence: the clients it is about, and what was agreed or moved in it."""

	def __init__(self, clients: list[str]) -> None:
		self.clients = clients
		self.agreed: dict[tuple[str, str], Any] = {}
		self.statuses: dict[tuple[str, str], str] = {}
		self.seen: set[tuple[str, str]] = set()
		self.list_broken()

	def list_broken(self) -> list[str]:
		"""Return, in words, each rule that does not hold now; empty as long as all do."""
		records = list(self.check_records())
		cases = self.get("Client Case")
		checks = (
			records,
			check_intakes(self.get("Client Intake")),
			check_cases(cases),
			check_agreement(cases),
			self.check_unchanged(),
			check_plans(self.get("Support Plan")),
			check_meetings(cases),
			check_referrals(self.get("Case Referral")),
			check_incidents(self.get("Critical Incident")),
			check_closed(cases),
		)
		return [broken for check in checks for broken in check]

	def get(self, doctype: str) -> list[frappe._dict]:
		"""Return the records of a DocType, of those that are there now."""
		names = [name for known, name in self.statuses if known == doctype]
		return frappe.get_all(doctype, {"name": ("in", names)}, ["*"], order_by="creation") if names else []

	def check_records(self) -> Iterator[str]:
		"""Nothing is deleted (rule 10), and a status moves only where its DocType lets it."""
		found = {(doctype, name): status for doctype, name, status in get_records(self.clients)}
		for key in self.seen - set(found):
			yield f"10: {key} is gone"
		for key, status in found.items():
			before = self.statuses.get(key)
			if before and before != status and not can_reach(key[0], before, status):
				yield f"status: {key} went from {before} to {status}"
		self.seen, self.statuses = set(found), found

	def check_unchanged(self) -> Iterator[str]:
		"""Rule 4: what was agreed is as it was when it was agreed."""
		for doctype, (statuses, fields) in AGREED.items():
			for row in self.get(doctype):
				if row.status not in statuses:
					continue
				content = get_content(row, doctype, fields)
				if self.agreed.setdefault((doctype, row.name), content) != content:
					yield f"4: {row.name} was changed after it was agreed"


def get_records(clients: list[str]) -> list[tuple]:
	"""Return DocType, name and status of every record of these clients, in one query."""
	queries = []
	for doctype in CLIENT_RECORDS:
		table, meta = frappe.qb.DocType(doctype), frappe.get_meta(doctype)
		client = table.name if doctype == "Client" else table.client
		status = table.status if meta.has_field("status") else NullValue()
		query = frappe.qb.from_(table).select(ValueWrapper(doctype), table.name, status)
		queries.append(query.where(client.isin(clients)))
	return functools.reduce(operator.add, queries[1:], queries[0]).run()


def can_reach(doctype: str, before: str, after: str) -> bool:
	"""Tell whether a status may follow another in one or more steps: an action may take several."""
	moves = frappe.model.base_document.get_controller(doctype).NEXT_STATUS
	reached, todo = set(), [before]
	while todo:
		for status in moves.get(todo.pop(), ()):
			if status not in reached:
				reached.add(status)
				todo.append(status)
	return after in reached


def get_content(record: frappe._dict, doctype: str, fields: tuple[str, ...]) -> dict:
	"""Return fields and rows of a record as text, without what every save changes."""
	meta = frappe.get_meta(doctype)
	return {field: get_words(record, meta.get_field(field)) for field in fields}


def get_words(record: frappe._dict, field: Any) -> Any:
	if field.fieldtype not in frappe.model.table_fields:
		return str(record[field.fieldname] or "")
	rows = frappe.get_all(field.options, {"parent": record.name}, ["*"], order_by="idx")
	return [{key: str(cell or "") for key, cell in row.items() if key not in STAMPS} for row in rows]


def check_intakes(intakes: list[frappe._dict]) -> Iterator[str]:
	"""Rule 1."""
	for intake in intakes:
		if intake.status not in ("Accepted", "Not Accepted"):
			continue
		if not (intake.decision_informed_on or intake.decision_not_informed_reason):
			yield f"1: {intake.name} was decided and the person not told"
		if not (intake.process_informed_on or intake.process_not_informed_reason):
			yield f"1: {intake.name} was decided and the process never explained"
		if intake.status == "Accepted":
			continue
		if not intake.decision_reason:
			yield f"1: {intake.name} was not accepted without a reason"
		given = frappe.db.count("Intake Alternative", {"parent": intake.name})
		if not (given or intake.no_alternative_reason):
			yield f"1: {intake.name} was not accepted without an alternative"


def check_cases(cases: list[frappe._dict]) -> Iterator[str]:
	"""Rule 2."""
	for case in cases:
		if case.status not in ("Active", "Exit Planning"):
			continue
		participation = frappe.db.get_value("Support Program", case.program, "participation")
		if participation == "Compulsory" and not case.case_manager:
			yield f"2: {case.name} is compulsory and has no case manager"
		if participation == "Voluntary" and not case.agreement_on:
			yield f"2: {case.name} is voluntary and not agreed to"
		if not ((case.rights_policy and case.rights_acknowledged_on) or case.rights_override_reason):
			yield f"2: {case.name} is active without the rights statement"


def check_agreement(cases: list[frappe._dict]) -> Iterator[str]:
	"""Rule 3, at the moment the adult's is agreed: seen after each step, before a child can be added."""
	for case in cases:
		children = [row for row in cases if row.head_case == case.name and is_child(row)]
		for doctype, reason in (
			("Client Assessment", "children_not_assessed_reason"),
			("Support Plan", "children_without_plan_reason"),
		):
			for row in frappe.get_all(
				doctype,
				{"client_case": case.name, "status": ("in", ("Agreed", "Active"))},
				["name", "agreed_on", reason],
			):
				for child in children:
					late = child.creation > frappe.db.get_value(doctype, row.name, "modified")
					own = frappe.db.exists(doctype, {"client_case": child.name})
					if not (own or row.get(reason) or late):
						yield f"3: {row.name} is agreed and {child.name} has none"


def is_child(case: frappe._dict) -> bool:
	born = frappe.db.get_value("Client", case.client, "birth_date")
	return bool(born) and add_years(born, 18) > getdate()


def check_plans(plans: list[frappe._dict]) -> Iterator[str]:
	"""Rule 5: an Active plan has a goal, and each goal it was agreed with a step or a strategy."""
	for plan in plans:
		if plan.status != "Active":
			continue
		goals = frappe.get_all("Support Plan Goal", {"parent": plan.name}, pluck="goal")
		if not goals:
			yield f"5: {plan.name} is active without a goal"
		for goal in goals:
			if not any(frappe.db.exists(table, {"parent": goal}) for table in ("Goal Step", "Goal Strategy")):
				yield f"5: goal {goal} of {plan.name} has neither a step nor a strategy"


def check_meetings(cases: list[frappe._dict]) -> Iterator[str]:
	"""Rule 6."""
	for case in cases:
		planned = frappe.db.count(
			"Case Meeting", {"client_case": case.name, "status": "Scheduled", "kind": "Case Management"}
		)
		if case.status == "Active" and not planned and not (case.head_case and is_child(case)):
			yield f"6: {case.name} is active and has no next meeting"
		if planned > 1:
			yield f"6: {case.name} has {planned} next meetings"


def check_referrals(referrals: list[frappe._dict]) -> Iterator[str]:
	"""Rule 7."""
	for referral in referrals:
		if not referral.sent_on or referral.help_kind == "Information":
			continue
		if not frappe.db.exists("Disclosure", {"referral": referral.name}):
			yield f"7: {referral.name} was sent and is no disclosure"
		if referral.legal_basis:
			continue
		consent = referral.consent and frappe.get_doc("Client Consent", referral.consent)
		if not consent or (consent.agency and consent.agency != referral.agency):
			yield f"7: {referral.name} was sent without a basis"
		elif consent.withdrawn_on and consent.withdrawn_on < referral.sent_on:
			yield f"7: {referral.name} was sent after the consent was withdrawn"


def check_incidents(incidents: list[frappe._dict]) -> Iterator[str]:
	"""Rule 8."""
	for incident in incidents:
		if not incident.ongoing_risk:
			continue
		if not frappe.db.exists("Safety Plan", {"client": incident.client, "is_current": 1}):
			yield f"8: {incident.name} has a risk that goes on, and its client no safety plan"
		if not incident.lead_told_on:
			yield f"8: {incident.name} has a risk that goes on, and no lead was told"


def check_closed(cases: list[frappe._dict]) -> Iterator[str]:
	"""Rule 9."""
	days = cint(frappe.db.get_single_value("Case Management Settings", "access_days_after_closure"))
	for case in cases:
		if case.status != "Closed":
			continue
		of_case = {"client_case": case.name}
		agreed = {**of_case, "status": ("in", ("Agreed", "Completed"))}
		if not case.closure_exception and not frappe.db.exists("Exit Plan", agreed):
			yield f"9: {case.name} is closed without an exit plan"
		if not case.closure_exception and not case.evaluation_offered_on:
			yield f"9: {case.name} is closed and evaluation was not offered"
		if getdate(case.team_access_until) != getdate(add_days(case.closed_on, days)):
			yield f"9: the team's access to {case.name} does not end"
		open_referrals = {
			**of_case,
			"status": ("in", ("Draft", "Sent", "Accepted")),
			"continues_after_exit": 0,
		}
		if frappe.db.exists("Case Referral", open_referrals):
			yield f"9: {case.name} is closed with an open referral"
		if frappe.db.exists("Case Meeting", {**of_case, "status": "Scheduled"}):
			yield f"9: {case.name} is closed with a scheduled meeting"
