"""Whom the service asks for feedback, and when: every few weeks during support, and at exit (B20, B24)."""

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import add_days, getdate
from pypika.queries import QueryBuilder

from case_management.case_management.ending.death import select_dead
from case_management.case_management.record.actions import store

# How many are invited in one run; the next run takes the rest.
BATCH = 500
# What the offer of an evaluation on the case means for the invitation.
RESPONSE_OF_ANSWER = {"Declined": "Declined", "Not Reached": "No Answer"}


def invite_for_feedback() -> int:
	"""Invite the client of each Active case whose last invitation, or opening, was the program's weeks ago (B20).

	Run daily. A client who has not responded to an invitation is not given a second one, so that it may run twice.

	:return: how many were invited
	"""
	invited: set[str] = set()
	for program, weeks in get_intervals():
		for case in get_cases_to_ask(program, weeks, BATCH - len(invited)):
			if case.client not in invited:
				make_invitation(case)
				invited.add(case.client)
	return len(invited)


def get_intervals() -> list[tuple[str, int]]:
	"""Return the programs that invite by themselves, and every how many weeks."""
	filters = {"feedback_interval_weeks": (">", 0)}
	fields = ["name", "feedback_interval_weeks"]
	return frappe.get_all("Support Program", filters=filters, fields=fields, order_by="name", as_list=True)


def get_cases_to_ask(program: str, weeks: int, limit: int) -> list[frappe._dict]:
	"""Return client, code, program and manager of the Active cases of a program whose invitation is due today."""
	case, due = DocType("Client Case"), add_days(getdate(), -7 * weeks)
	query = (
		frappe.qb.from_(case)
		.select(case.name, case.client, case.program, case.case_manager)
		.where((case.program == program) & (case.status == "Active") & (case.opened_on <= due))
		.where(case.name.notin(get_cases_asked_since(due)))
		.where(case.client.notin(get_clients_being_asked()))
		.where(case.client.notin(select_dead()))
	)
	return query.orderby(case.name).limit(limit).run(as_dict=True) if limit > 0 else []


def get_cases_asked_since(day: date) -> QueryBuilder:
	feedback = DocType("Client Feedback")
	query = frappe.qb.from_(feedback).select(feedback.client_case)
	return query.where(feedback.client_case.isnotnull() & (feedback.invited_on > day))


def get_clients_being_asked() -> QueryBuilder:
	"""Return the clients who have an invitation and did not respond to it yet."""
	feedback = DocType("Client Feedback")
	is_open = feedback.response.isnull() | (feedback.response == "")
	return frappe.qb.from_(feedback).select(feedback.client).where(feedback.client.isnotnull() & is_open)


def make_invitation(case: frappe._dict) -> Document:
	"""Store an invitation for the case manager to bring; a Notification, which an administrator may edit, says so."""
	return store(
		frappe.get_doc(
			{
				"doctype": "Client Feedback",
				"client": case.client,
				"client_case": case.name,
				"program": case.program,
				"kind": "During Support",
				"invited_on": getdate(),
				"invited_by": case.case_manager,
			}
		)
	)


def record_evaluation(case: Document, period_start: date) -> str:
	"""Keep the invitation to the evaluation at exit in line with the offer on the case (B24).

	:param case: a case whose `evaluation_offered_on`, and perhaps `evaluation_answer`, are known
	:param period_start: the day the case was last opened: a reopened one has another evaluation
	:return: the code of the Client Feedback, in which what the client says is then recorded
	"""
	filters = {"client_case": case.name, "kind": "At Exit", "invited_on": (">=", period_start)}
	name = frappe.db.get_value("Client Feedback", filters, "name", order_by="creation")
	feedback = frappe.get_doc("Client Feedback", name) if name else frappe.get_doc(get_evaluation(case))
	if not feedback.response or feedback.response in RESPONSE_OF_ANSWER.values():
		response = RESPONSE_OF_ANSWER.get(case.evaluation_answer, "")
		feedback.response = response
		feedback.response_on = case.evaluation_offered_on if response else None
		feedback.response_note = case.evaluation_support
		store(feedback)
	return feedback.name


def get_evaluation(case: Document) -> dict:
	"""Return the fields of a new invitation to an evaluation."""
	return {
		"doctype": "Client Feedback",
		"client": case.client,
		"client_case": case.name,
		"program": case.program,
		"kind": "At Exit",
		"invited_on": case.evaluation_offered_on,
		"invited_by": frappe.session.user,
	}
