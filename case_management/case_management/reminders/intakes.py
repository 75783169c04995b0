"""First contacts that wait for an answer (B1), or for a leader who confirms an existing client."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import add_to_date, now_datetime

from case_management.case_management.entry.match_confirmation import ASKED, get_confirmers
from case_management.case_management.record.settings import get_setting
from case_management.case_management.reminders.due import Due, get_people


def get_overdue() -> list[Due]:
	"""Return the intakes whose response is overdue, for their worker; where nobody took it, for the leader."""
	return find_unanswered(0)


def get_long_overdue() -> list[Due]:
	"""Return the intakes whose response is overdue by the hours in Settings, for the leader."""
	return find_unanswered(get_setting("response_escalation_hours"), lead=True)


def find_unanswered(hours: float, lead: bool = False) -> list[Due]:
	"""Return the undecided intakes nobody responded to, whose response was due these hours ago or longer."""
	intake, program = DocType("Client Intake"), DocType("Support Program")
	query = frappe.qb.from_(intake).left_join(program).on(program.name == intake.program)
	query = query.select(intake.name, intake.response_due.as_("since"), intake.intake_worker.as_("worker"))
	query = query.select(program.lead, program.deputy_lead).orderby(intake.name)
	query = query.where(intake.status.isin(("New", "Screening")) & intake.responded_on.isnull())
	rows = query.where(intake.response_due < add_to_date(now_datetime(), seconds=-hours * 3600)).run(
		as_dict=True
	)
	return [Due(row.name, str(row.since), get_people(row, lead)) for row in rows]


def get_to_confirm() -> list[Due]:
	"""Return the intakes whose existing client is to be confirmed, once for each leader who is asked."""
	fields = ["name", "program", "match_choice", "match_asked_on"]
	asked = frappe.get_all("Client Intake", {"match_confirmation": ASKED}, fields, order_by="name")
	return [Due(row.name, str(row.match_asked_on), (user,)) for row in asked for user in get_confirmers(row)]
