"""What a service does next with a client, step by step from first contact to follow-up: the right way to do each."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.tests import factories, plan_factories

CLOSING = {"end_reason": "Support Period End Reason-3", "destination": "Exit Destination-410"}


class NotNow(Exception):
	"""The step is not one for now: there is nothing to take it with."""


def find(doctype: str, case: str | None = None, **filters: object) -> Document:
	"""Return the newest record that matches, or raise NotNow."""
	if case:
		filters["client_case"] = case
	name = frappe.db.get_value(doctype, filters, "name", order_by="creation desc")
	if not name:
		raise NotNow
	return frappe.get_doc(doctype, name)


def get_case(client: str, *statuses: str) -> Document:
	return find("Client Case", client=client, status=("in", statuses))


def make(doctype: str, case: Document, **values: object) -> Document:
	about = {"client": case.client, "client_case": case.name}
	return frappe.get_doc({"doctype": doctype, **about, **values}).insert()


def acknowledge(client: str) -> None:
	case = get_case(client, "Pending")
	policy = factories.make_policy().name
	case.acknowledge_rights(policy=policy, agreed_on=today(), agreement_how="Spoken")


def assess(client: str) -> None:
	get_case(client, "Active").start_assessment()


def rate(client: str) -> None:
	assessment = find("Client Assessment", client=client, status="Draft")
	for row in assessment.domains:
		row.update({"discussed": "Client Declined"} if row.idx % 2 else {"client_rating": "4"})
	assessment.save()


def agree_assessment(client: str) -> None:
	assessment = find("Client Assessment", client=client, status=("in", ("Draft", "With Client")))
	if assessment.children_not_assessed_reason is None:
		assessment.children_not_assessed_reason = "Next week, at school"
		assessment.save()
	find("Client Assessment", name=assessment.name).agree(how="Spoken", participation="Fully")


def plan(client: str) -> None:
	find("Client Assessment", client=client, status="Agreed").make_plan()


def add_goal(client: str) -> None:
	draft = find("Support Plan", client=client, status=("in", ("Draft", "With Client")))
	draft.add_goal(
		goal="A place of my own", horizon="Short", steps=[{"step": "Ring them", "responsible": "Client"}]
	)


def agree_plan(client: str) -> None:
	draft = find("Support Plan", client=client, status=("in", ("Draft", "With Client")))
	if draft.children_without_plan_reason is None:
		draft.children_without_plan_reason = "Next week, at school"
		draft.save()
	find("Support Plan", name=draft.name).agree(how="Spoken", participation="Fully")


def revise_plan(client: str) -> None:
	active = find("Support Plan", client=client, status="Active")
	active.revise(kind="Plan Revision Reason-need", reason="They want something else now")


def hold_meeting(client: str) -> None:
	meeting = find("Case Meeting", client=client, status="Scheduled")
	meeting.prepare()
	meeting = find("Case Meeting", name=meeting.name)
	goals = [{"goal": row.goal, "client_rating": "6", "worker_rating": "5"} for row in meeting.goals]
	meeting.hold(held_on=today(), goals=goals, participation="Fully", summary="We spoke of every goal.")


def miss_meeting(client: str) -> None:
	find("Case Meeting", client=client, status="Scheduled").miss(reason="Missed Meeting Reason-unwell")


def write_note(client: str) -> None:
	make("Case Note", get_case(client, "Active", "Exit Planning"), note="We spoke.")


def refer(client: str) -> None:
	case = get_case(client, "Active", "Exit Planning")
	agency = frappe.db.get_value("External Agency", {"enabled": 1}, "name", order_by="name")
	values = {"agency": agency, "help_kind": "Formal", "reason": "A place to live"}
	make("Case Referral", case, **values)


def consent(client: str) -> None:
	case = get_case(client, "Active", "Exit Planning")
	make("Client Consent", case, purpose="Consent Purpose-referral", given_on=today())


def send_referral(client: str) -> None:
	referral = find("Case Referral", client=client, status="Draft")
	given = find("Client Consent", client=client, withdrawn_on=("is", "not set"))
	referral.send(consent=given.name, what_was_shared="Name and need")


def answer_referral(client: str) -> None:
	find("Case Referral", client=client, status="Sent").accept()


def decline_referral(client: str) -> None:
	referral = find("Case Referral", client=client, status="Sent")
	referral.decline(reason="Reason Service Not Provided-4")


def complete_referral(client: str) -> None:
	find("Case Referral", client=client, status="Accepted").complete(outcome="They have a room.")


def withdraw_consent(client: str) -> None:
	find("Client Consent", client=client, withdrawn_on=("is", "not set")).withdraw()


def plan_safety(client: str) -> None:
	case = get_case(client, "Active", "Exit Planning")
	words = {"warning_signs": "Loud steps", "safe_places": "The library", "what_to_do": "Leave, and call"}
	make("Safety Plan", case, **words)


def report_incident(client: str) -> None:
	case = get_case(client, "Active", "Exit Planning")
	values = {"what_happened": "Threats at the door", "actions_taken": "Police called", "ongoing_risk": 1}
	make("Critical Incident", case, incident_type="Incident Type-violence", **values)


def end_risk(client: str) -> None:
	find("Critical Incident", client=client, ongoing_risk=1).end_risk(note="They moved away.")


def plan_exit(client: str) -> None:
	get_case(client, "Active").plan_exit(planned_exit_on=add_days(today(), 14))


def agree_exit(client: str) -> None:
	exit_plan = find("Exit Plan", client=client, status=("in", ("Draft", "With Client")))
	exit_plan.follow_up_assessed = "Together"
	exit_plan.follow_up_needed = exit_plan.follow_up_consent = 1
	for row in exit_plan.achievements:
		row.how_kept = row.how_kept or "By going on"
	exit_plan.save()
	find("Exit Plan", name=exit_plan.name).agree(how="Spoken", participation="Fully")


def offer_evaluation(client: str) -> None:
	get_case(client, "Active", "Exit Planning").offer_evaluation(answer="Declined")


def finish_steps(client: str) -> None:
	goal = find("Support Goal", client=client, status=("in", ("Proposed", "Active", "On Hold")))
	for step in [row.name for row in goal.steps if row.status == "Open"]:
		find("Support Goal", name=goal.name).complete_step(step_row=step)
	goal = find("Support Goal", name=goal.name)
	goal.achieve() if goal.status == "Active" else goal.stop(reason="Not now")


def close(client: str) -> None:
	case = get_case(client, "Exit Planning")
	case.close(**CLOSING, cancel_meetings=True)


def lose_contact(client: str) -> None:
	case = get_case(client, "Active", "Exit Planning")
	case.close(**CLOSING, exception="Closure Without Exit Plan-lost-contact", cancel_meetings=True)


def follow_up(client: str) -> None:
	find("Case Follow Up", client=client, status="Due").record_done(outcome="They are well.")


def reopen(client: str) -> None:
	get_case(client, "Closed").reopen(reason="They need us again")


def give_to_somebody_else(client: str) -> None:
	get_case(client, "Active").change_case_manager(user="colleague@staff.example.org")


def respond(client: str) -> None:
	find("Client Intake", name=client, status="New").respond()


def turn_away(client: str) -> None:
	intake = find("Client Intake", name=client, status="Screening")
	given = [{"alternative": "A list of services", "kind": "Information"}]
	told = {"informed_on": now_datetime(), "informed_how": "On the phone"}
	intake.not_accept(reason="Reason Service Not Provided-4", alternatives=given, **told)


def wait(client: str) -> None:
	intake = find("Client Intake", name=client, status="Screening")
	intake.waitlist(priority="1 High", informed_on=now_datetime(), informed_how="On the phone")


def accept(client: str) -> None:
	intake = find("Client Intake", name=client, status=("in", ("Screening", "Waitlisted")))
	told = {"informed_on": now_datetime(), "informed_how": "On the phone"}
	intake.accept(new_person=True, case_manager=factories.make_worker(), **told)


# Each step, and who takes it.
INTAKE, WORKER, LEAD = "intake", "worker", "lead"
STEPS: dict[Callable, str] = {
	respond: INTAKE,
	turn_away: INTAKE,
	wait: INTAKE,
	accept: INTAKE,
	acknowledge: WORKER,
	assess: WORKER,
	rate: WORKER,
	agree_assessment: WORKER,
	plan: WORKER,
	add_goal: WORKER,
	agree_plan: WORKER,
	revise_plan: WORKER,
	hold_meeting: WORKER,
	miss_meeting: WORKER,
	write_note: WORKER,
	refer: WORKER,
	consent: WORKER,
	send_referral: WORKER,
	answer_referral: WORKER,
	decline_referral: WORKER,
	complete_referral: WORKER,
	withdraw_consent: WORKER,
	plan_safety: WORKER,
	report_incident: WORKER,
	end_risk: WORKER,
	plan_exit: WORKER,
	agree_exit: WORKER,
	offer_evaluation: WORKER,
	finish_steps: WORKER,
	close: WORKER,
	lose_contact: WORKER,
	follow_up: WORKER,
	reopen: LEAD,
	give_to_somebody_else: LEAD,
}
CASE_STEPS = tuple(step for step, who in STEPS.items() if who != INTAKE)
INTAKE_STEPS = tuple(step for step, who in STEPS.items() if who == INTAKE)

PLANNED = (acknowledge, assess, rate, agree_assessment, plan, add_goal, agree_plan)
# Where a sequence begins, and the steps that lead there.
BEGINNINGS = {
	"Pending": (),
	"Active": (acknowledge,),
	"Rated": (acknowledge, assess, rate),
	"Assessed": (acknowledge, assess, rate, agree_assessment),
	"Planning": (acknowledge, assess, rate, agree_assessment, plan, add_goal),
	"Planned": PLANNED,
	"Consented": (acknowledge, consent, refer),
	"Referred": (acknowledge, consent, refer, send_referral),
	"Answered": (acknowledge, consent, refer, send_referral, answer_referral),
	"Safe": (acknowledge, plan_safety),
	"At Risk": (acknowledge, plan_safety, report_incident),
	"Planning Exit": (*PLANNED, plan_exit),
	"Leaving": (*PLANNED, finish_steps, plan_exit, agree_exit, offer_evaluation),
	"Closed": (acknowledge, lose_contact),
}


def make_household() -> str:
	"""Return the client of a Pending case with a child whose case relies on it."""
	program = plan_factories.make_support_program()
	case = factories.make_case(factories.make_client("Sequence Person"), program)
	child = factories.make_client("Sequence Child", birth_date=add_days(today(), -8 * 366))
	factories.make_case(child, program, head_case=case.name)
	return case.client
