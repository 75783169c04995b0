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
LONG = "x" * 100_000
PAST, FUTURE = "1990-01-01", "2999-12-31"
NO_DATE = "not-a-date"
A_LIST, AN_OBJECT = ["a", "b"], {"like": ["like", "%"]}
NO_CODE = "No Such List-1"
OTHER_LIST = "Exit Destination-101"
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
def records(service: Service) -> dict[str, tuple[str, str]]:
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
	}


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
]


def name_case(case: tuple) -> str:
	_who, record, what, values = case
	given = {key: "long" if value == LONG else value for key, value in values.items()}
	return f"{record}-{what}-{json.dumps(given)}".replace(" ", "_")[:110]


def numbered(cases: list[tuple], name: Callable) -> list:
	return [pytest.param(*case, id=f"{number}-{name(case)}") for number, case in enumerate(cases)]


@pytest.mark.parametrize(("who", "record", "action", "values"), numbered(WRONG_ACTIONS, name_case))
def test_a_wrong_action_is_refused_and_changes_nothing(
	who: str, record: str, action: str, values: dict, records: dict, people: dict
) -> None:
	doctype, name = records[record]
	given = fill_in(values, {**records, "worker": ("User", people["worker"].user)})
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
def test_a_record_that_does_not_exist_is_not_found(call: Callable, service: Service) -> None:
	assert call(service.worker, "Client Case", "CASE-1999-00001", "activate", {}).status_code == NOT_FOUND


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
]


@pytest.mark.parametrize(("who", "record", "what", "values"), numbered(WRONG_SAVES, name_case))
def test_a_wrong_save_is_refused_and_changes_nothing(
	who: str, record: str, what: str, values: dict, records: dict, people: dict
) -> None:
	doctype, name = records[record]
	given = fill_in(values, {**records, "lead": ("User", people["lead"].user)})
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
]


def name_kept(case: tuple) -> str:
	record, values = case
	return f"{record}-{'-'.join(values)}"


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
@pytest.mark.parametrize(("record", "values"), numbered(KEPT, name_kept))
def test_a_save_leaves_what_only_actions_set(
	record: str, values: dict, save: Callable, records: dict, service: Service
) -> None:
	doctype, name = records[record]
	before = get_stored(service.worker, doctype, name)
	answer = save(service.worker, doctype, name, fill_in(values, records))
	assert answer.status_code in (200, *REFUSED), get_words(answer)
	assert get_stored(service.worker, doctype, name) == before


# New records

HERE = {"client": "{client}", "client_case": "{case}"}
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
]


@pytest.mark.parametrize(
	("doctype", "values"), numbered(WRONG_RECORDS, lambda case: f"{case[0]}-{'-'.join(case[1])}")
)
def test_a_wrong_record_is_not_made(doctype: str, values: dict, records: dict, service: Service) -> None:
	given = fill_in(values, records)
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
