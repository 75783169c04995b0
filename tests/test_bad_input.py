"""Whatever comes over REST that no rule allows is refused in plain words, and nothing that is stored changes.

Each wrong action is sent in every way in which an action can be called, each wrong save in every way to save. An answer
is never a server error; it names the record and says what to do next.
"""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
import requests
from records import Person, Service, get_day, get_path, get_stored, get_time, get_words

REFUSED = (403, 417)
NOT_FOUND = 404
FORBIDDEN = 403
LONG = "x" * 100_000
PAST, FUTURE = "1990-01-01", "2999-12-31"
NO_DATE = "not-a-date"
A_LIST, AN_OBJECT = ["a", "b"], {"like": ["like", "%"]}
NO_CODE = "No Such List-1"
OTHER_LIST = "Exit Destination-101"
SAFE_WORDS = {"warning_signs": "A", "safe_places": "B", "what_to_do": "C"}
# What a client is told who does not get all they asked for; all case notes; why they are withheld.
TOLD = {"reasons": "A", "informed_on": get_day(), "complaint_path_told": 1}
NOTES = {"record_type": "Case Note"}
SAFETY = "Reason Information Is Withheld-safety"
# What Frappe itself refuses, in words of its own: a field that is required or set once, a choice, a link, a length,
# an argument's type, a record of a client whom the user does not see.
FRAPPES_OWN = (
	"Value missing for",
	"Value cannot be changed for",
	"should be of type",
	"does not have access to this document",
	"does not have doctype access",
	"frappe.exceptions.PermissionError",
)


# The ways to call an action, and to save


def run_doc_method(person: Person, doctype: str, name: str, action: str, values: dict) -> requests.Response:
	return person.try_to(doctype, name, action, **values)


def run_on_resource(person: Person, doctype: str, name: str, action: str, values: dict) -> requests.Response:
	path = get_path(doctype, name)
	return person.send("POST", path, params={"run_method": action}, json={**values, "run_method": action})


def run_on_document(person: Person, doctype: str, name: str, action: str, values: dict) -> requests.Response:
	path = f"v2/document/{quote(doctype)}/{quote(name)}/method/{action}/"
	return person.send("POST", path, json=values)


def put(person: Person, doctype: str, name: str, values: dict) -> requests.Response:
	return person.send("PUT", get_path(doctype, name), json=values)


def patch(person: Person, doctype: str, name: str, values: dict) -> requests.Response:
	return person.send("PATCH", f"v2/document/{quote(doctype)}/{quote(name)}/", json=values)


def set_value(person: Person, doctype: str, name: str, values: dict) -> requests.Response:
	given = {"doctype": doctype, "name": name, "fieldname": json.dumps(values)}
	return person.send("POST", "method/frappe.client.set_value", data=given)


CALLS = (run_doc_method, run_on_resource, run_on_document)
SAVES = (put, patch, set_value)


# The records that wrong things are done to: none of them changes, so all tests share them


@pytest.fixture(scope="module")
def service(case_url: str, login: Callable, logins: dict) -> Service:
	roles = ("Case Intake Worker", "Case Worker", "Case Manager Lead")
	return Service(*[Person(case_url, login(role), logins[role]["user"]) for role in roles])


@pytest.fixture(scope="module")
def users(logins: dict) -> dict[str, tuple[str, str]]:
	"""Members of staff, by the word that the tests use for them."""
	roles = {"worker": "Case Worker", "lead": "Case Manager Lead", "seconded": "Seconded Case Worker"}
	return {word: ("User", logins[role]["user"]) for word, role in roles.items()}


@pytest.fixture(scope="module")
def records(service: Service, users: dict) -> dict[str, tuple[str, str]]:
	"""DocType and name of each record by the word that the tests use for it."""
	case, other = service.make_active_case("Bad Input"), service.make_active_case("Quite Another")
	active, drafts = service.make_active_goal(case), service.make_plan(case, "Something new")
	others = service.make_active_goal(other)
	closed = service.make_closed_case("All Over")
	sent = service.make_referral(case)
	shared = {"consent": service.make_consent(case), "what_was_shared": "Name"}
	service.worker.act("Case Referral", sent, "send", **shared)
	assessment = service.worker.act("Client Case", case, "start_assessment")["assessment"]
	note = service.make_for(case, "Case Note", note="We spoke.", kind="Contact", noted_on=get_time())["name"]
	follow_up = service.make_for(case, "Case Follow Up", due_on=get_day(30))["name"]
	exit_plan = service.make_for(case, "Exit Plan", offered_on=get_day())["name"]
	return {
		"case": ("Client Case", case),
		"pending": ("Client Case", service.make_pending_case("Not Yet")),
		"closed": ("Client Case", closed),
		"other case": ("Client Case", other),
		"client": ("Client", service.worker.read("Client Case", case)["client"]),
		"other client": ("Client", service.worker.read("Client Case", other)["client"]),
		"new intake": ("Client Intake", service.make_intake("Nobody Yet", until="New")),
		"intake": ("Client Intake", service.make_intake("Being Screened")),
		"plan": ("Support Plan", active["plan"]),
		"draft plan": ("Support Plan", drafts["plan"]),
		"empty plan": ("Support Plan", service.make_plan(other, goal=None)["plan"]),
		"goal": ("Support Goal", active["goal"]),
		"proposed goal": ("Support Goal", drafts["goal"]),
		"other goal": ("Support Goal", others["goal"]),
		"meeting": ("Case Meeting", service.get_meeting(case)),
		"other meeting": ("Case Meeting", service.get_meeting(other)),
		"consent": ("Client Consent", service.make_consent(case)),
		"other consent": ("Client Consent", service.make_consent(other)),
		"referral": ("Case Referral", service.make_referral(case)),
		"sent referral": ("Case Referral", sent),
		"assessment": ("Client Assessment", assessment),
		"note": ("Case Note", note),
		"follow-up": ("Case Follow Up", follow_up),
		"exit plan": ("Exit Plan", exit_plan),
		**make_records_of_practice(service, users, case, other, assessment),
	}


def make_records_of_practice(
	service: Service, users: dict, case: str, other: str, assessment: str
) -> dict[str, tuple[str, str]]:
	"""Return records of danger, places, feedback, rights, conflicts and secondment, and who waits."""

	def make(doctype: str, of: str = case, **values: object) -> tuple[str, str]:
		return doctype, service.make_for(of, doctype, **values)["name"]

	made = {
		"incident": make("Critical Incident", other, **TELLING),
		"reportable incident": make(
			"Critical Incident", other, **TELLING, reportable=1, follow_up="Ring them"
		),
		"old safety plan": make("Safety Plan", **SAFE_WORDS),
		"safety plan": make("Safety Plan", **SAFE_WORDS),
		"risk": make("Critical Incident", **TELLING, ongoing_risk=1),
		"invitation": make("Client Feedback"),
		"feedback": make("Client Feedback", comments="Good"),
		"stay": make(
			"Accommodation Stay", from_date=get_day(), accommodation_type="Accommodation Type-crisis"
		),
		"request": make("Record Request", kind="Access", what_is_asked="All"),
		"request of another": make("Record Request", kind="Access", what_is_asked="All", asked_by="Other"),
		"deletion": make("Record Request", kind="Deletion", what_is_asked="All"),
		"complaint": make(
			"Record Request", kind="Complaint", what_is_asked="Late", complaint_about=users["lead"][1]
		),
		"answered request": make("Record Request", kind="Correction", what_is_asked="My name"),
		"secondment": make("Seconded Worker Request", wanted="Somebody who speaks Dari"),
		"other secondment": make("Seconded Worker Request", other, wanted="A man"),
		"agency": ("External Agency", service.get_agency()),
		"declaration": make("Conflict Declaration", declared_by="Client", user=users["seconded"][1]),
		"sensitive": make("Sensitive Rating", assessment=assessment, domain="Mental Wellbeing"),
		"waiting": ("Client Intake", service.make_intake("Who Waits")),
	}
	service.lead.act(*made["answered request"], "decide", decision="Granted")
	service.intake.act(*made["waiting"], "waitlist", priority="2 Medium", informed_how="By phone")
	return made


@pytest.fixture(scope="module")
def people(service: Service) -> dict[str, Person]:
	return {"worker": service.worker, "lead": service.lead, "intake": service.intake}


def fill_in(value: object, records: dict) -> object:
	"""Return a value with `{goal}` and the like replaced by the names of those records."""
	if isinstance(value, dict):
		return {key: fill_in(entry, records) for key, entry in value.items()}
	if isinstance(value, list):
		return [fill_in(entry, records) for entry in value]
	if isinstance(value, str) and (named := re.fullmatch(r"\{([a-z -]+)\}", value)):
		return records[named[1]][1]
	return value


def check_refused(answer: requests.Response, label: str) -> None:
	"""Expect a refusal that names the record, with a rule and a remedy as whole sentences.

	A record that would have followed is named as the new one that it is.
	"""
	words = re.sub(r"<[^>]+>", "", get_words(answer))
	assert answer.status_code in REFUSED, f"{answer.status_code} {words[:800]}"
	assert "Traceback" not in words
	if any(own in words for own in FRAPPES_OWN):
		return
	assert label in words or re.search(r"\bNew [A-Z]", words), words[:800]
	assert len(re.findall(r"[.!?…)](?:\s|$)", words)) >= 2, words[:800]


# Actions: who, on which record, which action, with what

WRONG_ACTIONS = [
	("intake", "new intake", "respond", {"responded_on": NO_DATE}),
	("intake", "new intake", "respond", {"responded_on": FUTURE}),
	("intake", "new intake", "respond", {"responded_on": PAST}),
	("intake", "new intake", "respond", {"responded_on": A_LIST}),
	("intake", "new intake", "respond", {"note": A_LIST}),
	("intake", "new intake", "respond", {"note": LONG}),
	("intake", "new intake", "respond", {"no_such_argument": 1}),
	("intake", "new intake", "accept", {"new_person": 1, "informed_how": "By phone"}),
	("intake", "new intake", "inform_of_process", {"on": FUTURE}),
	("intake", "new intake", "inform_of_process", {"on": PAST}),
	("intake", "new intake", "assign", {"intake_worker": "nobody@example.org"}),
	("intake", "new intake", "assign", {"intake_worker": A_LIST}),
	("intake", "intake", "accept", {"new_person": 1, "case_manager": "wren"}),
	("intake", "intake", "accept", {"new_person": 1, "informed_how": "By phone"}),
	("intake", "intake", "accept", {"client": "CL-99999", "informed_how": "By phone"}),
	("intake", "intake", "accept", {"client": AN_OBJECT, "informed_how": "By phone"}),
	("intake", "intake", "accept", {"client": "{other case}", "informed_how": "By phone"}),
	("intake", "intake", "accept", {"new_person": 1, "informed_on": NO_DATE}),
	("intake", "intake", "accept", {"new_person": 1, "informed_on": FUTURE, "case_manager": "nobody"}),
	("intake", "intake", "accept", {"new_person": 1, "informed_how": A_LIST}),
	("intake", "intake", "waitlist", {"priority": "9 Whenever", "informed_how": "By phone"}),
	("intake", "intake", "waitlist", {"informed_on": FUTURE}),
	("intake", "intake", "waitlist", {}),
	("intake", "intake", "not_accept", {"informed_how": "By phone", "no_alternative_reason": "None"}),
	(
		"intake",
		"intake",
		"not_accept",
		{"informed_how": "By phone", "reason": "Reason Service Not Provided-1"},
	),
	(
		"intake",
		"intake",
		"not_accept",
		{"reason": NO_CODE, "no_alternative_reason": "None", "informed_how": "x"},
	),
	(
		"intake",
		"intake",
		"not_accept",
		{"reason": OTHER_LIST, "no_alternative_reason": "None", "informed_how": "x"},
	),
	(
		"intake",
		"intake",
		"not_accept",
		{"reason": AN_OBJECT, "no_alternative_reason": "None", "informed_how": "x"},
	),
	("intake", "intake", "not_accept", {"alternatives": "text for a table"}),
	("intake", "intake", "not_accept", {"alternatives": [5]}),
	("intake", "intake", "not_accept", {"alternatives": [{"no_such_field": 1}]}),
	("intake", "intake", "not_accept", {"alternatives": [{"alternative": "A", "given_on": NO_DATE}]}),
	("worker", "pending", "activate", {}),
	("worker", "pending", "acknowledge_rights", {"on": PAST}),
	("worker", "pending", "acknowledge_rights", {"on": FUTURE}),
	("worker", "pending", "acknowledge_rights", {"on": NO_DATE}),
	("worker", "pending", "acknowledge_rights", {"policy": "No Such Policy"}),
	("worker", "pending", "acknowledge_rights", {"policy": AN_OBJECT}),
	("worker", "pending", "acknowledge_rights", {"by": A_LIST}),
	("worker", "pending", "acknowledge_rights", {"by": LONG}),
	("worker", "pending", "record_agreement", {"on": FUTURE}),
	("worker", "pending", "schedule_meeting", {"scheduled_on": get_time(days=2)}),
	("worker", "case", "schedule_meeting", {}),
	("worker", "case", "schedule_meeting", {"scheduled_on": NO_DATE}),
	("worker", "case", "schedule_meeting", {"scheduled_on": PAST}),
	("worker", "case", "schedule_meeting", {"scheduled_on": get_time(days=2), "kind": "Tea"}),
	("worker", "case", "schedule_meeting", {"scheduled_on": A_LIST}),
	("worker", "case", "add_team_member", {"user": "Guest"}),
	("lead", "case", "add_team_member", {}),
	("lead", "case", "add_team_member", {"user": "nobody@example.org"}),
	("lead", "case", "add_team_member", {"user": "Guest"}),
	("lead", "case", "add_team_member", {"user": AN_OBJECT}),
	("lead", "case", "add_team_member", {"user": "{worker}", "team_role": "King"}),
	("lead", "case", "add_team_member", {"user": "{worker}", "team_role": "Seconded Case Manager"}),
	("lead", "case", "add_team_member", {"user": "{worker}", "from_date": NO_DATE}),
	("lead", "case", "add_team_member", {"user": "{worker}", "from_date": get_day(5), "to_date": get_day(4)}),
	("lead", "case", "add_team_member", {"user": "{worker}", "agency": "No Such Agency"}),
	("lead", "case", "end_team_member", {"user": "Administrator"}),
	("lead", "case", "end_team_member", {"user": "{worker}"}),
	("lead", "case", "change_case_manager", {}),
	("lead", "case", "change_case_manager", {"user": "nobody@example.org"}),
	("lead", "case", "change_case_manager", {"user": "Guest"}),
	("lead", "case", "change_case_manager", {"user": A_LIST}),
	("lead", "case", "change_case_manager", {"user": "Guest", "on": NO_DATE}),
	("worker", "case", "add_household_member", {}),
	("worker", "case", "add_household_member", {"client": "CL-99999"}),
	("worker", "case", "add_household_member", {"client": AN_OBJECT}),
	("worker", "case", "add_household_member", {"client": "{client}"}),
	("worker", "case", "add_household_member", {"preferred_name": "A", "birth_date": NO_DATE}),
	("worker", "case", "add_household_member", {"preferred_name": "A", "birth_date": FUTURE}),
	("worker", "case", "add_household_member", {"preferred_name": A_LIST}),
	("worker", "case", "add_household_member", {"preferred_name": LONG}),
	("worker", "case", "add_household_member", {"preferred_name": "A", "relationship": OTHER_LIST}),
	("worker", "other case", "start_assessment", {"kind": "Final"}),
	("worker", "other case", "start_assessment", {"template": "No Such Template"}),
	("worker", "other case", "start_assessment", {"template": AN_OBJECT}),
	("worker", "other case", "start_assessment", {"kind": A_LIST}),
	("worker", "case", "plan_exit", {"planned_exit_on": NO_DATE}),
	("worker", "case", "plan_exit", {"planned_exit_on": A_LIST}),
	("worker", "case", "offer_evaluation", {"on": FUTURE}),
	("worker", "case", "offer_evaluation", {"on": PAST}),
	("worker", "case", "offer_evaluation", {"answer": "Perhaps"}),
	("worker", "case", "offer_evaluation", {"support": A_LIST}),
	("worker", "case", "close", {}),
	("worker", "case", "close", {"end_reason": "Support Period End Reason-1"}),
	("worker", "case", "close", {"end_reason": NO_CODE, "cancel_meetings": 1}),
	("worker", "case", "close", {"end_reason": OTHER_LIST, "cancel_meetings": 1}),
	("worker", "case", "close", {"end_reason": AN_OBJECT}),
	("worker", "case", "close", {"end_reason": "Support Period End Reason-1", "closed_on": PAST}),
	("worker", "case", "close", {"end_reason": "Support Period End Reason-1", "closed_on": FUTURE}),
	("worker", "case", "close", {"end_reason": "Support Period End Reason-1", "exception": OTHER_LIST}),
	("worker", "case", "close", {"end_reason": "Support Period End Reason-1", "note": LONG}),
	("worker", "case", "close", {"cancel_meetings": A_LIST}),
	("worker", "case", "close", {"no_such_argument": 1}),
	("worker", "closed", "reopen", {}),
	("worker", "closed", "reopen", {"reason": "Again", "on": FUTURE}),
	("worker", "closed", "reopen", {"reason": "Again", "on": NO_DATE}),
	("worker", "closed", "schedule_meeting", {"scheduled_on": get_time(days=2)}),
	("worker", "closed", "start_assessment", {}),
	("worker", "consent", "withdraw", {"on": FUTURE}),
	("worker", "consent", "withdraw", {"on": PAST}),
	("worker", "consent", "withdraw", {"on": NO_DATE}),
	("worker", "consent", "withdraw", {"note": A_LIST}),
	("worker", "assessment", "agree", {"on": FUTURE}),
	("worker", "assessment", "agree", {"on": NO_DATE}),
	("worker", "assessment", "agree", {"participation": "A Little"}),
	("worker", "assessment", "revise", {"reason": "Not agreed yet"}),
	("worker", "assessment", "make_plan", {}),
	("worker", "plan", "add_goal", {}),
	("worker", "plan", "add_goal", {"goal": A_LIST}),
	("worker", "plan", "add_goal", {"goal": LONG}),
	("worker", "plan", "add_goal", {"goal": "Swim", "horizon": "Never"}),
	("worker", "plan", "add_goal", {"goal": "Swim", "domain": "No Such Domain"}),
	("worker", "plan", "add_goal", {"goal": "Swim", "strategies": 5}),
	("worker", "plan", "add_goal", {"goal": "Swim", "strategies": [["a"]]}),
	("worker", "plan", "add_goal", {"goal": "Swim", "steps": [{"step": "A", "due_on": NO_DATE}]}),
	("worker", "plan", "add_goal", {"goal": "Swim", "steps": [{"step": "A", "status": "Gone"}]}),
	("worker", "plan", "add_goal", {"goal": "Swim", "steps": [{"step": "A", "parent": "{other goal}"}]}),
	("worker", "plan", "add_goal", {"goal": "Swim", "target_on": NO_DATE}),
	("worker", "plan", "add_goal", {"goal": "Swim", "target_on": PAST}),
	("worker", "plan", "add_goal", {"goal": "Swim", "confidence": 99}),
	("worker", "plan", "add_goal", {"goal": "Swim", "confidence": 10**30}),
	("worker", "plan", "add_goal", {"goal": "Swim", "confidence": "much"}),
	("worker", "plan", "add_goal", {"goal": "Swim", "responsibility": "The Moon"}),
	("worker", "plan", "revise", {}),
	("worker", "plan", "revise", {"reason": "Why not", "kind": OTHER_LIST}),
	("worker", "plan", "revise", {"reason": "Why not", "kind": AN_OBJECT}),
	("worker", "plan", "complete", {"on": FUTURE}),
	("worker", "plan", "complete", {"on": PAST}),
	("worker", "plan", "complete", {"on": NO_DATE}),
	("worker", "empty plan", "agree", {}),
	("worker", "draft plan", "agree", {"on": FUTURE}),
	("worker", "draft plan", "agree", {"on": NO_DATE}),
	("worker", "draft plan", "agree", {"how": A_LIST}),
	("worker", "draft plan", "complete", {}),
	("worker", "draft plan", "revise", {"reason": "Not agreed yet"}),
	("worker", "goal", "achieve", {"on": FUTURE}),
	("worker", "goal", "achieve", {"on": PAST}),
	("worker", "goal", "achieve", {"on": NO_DATE}),
	("worker", "goal", "achieve", {"achievement_level": NO_CODE}),
	("worker", "goal", "achieve", {"achievement_level": OTHER_LIST}),
	("worker", "goal", "put_on_hold", {}),
	("worker", "goal", "put_on_hold", {"reason": A_LIST}),
	("worker", "goal", "put_on_hold", {"reason": LONG}),
	("worker", "goal", "stop", {}),
	("worker", "goal", "defer", {}),
	("worker", "goal", "defer", {"reason_code": OTHER_LIST}),
	("worker", "goal", "defer", {"reason_code": NO_CODE}),
	("worker", "goal", "add_step", {}),
	("worker", "goal", "add_step", {"step": "A", "due_on": NO_DATE}),
	("worker", "goal", "add_step", {"step": "A", "responsible": "The Moon"}),
	("worker", "goal", "add_step", {"step": AN_OBJECT}),
	("worker", "goal", "complete_step", {}),
	("worker", "goal", "complete_step", {"step_row": "no-such-row"}),
	("worker", "goal", "complete_step", {"step_row": A_LIST}),
	("worker", "goal", "drop_step", {"step_row": "no-such-row"}),
	("worker", "goal", "follow_on", {}),
	("worker", "goal", "follow_on", {"goal": "Next", "horizon": "Never"}),
	("worker", "proposed goal", "put_on_hold", {"reason": "Cannot rest what has not begun"}),
	("worker", "meeting", "hold", {"held_on": FUTURE}),
	("worker", "meeting", "hold", {"held_on": PAST}),
	("worker", "meeting", "hold", {"held_on": NO_DATE}),
	("worker", "meeting", "hold", {"goals": [{"goal": "{other goal}", "progress": "Better"}]}),
	("worker", "meeting", "hold", {"goals": [{"goal": "GOAL-1999-00001"}]}),
	("worker", "meeting", "hold", {"goals": "text for a table"}),
	("worker", "meeting", "hold", {"goals": [5]}),
	("worker", "meeting", "hold", {"goals": [{"goal": "{goal}", "client_rating": 99}]}),
	("worker", "meeting", "hold", {"goals": [{"goal": "{goal}", "client_rating": 10**30}]}),
	("worker", "meeting", "hold", {"goals": [{"goal": "{goal}", "progress": LONG}]}),
	("worker", "meeting", "hold", {"strategies": "text for a table"}),
	("worker", "meeting", "hold", {"strategies": [{"strategy_row": "no-such-row"}]}),
	("worker", "meeting", "hold", {"next_steps": [{"step": "A", "goal": "{other goal}"}]}),
	("worker", "meeting", "hold", {"next_steps": [{"step": "A", "goal": "{goal}", "due_on": NO_DATE}]}),
	("worker", "meeting", "hold", {"decisions": [AN_OBJECT]}),
	("worker", "meeting", "hold", {"attendees": [{"kind": "Ghost"}]}),
	("worker", "meeting", "hold", {"attendees": [{"kind": "Friend", "person_name": "Uninvited"}]}),
	("worker", "meeting", "hold", {"participation": "A Little"}),
	("worker", "meeting", "hold", {"summary": A_LIST}),
	("worker", "meeting", "hold", {"next_meeting_on": PAST}),
	("worker", "meeting", "hold", {"next_meeting_on": NO_DATE}),
	("worker", "meeting", "hold", {"no_such_argument": 1}),
	("worker", "meeting", "miss", {}),
	("worker", "meeting", "miss", {"reason": NO_CODE}),
	("worker", "meeting", "miss", {"reason": OTHER_LIST}),
	("worker", "meeting", "miss", {"reason": "Missed Meeting Reason-unwell", "on": FUTURE}),
	("worker", "meeting", "cancel", {}),
	("worker", "meeting", "cancel", {"reason": A_LIST}),
	("worker", "meeting", "reschedule", {}),
	("worker", "meeting", "reschedule", {"scheduled_on": PAST}),
	("worker", "meeting", "reschedule", {"scheduled_on": NO_DATE}),
	("worker", "meeting", "reschedule", {"scheduled_on": AN_OBJECT}),
	("worker", "note", "add_addendum", {}),
	("worker", "note", "add_addendum", {"text": A_LIST}),
	("worker", "referral", "send", {}),
	("worker", "referral", "send", {"what_was_shared": "Name"}),
	("worker", "referral", "send", {"what_was_shared": "Name", "consent": "{other consent}"}),
	("worker", "referral", "send", {"what_was_shared": "Name", "consent": "CON-1999-00001"}),
	("worker", "referral", "send", {"what_was_shared": "Name", "consent": AN_OBJECT}),
	("worker", "referral", "send", {"what_was_shared": "Name", "legal_basis": OTHER_LIST}),
	(
		"worker",
		"referral",
		"send",
		{"what_was_shared": "Name", "legal_basis": NO_CODE, "legal_basis_note": "x"},
	),
	("worker", "referral", "send", {"what_was_shared": "Name", "consent": "{consent}", "on": FUTURE}),
	("worker", "referral", "send", {"what_was_shared": "Name", "consent": "{consent}", "on": PAST}),
	("worker", "referral", "send", {"what_was_shared": LONG, "consent": "{consent}"}),
	("worker", "referral", "accept", {}),
	("worker", "referral", "complete", {"outcome": "Never sent"}),
	("worker", "referral", "withdraw", {}),
	("worker", "sent referral", "decline", {}),
	("worker", "sent referral", "decline", {"reason": OTHER_LIST}),
	("worker", "sent referral", "decline", {"reason": A_LIST}),
	("worker", "sent referral", "accept", {"on": FUTURE}),
	("worker", "sent referral", "accept", {"on": PAST}),
	("worker", "sent referral", "complete", {"outcome": "Never answered"}),
	("worker", "exit plan", "agree", {"on": FUTURE, "participation": "Fully"}),
	("worker", "exit plan", "agree", {"participation": "A Little"}),
	("worker", "exit plan", "give_to_client", {}),
	("worker", "exit plan", "revise", {"reason": "Not agreed yet"}),
	("worker", "follow-up", "record_done", {}),
	("worker", "follow-up", "record_done", {"outcome": "Well", "achievements_kept": "Maybe"}),
	("worker", "follow-up", "record_done", {"outcome": "Well", "on": FUTURE}),
	("worker", "follow-up", "record_done", {"outcome": LONG}),
	("worker", "follow-up", "not_reached", {"on": NO_DATE}),
	("worker", "follow-up", "cancel", {}),
	# Danger
	("worker", "incident", "record_ongoing_risk", {}),
	("worker", "incident", "record_ongoing_risk", {"what_to_do": "Ring us"}),
	("worker", "incident", "record_ongoing_risk", {"what_to_do": A_LIST}),
	("worker", "incident", "record_ongoing_risk", {**SAFE_WORDS, "set_by": "The Moon"}),
	("worker", "incident", "end_risk", {"note": "There was none"}),
	("worker", "incident", "report", {}),
	("worker", "incident", "report", {"to": "Police", "on": FUTURE}),
	("worker", "incident", "report", {"to": "Police", "on": PAST}),
	("worker", "incident", "close", {"on": FUTURE}),
	("worker", "incident", "close", {"on": NO_DATE}),
	("worker", "incident", "close", {"note": A_LIST}),
	("worker", "reportable incident", "close", {"follow_up_outcome": "Done"}),
	("worker", "risk", "close", {}),
	("worker", "risk", "end_risk", {}),
	("worker", "risk", "end_risk", {"note": "Over", "on": FUTURE}),
	("worker", "risk", "end_risk", {"note": "Over", "on": PAST}),
	("worker", "safety plan", "review", {}),
	("worker", "safety plan", "review", {"note": "Fits", "on": FUTURE}),
	("worker", "safety plan", "review", {"note": "Fits", "on": PAST}),
	("worker", "safety plan", "review", {"note": "Fits", "next_review_on": PAST}),
	("worker", "safety plan", "revise", {}),
	("worker", "safety plan", "revise", {"reason": " "}),
	("worker", "safety plan", "give_to_client", {}),
	("worker", "old safety plan", "review", {"note": "Fits"}),
	("worker", "old safety plan", "give_to_client", {}),
	# Stages, places, the household
	("worker", "case", "move_to_stage", {}),
	("worker", "case", "move_to_stage", {"stage": "Nowhere"}),
	("worker", "case", "move_to_stage", {"stage": A_LIST}),
	("worker", "case", "move_to_stage", {"stage": "Building", "on": FUTURE}),
	("worker", "case", "move_to_stage", {"stage": "Building", "on": PAST}),
	("worker", "stay", "move_out", {"on": FUTURE}),
	("worker", "stay", "move_out", {"on": PAST}),
	("worker", "stay", "move_out", {"on": NO_DATE}),
	("worker", "stay", "move_out", {"reason_left": LONG}),
	("worker", "case", "write_household_note", {"note": "We spoke."}),
	("worker", "case", "write_household_note", {"note": "We spoke.", "members": ["{other case}"]}),
	("worker", "case", "write_household_note", {"note": "We spoke.", "members": [AN_OBJECT]}),
	("intake", "intake", "keep_on_waiting_list", {}),
	("intake", "waiting", "keep_on_waiting_list", {"on": FUTURE}),
	("intake", "waiting", "keep_on_waiting_list", {"on": PAST}),
	("intake", "waiting", "keep_on_waiting_list", {"on": NO_DATE}),
	# Feedback
	("worker", "invitation", "record", {}),
	("worker", "invitation", "record", {"comments": "A", "given_on": FUTURE}),
	("worker", "invitation", "record", {"comments": "A", "given_on": PAST}),
	("worker", "invitation", "record", {"comments": A_LIST}),
	("worker", "invitation", "record", {"comments": "A", "channel": "Pigeon"}),
	("worker", "invitation", "record", {"comments": "A", "nature": "Rage"}),
	("worker", "invitation", "record", {"answers": "text for a table"}),
	("worker", "invitation", "record", {"answers": [{"question": "FQ-99999", "rating": "5"}]}),
	("worker", "invitation", "record", {"answers": [{"no_such_field": 1}]}),
	("worker", "invitation", "record", {"comments": "A", "support_used": [OTHER_LIST]}),
	("worker", "invitation", "give_without_name", {}),
	("worker", "invitation", "give_without_name", {"comments": "A", "given_on": FUTURE}),
	("worker", "invitation", "decline", {"on": FUTURE}),
	("worker", "invitation", "no_answer", {"on": PAST}),
	("worker", "invitation", "tell_client", {}),
	("lead", "invitation", "reply", {"answer": "A", "what_changed": "B"}),
	("worker", "feedback", "reply", {"answer": "A", "what_changed": "B"}),
	("lead", "feedback", "reply", {"answer": "A"}),
	("lead", "feedback", "reply", {"answer": "A", "what_changed": "B", "on": FUTURE}),
	("lead", "feedback", "reply", {"answer": "A", "what_changed": "B", "on": PAST}),
	("worker", "feedback", "decline", {}),
	("worker", "feedback", "give_without_name", {"comments": "A"}),
	# The client's own record
	("worker", "request", "decide", {"decision": "Granted"}),
	("lead", "request", "decide", {}),
	("lead", "request", "decide", {"decision": "Perhaps"}),
	("lead", "request", "decide", {"decision": "Refused"}),
	("lead", "request", "decide", {"decision": "Refused", **TOLD, "complaint_path_told": 0}),
	("lead", "request", "decide", {"decision": "Granted", "on": FUTURE}),
	("lead", "request", "decide", {"decision": "Granted", "on": PAST}),
	("lead", "request", "decide", {"decision": "Granted in Part", **TOLD}),
	("lead", "request", "decide", {"decision": "Granted in Part", **TOLD, "withheld": "text for a table"}),
	("lead", "request", "decide", {"decision": "Granted in Part", **TOLD, "withheld": [NOTES]}),
	(
		"lead",
		"request",
		"decide",
		{"decision": "Granted in Part", **TOLD, "withheld": [{**NOTES, "reason": OTHER_LIST}]},
	),
	(
		"lead",
		"request",
		"decide",
		{"decision": "Granted in Part", **TOLD, "withheld": [{"record_type": "User", "reason": SAFETY}]},
	),
	(
		"lead",
		"request",
		"decide",
		{
			"decision": "Granted in Part",
			**TOLD,
			"withheld": [{"record_type": "Support Goal", "record_name": "{other goal}", "reason": SAFETY}],
		},
	),
	("lead", "request", "decide", {"decision": "Granted", "withheld": [{**NOTES, "reason": SAFETY}]}),
	("lead", "request of another", "decide", {"decision": "Granted"}),
	("lead", "deletion", "decide", {"decision": "Granted in Part", **TOLD}),
	("lead", "complaint", "decide", {"decision": "Granted"}),
	("worker", "request", "extend_due", {}),
	("worker", "request", "extend_due", {"until": PAST, "reason": "A"}),
	("worker", "request", "extend_due", {"until": FUTURE, "reason": "A"}),
	("worker", "request", "extend_due", {"until": get_day(40)}),
	("worker", "request", "attach_statement", {}),
	(
		"worker",
		"request",
		"attach_statement",
		{"statement": "A", "record_type": "User", "record_name": "Guest"},
	),
	(
		"worker",
		"request",
		"attach_statement",
		{"statement": "A", "record_type": "Support Goal", "record_name": "{other goal}"},
	),
	("worker", "request", "attach_statement", {"statement": "A", "record_name": "{goal}"}),
	("lead", "request", "make_bundle", {}),
	("worker", "request", "complete", {"outcome": "Nothing was decided"}),
	("worker", "answered request", "complete", {}),
	("worker", "answered request", "complete", {"outcome": "Corrected", "on": FUTURE}),
	("worker", "answered request", "extend_due", {"until": get_day(40), "reason": "A"}),
	("lead", "answered request", "make_bundle", {}),
	# Who knows a client; who comes from another agency
	("worker", "declaration", "end", {"reason": "They do not mind"}),
	("lead", "declaration", "end", {}),
	("lead", "declaration", "end", {"reason": "They do not mind", "on": FUTURE}),
	("lead", "declaration", "end", {"reason": "They do not mind", "on": PAST}),
	("lead", "secondment", "give", {}),
	("lead", "secondment", "give", {"user": "nobody@example.org"}),
	("lead", "other secondment", "give", {"user": "{worker}", "agency": "{agency}", "to_date": get_day(9)}),
	("lead", "other secondment", "give", {"user": "{seconded}", "agency": "{agency}"}),
	("lead", "other secondment", "give", {"user": "{seconded}", "to_date": get_day(9)}),
	("lead", "other secondment", "give", {"user": "{seconded}", "agency": "No Such", "to_date": get_day(9)}),
	("lead", "other secondment", "give", {"user": "{seconded}", "agency": "{agency}", "to_date": PAST}),
	(
		"lead",
		"other secondment",
		"give",
		{"user": "{seconded}", "agency": "{agency}", "from_date": get_day(9), "to_date": get_day(8)},
	),
	# Who is in conflict with the client.
	("lead", "secondment", "give", {"user": "{seconded}", "agency": "{agency}", "to_date": get_day(9)}),
	("lead", "secondment", "extend", {"to_date": get_day(9)}),
	("lead", "secondment", "end", {}),
	("worker", "secondment", "not_met", {}),
	("worker", "secondment", "not_met", {"reason": OTHER_LIST}),
	("worker", "secondment", "not_met", {"reason": "Reason Service Not Provided-1", "on": FUTURE}),
	("worker", "secondment", "not_met", {"reason": "Reason Service Not Provided-1", "on": PAST}),
	("worker", "secondment", "withdraw", {}),
]


def name_case(case: tuple) -> str:
	_who, record, what, values = case
	given = {key: "long" if value == LONG else value for key, value in values.items()}
	return f"{record}-{what}-{json.dumps(given)}".replace(" ", "_")[:110]


def numbered(cases: list[tuple], name: Callable) -> list:
	return [pytest.param(*case, id=f"{number}-{name(case)}") for number, case in enumerate(cases)]


@pytest.mark.parametrize(("who", "record", "action", "values"), numbered(WRONG_ACTIONS, name_case))
def test_a_wrong_action_is_refused_and_changes_nothing(
	who: str, record: str, action: str, values: dict, records: dict, people: dict, users: dict
) -> None:
	doctype, name = records[record]
	given = fill_in(values, {**records, **users})
	before = people[who].read(doctype, name)
	answers = [(call, call(people[who], doctype, name, action, given)) for call in CALLS]
	after = people[who].read(doctype, name)
	for _call, answer in answers:
		check_refused(answer, name)
	assert after == before


def test_wrong_actions_left_no_records_behind(service: Service, records: dict) -> None:
	"""Runs after them: what follows from an action was not made either."""
	case, other = records["case"][1], records["other case"][1]
	assert len(service.worker.find("Case Meeting", client_case=case)) == 1
	assert len(service.worker.find("Support Goal", client_case=case)) == 2
	assert len(service.worker.find("Support Plan", client_case=case)) == 2
	assert len(service.worker.find("Disclosure", client=records["client"][1])) == 1
	assert service.worker.find("Client Case", head_case=case) == []
	assert service.worker.find("Client Assessment", client_case=other) == []
	assert service.lead.find("Unmet Need", intake=records["intake"][1]) == []
	assert service.lead.find("Client Case", intake=records["intake"][1]) == []


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
def test_a_record_that_does_not_exist_is_answered_as_one_that_is_hidden(
	call: Callable, service: Service
) -> None:
	answer = call(service.worker, "Client Case", "CASE-1999-00001", "activate", {})
	assert answer.status_code == FORBIDDEN
	assert "There is no such record, or it is not yours to see." in get_words(answer)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_program_that_does_not_exist_is_not_found(save: Callable, service: Service, records: dict) -> None:
	doctype, name = records["case"]
	before = service.worker.read(doctype, name)
	answer = save(service.worker, doctype, name, {"program": "No Such Program"})
	assert answer.status_code in (*REFUSED, NOT_FOUND), get_words(answer)
	assert "No Such Program" in get_words(answer)
	assert service.worker.read(doctype, name) == before


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
@pytest.mark.parametrize("action", ["validate", "set_team", "db_set", "add_event", "load_from_db"])
def test_a_method_that_is_no_action_is_not_called(
	call: Callable, action: str, service: Service, records: dict
) -> None:
	doctype, name = records["case"]
	before = get_stored(service.worker, doctype, name)
	answer = call(service.worker, doctype, name, action, {})
	assert answer.status_code in (*REFUSED, NOT_FOUND), get_words(answer)
	assert get_stored(service.worker, doctype, name) == before


@pytest.mark.parametrize("action", ["plan_exit", "start_assessment"])
def test_an_action_by_get_changes_nothing(action: str, service: Service, records: dict) -> None:
	doctype, name = records["other case"]
	before = service.worker.read(doctype, name)
	answer = service.worker.send("GET", get_path(doctype, name), params={"run_method": action})
	assert answer.status_code == 403, get_words(answer)
	assert service.worker.read(doctype, name) == before
	assert service.worker.find("Exit Plan", client_case=name) == []
	assert service.worker.find("Client Assessment", client_case=name) == []


# Plain saves

WRONG_SAVES = [
	("worker", "case", "status", {"status": "Closed"}),
	("worker", "case", "status", {"status": "Exit Planning"}),
	("worker", "case", "status", {"status": "Anything"}),
	("worker", "case", "status", {"status": A_LIST}),
	("worker", "case", "state", {"workflow_state": "Closed"}),
	("worker", "case", "state", {"workflow_state": "No Such State"}),
	("worker", "case", "status and state", {"status": "Closed", "workflow_state": "Closed"}),
	("worker", "case", "manager", {"case_manager": "nobody@example.org"}),
	("worker", "case", "manager", {"case_manager": "Administrator"}),
	("lead", "case", "manager", {"case_manager": "{lead}"}),
	("worker", "case", "manager", {"case_manager": None}),
	("worker", "case", "client", {"client": "{other client}"}),
	("worker", "case", "program", {"program": AN_OBJECT}),
	("worker", "case", "opened", {"opened_on": FUTURE}),
	("worker", "case", "opened", {"opened_on": NO_DATE}),
	("worker", "case", "exit", {"planned_exit_on": NO_DATE}),
	("worker", "case", "exit", {"planned_exit_on": AN_OBJECT}),
	("worker", "case", "head", {"head_case": "{case}"}),
	("worker", "case", "head", {"head_case": "CASE-1999-00001"}),
	("worker", "case", "reasons", {"reasons": "text for a table"}),
	("worker", "case", "reasons", {"reasons": [5]}),
	("worker", "case", "reasons", {"reasons": [{"reason": NO_CODE}]}),
	("worker", "case", "reasons", {"reasons": [{"reason": OTHER_LIST}]}),
	("worker", "case", "reasons", {"reasons": [{"reason": A_LIST}]}),
	("worker", "case", "team", {"team": "text for a table"}),
	("worker", "case", "stage", {"stage": A_LIST}),
	("worker", "case", "stage", {"stage": LONG}),
	("worker", "plan", "agreed", {"vision": "Changed after it was agreed"}),
	("worker", "plan", "agreed", {"needs": [{"need": "Added after it was agreed"}]}),
	("worker", "plan", "status", {"status": "Completed"}),
	("worker", "draft plan", "status", {"status": "Active"}),
	("worker", "draft plan", "case", {"client_case": "{other case}"}),
	("worker", "draft plan", "client", {"client": "{other client}"}),
	("worker", "draft plan", "offered", {"offered_on": FUTURE}),
	("worker", "draft plan", "offered", {"offered_on": PAST}),
	("worker", "draft plan", "declined", {"offer_answer": "Declined"}),
	("worker", "draft plan", "answer", {"offer_answer": "Perhaps"}),
	("worker", "draft plan", "vision", {"vision": LONG}),
	("worker", "goal", "status", {"status": "Proposed"}),
	("worker", "goal", "status", {"status": "On Hold"}),
	("worker", "goal", "status", {"status": "Nonsense"}),
	("worker", "goal", "plan", {"plan": "{empty plan}"}),
	("worker", "goal", "follows", {"follows_goal": "{other goal}"}),
	("worker", "goal", "case", {"client_case": "{other case}"}),
	("worker", "goal", "dates", {"start_on": NO_DATE}),
	("worker", "goal", "dates", {"target_on": PAST}),
	("worker", "goal", "confidence", {"confidence": 99}),
	("worker", "goal", "confidence", {"confidence": A_LIST}),
	("worker", "goal", "steps", {"steps": "text for a table"}),
	("worker", "goal", "steps", {"steps": [], "strategies": []}),
	("worker", "goal", "steps", {"steps": [{"step": "A", "due_on": NO_DATE}]}),
	("worker", "goal", "goal", {"goal": None}),
	("worker", "goal", "goal", {"goal": LONG}),
	("worker", "meeting", "status", {"status": "Held"}),
	("worker", "meeting", "case", {"client_case": "{other case}"}),
	("worker", "meeting", "case", {"client_case": "CASE-1999-00001"}),
	("worker", "meeting", "case", {"client_case": AN_OBJECT}),
	("worker", "meeting", "time", {"scheduled_on": NO_DATE}),
	("worker", "meeting", "time", {"scheduled_on": PAST}),
	("worker", "meeting", "held", {"held_on": FUTURE}),
	("worker", "meeting", "minutes", {"minutes": 10**30}),
	("worker", "meeting", "minutes", {"minutes": A_LIST}),
	("worker", "meeting", "goals", {"goals": [{"goal": "{other goal}"}]}),
	("worker", "meeting", "goals", {"goals": [{"goal": "{goal}", "worker_rating": 99}]}),
	("worker", "meeting", "kind", {"kind": "Tea"}),
	("worker", "meeting", "attendees", {"attendees": [{"kind": "Ghost"}]}),
	("worker", "meeting", "reason", {"missed_reason": OTHER_LIST}),
	("worker", "referral", "status", {"status": "Sent"}),
	("worker", "referral", "agency", {"agency": "No Such Agency"}),
	("worker", "referral", "goal", {"goal": "{other goal}"}),
	("worker", "referral", "consent", {"consent": "{other consent}"}),
	("worker", "sent referral", "sent", {"reason": "Something else"}),
	("worker", "sent referral", "sent", {"what_was_shared": "Everything"}),
	("worker", "consent", "given", {"given_on": FUTURE}),
	("worker", "consent", "purpose", {"purpose": OTHER_LIST}),
	("worker", "consent", "case", {"client_case": "{other case}"}),
	("worker", "note", "case", {"client_case": "{closed}"}),
	("worker", "note", "minutes", {"minutes": 10**30}),
	("worker", "note", "goal", {"goal": "{other goal}"}),
	("worker", "follow-up", "status", {"status": "Done"}),
	("worker", "follow-up", "due", {"due_on": NO_DATE}),
	("worker", "exit plan", "status", {"status": "Agreed"}),
	("worker", "exit plan", "destination", {"destination": "Consent Purpose-referral"}),
	("worker", "assessment", "status", {"status": "Agreed"}),
	("worker", "assessment", "rating", {"domains": [{"domain": "No Such Domain"}]}),
	("worker", "client", "born", {"birth_date": FUTURE}),
	("worker", "client", "born", {"birth_date": NO_DATE}),
	("worker", "client", "name", {"preferred_name": None}),
	("worker", "client", "name", {"preferred_name": LONG}),
	("worker", "client", "name", {"preferred_name": AN_OBJECT}),
	("worker", "client", "living", {"living_arrangement": OTHER_LIST}),
	("worker", "client", "ways", {"contact_ways": "text for a table"}),
	("intake", "intake", "status", {"status": "Accepted"}),
	("intake", "intake", "status", {"status": "Not Accepted", "decision_reason": NO_CODE}),
	("intake", "intake", "state", {"workflow_state": "Accepted"}),
	("intake", "intake", "worker", {"intake_worker": "nobody@example.org"}),
	("intake", "intake", "first", {"first_contact_on": FUTURE}),
	("intake", "intake", "match", {"match_choice": "CL-99999"}),
	("intake", "intake", "reasons", {"reasons": [{"reason": OTHER_LIST}]}),
	("intake", "intake", "companions", {"companions": [{"person_name": "A", "birth_date": FUTURE}]}),
	("worker", "incident", "status", {"status": "Closed"}),
	("worker", "incident", "when", {"occurred_on": f"{FUTURE} 10:00:00"}),
	("worker", "incident", "when", {"occurred_on": NO_DATE}),
	("worker", "incident", "type", {"incident_type": OTHER_LIST}),
	("worker", "incident", "risk", {"ongoing_risk": 1}),
	("worker", "incident", "what", {"what_happened": None}),
	("worker", "incident", "follow", {"follow_up_due": PAST}),
	("worker", "incident", "people", {"people_at_risk": [{"person": "A", "related_client": "CL-99999"}]}),
	(
		"worker",
		"incident",
		"people",
		{"people_at_risk": [{"person": "A", "related_client": "{other client}"}]},
	),
	("worker", "risk", "risk", {"ongoing_risk": 0}),
	("worker", "safety plan", "review", {"review_due": PAST}),
	("worker", "safety plan", "words", {"what_to_do": None}),
	("worker", "safety plan", "words", {"safe_places": LONG}),
	("worker", "old safety plan", "words", {"what_to_do": "Changed when it was replaced"}),
	("worker", "invitation", "status", {"status": "Answered"}),
	("worker", "invitation", "response", {"response": "Declined", "comments": "No, thank you"}),
	("worker", "invitation", "response", {"response": "Given"}),
	("worker", "invitation", "response", {"response": "Perhaps"}),
	("worker", "invitation", "answers", {"answers": [{"question": "FQ-99999", "rating": "5"}]}),
	("worker", "invitation", "anonymous", {"anonymous": 1}),
	("worker", "feedback", "given", {"given_on": FUTURE}),
	("worker", "feedback", "status", {"status": "Answered"}),
	("worker", "stay", "from", {"from_date": FUTURE}),
	("worker", "stay", "from", {"from_date": NO_DATE}),
	("worker", "stay", "from", {"from_date": None}),
	("worker", "stay", "to", {"to_date": PAST}),
	("worker", "stay", "type", {"accommodation_type": "Tenure Type-renting"}),
	("worker", "stay", "tenure", {"tenure": "Accommodation Type-crisis"}),
	("worker", "stay", "own", {"is_independent": 1, "provided_by_program": 1}),
	("lead", "request", "status", {"status": "Decided"}),
	("worker", "request", "status", {"status": "Completed"}),
	("worker", "request", "about", {"record_type": "User", "record_name": "Guest"}),
	("worker", "request", "about", {"record_type": "Support Goal", "record_name": "{other goal}"}),
	("worker", "request", "about", {"record_name": "{goal}"}),
	("worker", "request", "received", {"received_on": FUTURE}),
	("worker", "answered request", "asked", {"what_is_asked": "Something else"}),
	("worker", "declaration", "worker", {"user": "{worker}"}),
	("worker", "declaration", "client", {"client": "{other client}"}),
	("worker", "declaration", "day", {"declared_on": FUTURE}),
	("worker", "secondment", "status", {"status": "Given"}),
	("worker", "secondment", "status", {"status": "Not Met"}),
	("worker", "secondment", "wanted", {"wanted": None}),
	("worker", "secondment", "reason", {"reason": OTHER_LIST}),
	("worker", "sensitive", "rating", {"client_rating": 99}),
	("worker", "sensitive", "rating", {"client_rating": A_LIST}),
	("worker", "sensitive", "domain", {"domain": "No Such Domain"}),
	("worker", "sensitive", "assessment", {"assessment": "ASMT-1999-00001"}),
]


@pytest.mark.parametrize(("who", "record", "what", "values"), numbered(WRONG_SAVES, name_case))
def test_a_wrong_save_is_refused_and_changes_nothing(
	who: str, record: str, what: str, values: dict, records: dict, people: dict, users: dict
) -> None:
	doctype, name = records[record]
	given = fill_in(values, {**records, **users})
	before = people[who].read(doctype, name)
	answers = [save(people[who], doctype, name, given) for save in SAVES]
	after = people[who].read(doctype, name)
	for answer in answers:
		check_refused(answer, name)
	assert after == before


# What a save sets in fields that only code sets is not taken over

KEPT = [
	("case", {"team": [{"user": "Administrator", "team_role": "Co-worker", "from_date": PAST}]}),
	("case", {"team": []}),
	("case", {"events": []}),
	("case", {"next_meeting_on": f"{FUTURE} 10:00:00"}),
	("case", {"rights_acknowledged_on": PAST, "rights_acknowledged_by": "Nobody"}),
	("case", {"end_reason": "Support Period End Reason-2", "closed_on": PAST, "team_access_until": FUTURE}),
	("case", {"evaluation_offered_on": PAST, "evaluation_answer": "Took Part"}),
	("case", {"owner": "Guest", "creation": f"{PAST} 10:00:00"}),
	("draft plan", {"agreed_on": PAST, "agreed_how": "Not at all", "version": 7, "revises": "{plan}"}),
	("draft plan", {"agreed_goals": [{"goal": "{other goal}"}], "superseded_by": "{plan}"}),
	("goal", {"client_rating": "9", "worker_rating": "9", "last_discussed_on": PAST}),
	("meeting", {"next_meeting": "{other meeting}", "previous_meeting": "{other meeting}"}),
	("note", {"addenda": [{"text": "Not by an action"}]}),
	("referral", {"sent_on": PAST, "answered_on": PAST, "outcome_on": PAST}),
	("consent", {"withdrawn_on": PAST, "withdrawal_note": "No"}),
	("follow-up", {"done_on": PAST, "outcome": "Well", "achievements_kept": "Yes"}),
	("exit plan", {"given_on": PAST, "version": 9, "agreed_on": PAST}),
	("assessment", {"agreed_on": PAST, "version": 9, "revises": "{assessment}"}),
	("client", {"name_sound": "X", "retain_until": PAST}),
	("case", {"stage_history": [{"stage": "Building", "from_date": PAST}], "manager_in_conflict": 1}),
	("incident", {"lead_told_on": f"{PAST} 10:00:00", "risk_ended_on": PAST, "reported_on": PAST}),
	("incident", {"closed_on": PAST, "closing_note": "No", "safety_plan": "{safety plan}"}),
	("safety plan", {"is_current": 0, "version": 9, "given_on": PAST, "superseded_by": "{old safety plan}"}),
	("feedback", {"answer": "A", "what_changed": "B", "answered_on": PAST, "client_told_on": PAST}),
	("request", {"decision": "Granted", "decided_on": PAST, "due_on": FUTURE}),
	("request", {"bundle": "/private/files/x.zip", "stated_on": PAST, "completed_on": PAST}),
	("declaration", {"ended_on": PAST, "ended_reason": "No", "involved": 1, "people_told": "{worker}"}),
	("secondment", {"user": "{seconded}", "from_date": PAST, "to_date": FUTURE, "answered_on": PAST}),
	("sensitive", {"previous_client_rating": "9", "previous_worker_rating": "9"}),
]


def name_kept(case: tuple) -> str:
	record, values = case
	return f"{record}-{'-'.join(values)}"


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
@pytest.mark.parametrize(("record", "values"), numbered(KEPT, name_kept))
def test_a_save_leaves_what_only_actions_set(
	record: str, values: dict, save: Callable, records: dict, service: Service, users: dict
) -> None:
	doctype, name = records[record]
	before = get_stored(service.worker, doctype, name)
	answer = save(service.worker, doctype, name, fill_in(values, {**records, **users}))
	assert answer.status_code in (200, *REFUSED), get_words(answer)
	assert get_stored(service.worker, doctype, name) == before


# New records

HERE = {"client": "{client}", "client_case": "{case}"}
THERE = {"client": "{other client}", "client_case": "{other case}"}
TELLING = {"incident_type": "Incident Type-violence", "what_happened": "A", "actions_taken": "B"}
CRISIS = "Accommodation Type-crisis"
WRONG_RECORDS = [
	("Case Note", {"note": "A"}),
	("Case Note", {**HERE, "kind": "Contact"}),
	("Case Note", {**HERE, "note": "A", "client_case": "{other case}"}),
	("Case Note", {**HERE, "note": "A", "client": "{other client}"}),
	("Case Note", {**HERE, "note": "A", "goal": "{other goal}"}),
	("Case Note", {**HERE, "note": "A", "noted_on": FUTURE}),
	("Case Note", {**HERE, "note": "A", "noted_on": PAST}),
	("Case Note", {**HERE, "note": "A", "noted_on": NO_DATE}),
	("Case Note", {**HERE, "note": "A", "kind": "Gossip"}),
	("Case Note", {**HERE, "note": "A", "naming_series": "CL-.#####"}),
	("Case Note", {**HERE, "note": "A", "client_case": A_LIST}),
	("Case Meeting", {**HERE}),
	("Case Meeting", {**HERE, "scheduled_on": NO_DATE}),
	("Case Meeting", {**HERE, "scheduled_on": get_time(days=1), "status": "Held"}),
	("Case Meeting", {**HERE, "scheduled_on": get_time(days=1), "goals": [{"goal": "{other goal}"}]}),
	("Case Meeting", {**HERE, "scheduled_on": get_time(days=1), "client_case": "{other case}"}),
	("Support Plan", {**HERE, "status": "Active"}),
	("Support Plan", {**HERE, "offered_on": FUTURE}),
	("Support Plan", {**HERE, "offer_answer": "Declined"}),
	("Support Goal", {**HERE}),
	("Support Goal", {**HERE, "goal": "A", "plan": "{empty plan}"}),
	("Support Goal", {**HERE, "goal": "A", "status": "Achieved"}),
	("Support Goal", {**HERE, "goal": "A", "steps": "text for a table"}),
	("Support Goal", {**HERE, "goal": "A", "steps": [[1]]}),
	("Support Goal", {**HERE, "goal": "A", "goal_kind": A_LIST}),
	("Case Referral", {**HERE, "help_kind": "Formal", "reason": "A", "agency": "No Such Agency"}),
	("Case Referral", {**HERE, "help_kind": "Formal", "reason": "A"}),
	("Client Consent", {"client": "{client}", "purpose": OTHER_LIST, "given_on": get_day()}),
	("Client Consent", {"client": "{client}", "purpose": "Consent Purpose-referral", "given_on": FUTURE}),
	("Client Consent", {"client": "CL-99999", "purpose": "Consent Purpose-referral", "given_on": get_day()}),
	("Exit Plan", {**HERE, "offered_on": PAST}),
	("Case Follow Up", {**HERE, "due_on": NO_DATE}),
	("Disclosure", {**HERE, "purpose": "Consent Purpose-referral"}),
	("Critical Incident", {**HERE}),
	("Critical Incident", {**HERE, **TELLING, "incident_type": OTHER_LIST}),
	("Critical Incident", {**HERE, **TELLING, "occurred_on": f"{FUTURE} 10:00:00"}),
	("Critical Incident", {**HERE, **TELLING, "status": "Closed"}),
	("Critical Incident", {**HERE, **TELLING, "police": "Perhaps"}),
	(
		"Critical Incident",
		{**HERE, **TELLING, "people_at_risk": [{"person": "A", "related_client": "{client}"}]},
	),
	("Critical Incident", {**THERE, **TELLING, "ongoing_risk": 1}),
	("Safety Plan", {**HERE}),
	("Safety Plan", {**HERE, **SAFE_WORDS, "made_on": FUTURE}),
	("Safety Plan", {**HERE, **SAFE_WORDS, "made_on": PAST}),
	("Safety Plan", {**HERE, **SAFE_WORDS, "review_due": PAST}),
	("Safety Plan", {**HERE, **SAFE_WORDS, "people": [{"relationship": "No name"}]}),
	("Client Feedback", {**HERE, "status": "Answered", "comments": "A"}),
	("Client Feedback", {**HERE, "anonymous": 1, "comments": "A"}),
	("Client Feedback", {**HERE, "response": "Given"}),
	("Client Feedback", {**HERE, "response": "Declined", "comments": "A"}),
	("Client Feedback", {**HERE, "comments": "A", "given_on": FUTURE}),
	("Client Feedback", {**HERE, "answers": [{"question": "FQ-99999", "rating": "5"}]}),
	("Client Feedback", {"comments": "A", "client": "{client}"}),
	("Accommodation Stay", {**HERE, "accommodation_type": CRISIS}),
	("Accommodation Stay", {**HERE, "accommodation_type": OTHER_LIST, "from_date": get_day()}),
	("Accommodation Stay", {**HERE, "accommodation_type": CRISIS, "from_date": FUTURE}),
	("Accommodation Stay", {**HERE, "accommodation_type": CRISIS, "from_date": get_day(), "to_date": PAST}),
	("Accommodation Stay", {**HERE, "accommodation_type": CRISIS, "from_date": get_day()}),
	(
		"Accommodation Stay",
		{**THERE, "accommodation_type": CRISIS, "from_date": PAST, "provided_by_program": 1},
	),
	("Record Request", {**HERE, "kind": "Access"}),
	("Record Request", {**HERE, "kind": "Wish", "what_is_asked": "A"}),
	("Record Request", {**HERE, "kind": "Access", "what_is_asked": "A", "received_on": FUTURE}),
	("Record Request", {**HERE, "kind": "Access", "what_is_asked": "A", "status": "Decided"}),
	("Record Request", {**HERE, "kind": "Statement", "what_is_asked": "A", "record_type": "User"}),
	(
		"Record Request",
		{
			**HERE,
			"kind": "Statement",
			"what_is_asked": "A",
			"record_type": "Support Goal",
			"record_name": "{other goal}",
		},
	),
	*[
		(doctype, {"client": "{client}", "client_case": "CASE-1999-00001", **values})
		for doctype, values in (
			("Critical Incident", TELLING),
			("Safety Plan", SAFE_WORDS),
			("Client Feedback", {"comments": "A"}),
			("Accommodation Stay", {"accommodation_type": CRISIS, "from_date": get_day()}),
			("Record Request", {"kind": "Access", "what_is_asked": "A"}),
			("Seconded Worker Request", {"wanted": "A"}),
			("Sensitive Rating", {"assessment": "{assessment}", "domain": "Mental Wellbeing"}),
		)
	],
	("Conflict Declaration", {"client": "CL-99999"}),
	("Conflict Declaration", {"client": "{client}", "user": "{lead}"}),
	("Conflict Declaration", {"client": "{client}", "declared_by": "Team Leader", "user": "{lead}"}),
	("Conflict Declaration", {"client": "{client}", "declared_by": "Client"}),
	("Conflict Declaration", {"client": "{client}", "declared_by": "Client", "user": "Guest"}),
	("Conflict Declaration", {"client": "{client}", "declared_by": "Client", "user": "Administrator"}),
	("Conflict Declaration", {"client": "{client}", "declared_by": "Client", "user": "{seconded}"}),
	("Conflict Declaration", {"client": "{client}", "declared_on": FUTURE}),
	("Seconded Worker Request", {**HERE}),
	("Seconded Worker Request", {**HERE, "wanted": "A", "reason": OTHER_LIST}),
	("Seconded Worker Request", {**HERE, "wanted": "A", "status": "Given"}),
	("Seconded Worker Request", {**HERE, "wanted": "A", "requested_on": FUTURE}),
	("Seconded Worker Request", {**HERE, "wanted": "A", "agency": "No Such Agency"}),
	("Sensitive Rating", {**HERE, "assessment": "{assessment}", "domain": "Housing"}),
	("Sensitive Rating", {**HERE, "assessment": "{assessment}", "domain": "Mental Wellbeing"}),
	("Sensitive Rating", {**THERE, "assessment": "{assessment}", "domain": "Mental Wellbeing"}),
	("Sensitive Rating", {**HERE, "domain": "Mental Wellbeing"}),
]


@pytest.mark.parametrize(
	("doctype", "values"), numbered(WRONG_RECORDS, lambda case: f"{case[0]}-{'-'.join(case[1])}")
)
def test_a_wrong_record_is_not_made(
	doctype: str, values: dict, records: dict, service: Service, users: dict
) -> None:
	given = fill_in(values, {**records, **users})
	before = service.worker.find(doctype)
	answers = [
		service.worker.send("POST", get_path(doctype), json=given),
		service.worker.send("POST", f"v2/document/{quote(doctype)}/", json=given),
	]
	assert service.worker.find(doctype) == before
	for answer in answers:
		check_refused(answer, doctype)


@pytest.mark.parametrize(
	("doctype", "values"),
	[
		("Case Note", {"note": "After the end"}),
		("Case Meeting", {"scheduled_on": get_time(days=1)}),
		("Support Plan", {}),
		("Support Goal", {"goal": "After the end"}),
		("Client Assessment", {}),
	],
)
def test_nothing_is_recorded_on_a_closed_case(
	doctype: str, values: dict, records: dict, service: Service
) -> None:
	case = records["closed"][1]
	client = service.worker.read("Client Case", case)["client"]
	before = service.worker.find(doctype, client_case=case)
	answer = service.worker.send(
		"POST", get_path(doctype), json={"client": client, "client_case": case, **values}
	)
	check_refused(answer, f"New {doctype}")
	assert "closed" in get_words(answer)
	assert service.worker.find(doctype, client_case=case) == before


def test_no_record_is_deleted_over_rest(records: dict, people: dict) -> None:
	for doctype, name in records.values():
		for who in ("worker", "lead"):
			answer = people[who].send("DELETE", get_path(doctype, name))
			assert answer.status_code in (*REFUSED, NOT_FOUND), f"{doctype} {name}: {get_words(answer)}"
	for doctype, name in records.values():
		assert people["lead"].read(doctype, name)["name"] == name


# What only code makes, and what an administrator sets up


@pytest.mark.parametrize("doctype", ["Emergency Access", "Client Access Log", "Record Disposal"])
def test_what_only_code_makes_is_made_by_nobody(doctype: str, service: Service, records: dict) -> None:
	before = service.lead.find(doctype)
	given = {"client": records["client"][1], "reason": "I should like to", "access_kind": "Opened"}
	for person in (service.lead, service.worker, service.intake):
		check_refused(person.send("POST", get_path(doctype), json=given), doctype)
	for row in before[:1]:
		for save in SAVES:
			answer = save(service.lead, doctype, row["name"], {"client": records["other client"][1]})
			check_refused(answer, row["name"])
		assert not service.lead.send("DELETE", get_path(doctype, row["name"])).ok
	assert service.lead.find(doctype) == before


WRONG_SETUP = [
	("Practice Standard", {"standard_number": "X1", "area": "Planning", "title": " "}),
	("Practice Standard", {"standard_number": "X1", "area": "Planning", "title": "A", "target": 101}),
	("Practice Standard", {"standard_number": "X1", "area": "Planning", "title": "A", "target": -1}),
	("Practice Standard", {"standard_number": "X1", "area": "Planning", "title": "A", "days_allowed": -1}),
	("Practice Standard", {"standard_number": "X1", "area": "Cooking", "title": "A"}),
	(
		"Practice Standard",
		{"standard_number": "X1", "title": "A", "area": "Planning", "check_name": "os.system"},
	),
	("Feedback Question", {"answer_kind": "Text"}),
	("Feedback Question", {"question": "How?", "answer_kind": "Song"}),
]


@pytest.mark.parametrize(
	("doctype", "values"), numbered(WRONG_SETUP, lambda case: f"{case[0]}-{'-'.join(case[1])}")
)
def test_a_wrong_setting_up_is_refused(
	doctype: str, values: dict, case_url: str, session: Callable, logins: dict
) -> None:
	role = "Case Management Admin"
	admin = Person(case_url, session(role), logins[role]["user"])
	before = admin.find(doctype)
	answer = admin.send("POST", get_path(doctype), json=values)
	assert answer.status_code == 417, get_words(answer)
	assert "Traceback" not in get_words(answer)
	assert admin.find(doctype) == before
