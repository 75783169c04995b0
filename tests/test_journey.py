"""A whole journey over REST: the example of `docs/api.md`, word for word, and each step by who may take it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
TODAY = date.today()

WORKER, LEADER, INTAKE = "Case Worker", "Case Manager Lead", "Case Intake Worker"
SECONDED, ADMIN, AUDITOR = "Seconded Case Worker", "Case Management Admin", "Case Auditor"
# Who may not take a step of an intake; who may not take one of a case they are not on the team of.
NOT_INTAKES = (SECONDED, ADMIN, AUDITOR)
NOT_CASES = (INTAKE, SECONDED, ADMIN, AUDITOR)


# The example


@pytest.fixture(scope="module")
def example(case_url: str, logins: dict[str, dict]) -> dict:
	"""What the names of the example hold after it ran."""
	code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL).group(1)
	rows = [{"role": role, **login} for role, login in logins.items()]
	names: dict = {"__name__": "example"}
	with pytest.MonkeyPatch.context() as patch:
		patch.setenv("CASE_URL", case_url)
		patch.setenv("CASE_LOGINS", json.dumps(rows))
		exec(compile(code, str(PAGE), "exec"), names)
	return names


def test_b4_accepting_makes_a_client_and_a_case_for_each_who_needs_support(
	example: dict, read: Callable
) -> None:
	case = read(WORKER, "Client Case", example["case"])
	child = read(WORKER, "Client Case", example["child_case"])
	assert case["intake"] == example["intake"]
	assert read(WORKER, "Client", example["client"])["preferred_name"] == "Tansy Sampleby"
	assert (child["head_case"], child["client_name"]) == (example["case"], "Wattle Sampleby")


def test_c20_the_case_manager_is_who_was_named(example: dict, read: Callable) -> None:
	case = read(WORKER, "Client Case", example["case"])
	assert case["case_manager"] == example["worker"].user
	assert [row["user"] for row in case["team"]] == [example["worker"].user]


def test_b4_the_rights_statement_and_the_agreement_make_the_case_active(
	example: dict, read: Callable
) -> None:
	assert example["activated"] == {"name": example["case"], "status": "Active", "missing": []}
	case = read(WORKER, "Client Case", example["case"])
	assert (case["rights_acknowledged_by"], case["rights_format"]) == ("Client", "Read aloud")
	assert read(WORKER, "Service Policy", case["rights_policy"])["kind"] == "Rights and Responsibilities"


def test_b7_the_child_has_an_assessment_and_a_plan_of_its_own(example: dict, read: Callable) -> None:
	assessment = read(WORKER, "Client Assessment", example["child_assessment"])
	plan = read(WORKER, "Support Plan", example["child_plan"])
	assert assessment["status"] == "Agreed"
	assert assessment["client"] == plan["client"] != example["client"]
	assert all(row["domain"].startswith("Child:") for row in assessment["domains"])


def test_b6_ratings_given_as_numbers_and_as_text_are_stored_alike(example: dict, read: Callable) -> None:
	of_child = read(WORKER, "Client Assessment", example["child_assessment"])["domains"]
	child = next(row for row in of_child if not row["recorded_apart"])
	adult = read(WORKER, "Client Assessment", example["assessment"])["domains"][0]
	assert (child["client_rating"], child["worker_rating"]) == ("6", "5")
	assert (adult["client_rating"], adult["worker_rating"]) == ("3", "4")


def test_b9_the_plan_takes_over_the_need_and_keeps_its_goals_as_agreed(example: dict, read: Callable) -> None:
	plan = read(WORKER, "Support Plan", example["plan"])
	assert [row["need"] for row in plan["needs"]] == ["A place to live"]
	assert [row["goal"] for row in plan["agreed_goals"]] == [example["home"], example["savings"]]
	assert example["agreed"]["goals"] == [example["home"], example["savings"]]
	assert plan["agreed_goals"][0]["actions"].splitlines()[0] == example["strategy"]


def test_c7_the_meetings_ratings_are_the_goals(example: dict, read: Callable) -> None:
	goal = read(WORKER, "Support Goal", example["home"])
	assert (goal["client_rating"], goal["worker_rating"]) == ("5", "4")
	assert goal["last_discussed_on"] == read(WORKER, "Case Meeting", example["meeting"])["held_on"]


def test_c42_a_strategy_that_worked_stays_in_use(example: dict, read: Callable) -> None:
	(row,) = read(WORKER, "Support Goal", example["home"])["strategies"]
	assert (row["status"], row["effectiveness"]) == ("In Use", "Worked")


def test_c40_a_goal_achieved_in_the_meeting_is_achieved(example: dict, read: Callable) -> None:
	goal = read(WORKER, "Support Goal", example["savings"])
	assert goal["status"] == "Achieved"
	assert goal["achieved_on"] == read(WORKER, "Case Meeting", example["meeting"])["held_on"]


def test_c33_steps_are_done_or_dropped_before_the_case_closes(example: dict, read: Callable) -> None:
	steps = read(WORKER, "Support Goal", example["home"])["steps"]
	assert [(row["step"], row["status"]) for row in steps] == [
		("Register for housing", "Done"),
		("Call the agent", "Dropped"),
	]


def test_c21_holding_a_meeting_makes_the_next_and_closing_cancels_it(example: dict, read: Callable) -> None:
	following = read(WORKER, "Case Meeting", example["held"]["next_meeting"])
	assert following["previous_meeting"] == example["meeting"]
	assert following["status"] == "Cancelled"


def test_rule_7_the_referral_left_a_disclosure_with_its_consent(example: dict, read: Callable) -> None:
	disclosure = read(WORKER, "Disclosure", example["sent"]["disclosure"])
	assert disclosure["consent"] == example["consent"]
	assert disclosure["what_was_shared"] == "Name and number"
	assert read(WORKER, "Case Referral", example["referral"])["status"] == "Completed"


def test_b22_the_exit_plan_keeps_what_was_achieved_and_names_who_helps(example: dict, read: Callable) -> None:
	plan = read(WORKER, "Exit Plan", example["exit_plan"])
	(row,) = plan["achievements"]
	assert (row["goal"], row["how_kept"]) == (example["savings"], "A standing order")
	assert [row["need"] for row in plan["ongoing_needs"]] == ["A flat with a door of our own"]
	assert {"Service Provider"} == {row["kind"] for row in plan["supports"]}
	assert (plan["status"], bool(plan["given_on"])) == ("Completed", True)


def test_b23_the_follow_up_agreed_was_made_and_done(example: dict, read: Callable) -> None:
	follow_up = read(LEADER, "Case Follow Up", example["follow_up"])
	assert (follow_up["due_on"], follow_up["way"]) == (example["in_a_month"], "Phone, after four")
	assert (follow_up["status"], follow_up["needs_support_again"]) == ("Done", 1)


def test_the_closed_childs_case_stays_closed(example: dict, read: Callable) -> None:
	child = read(LEADER, "Client Case", example["child_case"])
	assert (child["status"], child["closure_exception"]) == ("Closed", "Closure Without Exit Plan-other")


def test_the_history_keeps_the_closure_and_the_return(example: dict, read: Callable) -> None:
	case = read(LEADER, "Client Case", example["case"])
	events = [row["event"] for row in case["events"]]
	assert events == ["Opened", "Activated", "Exit Planning", "Closed", "Reopened"]
	assert case["events"][-1]["reason"] == "The lease was not renewed"
	assert (case["status"], case.get("closed_on"), case.get("end_reason")) == ("Active", None, None)


def test_c21_the_reopened_case_has_a_meeting_to_come(example: dict, read: Callable) -> None:
	filters = {"client_case": example["case"], "status": "Scheduled"}
	assert len(read(WORKER, "Case Meeting", filters=filters)) == 1


# Each step by who may take it


@dataclass
class Step:
	"""An action of a journey.

	:param on: the DocType, and where its code is in the world
	:param given: the arguments, made from the world
	:param expect: what the answer must say
	:param keep: where the world keeps what of the answer
	"""

	on: tuple[str, str]
	method: str
	role: str
	given: Callable[[dict], dict] = lambda world: {}
	expect: dict = field(default_factory=dict)
	keep: dict = field(default_factory=dict)
	not_for: tuple[str, ...] = NOT_CASES


END = {"end_reason": "Support Period End Reason-3", "destination": "Exit Destination-410"}
IN_A_WEEK = f"{TODAY + timedelta(days=7)} 11:00:00"

STEPS = (
	Step(("Client Intake", "intake"), "respond", INTAKE, expect={"status": "Screening"}, not_for=NOT_INTAKES),
	Step(
		("Client Intake", "intake"),
		"inform_of_process",
		INTAKE,
		lambda world: {"on": world["told"], "how": "At the door"},
		not_for=NOT_INTAKES,
	),
	Step(
		("Client Intake", "intake"),
		"accept",
		INTAKE,
		lambda world: {"new_person": 1, "case_manager": world["manager"], "informed_how": "At the door"},
		expect={"members": []},
		keep={"client": "client", "case": "client_case"},
		not_for=NOT_INTAKES,
	),
	Step(
		("Client Case", "case"),
		"acknowledge_rights",
		WORKER,
		lambda world: {"language": "English", "format": "On paper"},
		expect={"status": "Active", "missing": []},
	),
	Step(("Client Case", "case"), "activate", WORKER, expect={"status": "Active"}),
	Step(("Client Case", "case"), "start_assessment", WORKER, keep={"assessment": "assessment"}),
	Step(
		("Client Assessment", "assessment"),
		"agree",
		WORKER,
		lambda world: {"how": "Spoken", "participation": "In Part"},
		expect={"status": "Agreed"},
	),
	Step(("Client Assessment", "assessment"), "make_plan", WORKER, keep={"plan": "plan"}),
	Step(
		("Support Plan", "plan"),
		"add_goal",
		WORKER,
		lambda world: {"goal": "Sing in the choir", "steps": ["Ask when they meet"]},
		keep={"goal": "goal"},
	),
	Step(("Support Plan", "plan"), "share_with_client", WORKER, expect={"status": "With Client"}),
	Step(("Support Plan", "plan"), "agree", WORKER, expect={"status": "Active"}),
	Step(
		("Support Goal", "goal"),
		"add_step",
		WORKER,
		lambda world: {"step": "Go and listen", "responsible": "Together"},
		keep={"step_row": "step_row"},
	),
	Step(
		("Support Goal", "goal"),
		"drop_step",
		WORKER,
		lambda world: {"step_row": world["step_row"]},
		expect={"status": "Dropped"},
	),
	Step(
		("Client Case", "case"),
		"schedule_meeting",
		WORKER,
		lambda world: {"scheduled_on": IN_A_WEEK},
		keep={"meeting": "meeting"},
	),
	Step(
		("Case Meeting", "meeting"),
		"hold",
		WORKER,
		lambda world: {"goals": [{"goal": world["goal"], "client_rating": 7}], "decisions": ["Tuesdays"]},
		expect={"status": "Held"},
		keep={"next_meeting": "next_meeting"},
	),
	Step(
		("Client Case", "case"),
		"add_team_member",
		LEADER,
		lambda world: {
			"user": world["seconded"],
			"team_role": "Seconded Case Manager",
			"agency": world["agency"],
			"to_date": str(TODAY + timedelta(days=30)),
		},
		not_for=(WORKER, *NOT_CASES),
	),
	Step(
		("Case Meeting", "next_meeting"),
		"miss",
		SECONDED,
		lambda world: {"reason": "Missed Meeting Reason-unwell"},
		expect={"status": "Missed"},
		not_for=(INTAKE, ADMIN, AUDITOR),
	),
	Step(
		("Client Case", "case"),
		"plan_exit",
		SECONDED,
		expect={"status": "Exit Planning"},
		keep={"exit_plan": "exit_plan"},
		not_for=(INTAKE, ADMIN, AUDITOR),
	),
	Step(("Client Case", "case"), "offer_evaluation", SECONDED, not_for=(INTAKE, ADMIN, AUDITOR)),
	Step(
		("Support Goal", "goal"),
		"stop",
		SECONDED,
		lambda world: {"reason": "The choir has moved away"},
		expect={"status": "Stopped"},
		not_for=(INTAKE, ADMIN, AUDITOR),
	),
	# By the default workflow a seconded worker, although on the team, neither closes nor reopens.
	Step(
		("Client Case", "case"),
		"close",
		WORKER,
		lambda world: {**END, "exception": "Closure Without Exit Plan-moved", "cancel_meetings": True},
		expect={"status": "Closed", "follow_ups": []},
	),
	Step(
		("Client Case", "case"),
		"reopen",
		LEADER,
		lambda world: {"reason": "Came back"},
		expect={"status": "Active"},
	),
)


@pytest.fixture(scope="module")
def world(case_url: str, session: Callable, logins: dict[str, dict]) -> dict:
	"""What the steps need and find: an intake in the queue, staff, an agency; later the codes of what was made."""
	worker = session(INTAKE)
	program = get_program(case_url, worker)
	agencies = worker.get(f"{case_url}/api/resource/External Agency", timeout=60).json()["data"]
	values = {"person_name": "Saltbush Stepwise", "program": program, "urgency": "Routine"}
	made = worker.post(f"{case_url}/api/resource/Client Intake", json=values, timeout=60)
	assert made.ok, made.text[:500]
	intake = made.json()["data"]
	return {
		"intake": intake["name"],
		"told": intake["first_contact_on"],
		"manager": logins[WORKER]["user"],
		"seconded": logins[SECONDED]["user"],
		"agency": agencies[0]["name"],
	}


def get_program(case_url: str, worker: requests.Session) -> str:
	"""Return the compulsory program of the made-up service, whose cases need no agreement to take part."""
	filters = {"enabled": 1, "participation": "Compulsory", "program_name": ("like", "Example%")}
	query = {"filters": json.dumps(filters)}
	return worker.get(f"{case_url}/api/resource/Support Program", params=query, timeout=60).json()["data"][0][
		"name"
	]


@pytest.fixture
def call(case_url: str, session: Callable, world: dict) -> Callable[[str | None, Step], requests.Response]:
	"""Take a step as a role, or as somebody who is not signed in, whatever the answer."""

	def post(role: str | None, step: Step) -> requests.Response:
		doctype, key = step.on
		given = {"dt": doctype, "dn": world[key], "method": step.method, "args": step.given(world)}
		person = session(role) if role else requests.Session()
		headers = {"Accept": "application/json"}
		return person.post(f"{case_url}/api/method/run_doc_method", json=given, headers=headers, timeout=60)

	return post


def get_name(step: Step) -> str:
	return f"{step.on[0]}.{step.method}".replace(" ", "")


@pytest.mark.parametrize("step", STEPS, ids=get_name)
def test_a_step_is_taken_by_who_may_and_by_nobody_else(
	step: Step, world: dict, call: Callable, read: Callable, fill: Callable
) -> None:
	if step.on[1] not in world:
		pytest.fail("An earlier step did not make what this one needs.")
	doctype, name = step.on[0], world[step.on[1]]
	fill(step)
	before = read(LEADER, doctype, name)
	for role in (*step.not_for, None):
		answer = call(role, step)
		assert answer.status_code == 403, f"{role}: {answer.status_code} {answer.text[:300]}"
	assert read(LEADER, doctype, name) == before
	first = call(step.role, step)
	assert first.ok, first.text[:1000]
	answer = first.json()["message"]
	assert {key: answer[key] for key in step.expect} == step.expect
	world.update({key: answer[said] for key, said in step.keep.items()})
	again = call(step.role, step)
	assert again.ok, again.text[:1000]
	assert again.json()["message"] == answer


@pytest.fixture
def fill(case_url: str, world: dict, session: Callable) -> Callable[[Step], None]:
	"""Write into a record what its agreement needs, as a worker types it."""

	def write(step: Step) -> None:
		if get_name(step) != "ClientAssessment.agree":
			return
		address = f"{case_url}/api/resource/Client Assessment/{world['assessment']}"
		rows = session(WORKER).get(address, timeout=60).json()["data"]["domains"]
		answer = session(WORKER).put(address, json={"domains": [{**row, "client_rating": 0} for row in rows]})
		assert answer.ok, answer.text[:500]

	return write


def test_the_steps_left_each_record_once(world: dict, read: Callable) -> None:
	mine = {"client_case": world["case"]}
	assert len(read(LEADER, "Client Assessment", filters=mine)) == 1
	assert len(read(LEADER, "Support Plan", filters=mine)) == 1
	assert len(read(LEADER, "Support Goal", filters=mine)) == 1
	assert len(read(LEADER, "Exit Plan", filters=mine)) == 1
	assert len(read(LEADER, "Case Meeting", filters={**mine, "status": "Scheduled"})) == 1


def test_b6_a_rating_of_nothing_is_a_rating(world: dict, read: Callable) -> None:
	rows = read(LEADER, "Client Assessment", world["assessment"])["domains"]
	assert {row["client_rating"] for row in rows if not row["recorded_apart"]} == {"0"}


def test_c32_what_was_rated_of_a_sensitive_domain_is_kept_apart(
	case_url: str, world: dict, session: Callable, read: Callable
) -> None:
	rows = read(LEADER, "Client Assessment", world["assessment"])["domains"]
	apart = [row["domain"] for row in rows if row["recorded_apart"]]
	assert "Mental Wellbeing" in apart
	assert {row["client_rating"] for row in rows if row["recorded_apart"]} <= {None, ""}
	kept = read(
		LEADER,
		"Sensitive Rating",
		filters={"assessment": world["assessment"]},
		fields=["domain", "client_rating"],
	)
	assert {row["domain"]: row["client_rating"] for row in kept} == dict.fromkeys(apart, "0")


def test_nobody_outside_the_team_reads_what_the_steps_made(
	case_url: str, world: dict, session: Callable
) -> None:
	for doctype, key in {step.on for step in STEPS}:
		for role in (ADMIN, AUDITOR):
			answer = session(role).get(f"{case_url}/api/resource/{doctype}/{world[key]}", timeout=60)
			assert answer.status_code == 403, f"{role} reads {doctype}"


def test_b22_a_case_does_not_close_without_an_exit_plan_and_says_so(
	case_url: str, world: dict, session: Callable, read: Callable
) -> None:
	call = {"dt": "Client Case", "dn": world["case"], "method": "close", "args": END}
	answer = session(WORKER).post(f"{case_url}/api/method/run_doc_method", json=call, timeout=60)
	assert (answer.status_code, answer.json()["exc_type"]) == (417, "ValidationError")
	message = json.loads(json.loads(answer.json()["_server_messages"])[0])["message"]
	assert message.startswith(f"Client Case {world['case']}: ")
	assert "exit plan" in message
	assert read(WORKER, "Client Case", world["case"])["status"] == "Active"


def test_an_argument_an_action_does_not_know_is_refused(
	case_url: str, world: dict, session: Callable
) -> None:
	call = {"dt": "Client Case", "dn": world["case"], "method": "reopen", "args": {"because": "x"}}
	answer = session(LEADER).post(f"{case_url}/api/method/run_doc_method", json=call, timeout=60)
	assert answer.status_code == 417
	assert "It takes: reason, on." in answer.text


@pytest.mark.parametrize(
	("path", "values", "envelope"),
	[
		("method/run_doc_method", {"dt": "Client Case", "method": "activate", "args": {}}, "message"),
		("resource/Client Case/{0}", {"run_method": "activate"}, "data"),
		("v2/document/Client Case/{0}/method/activate", {}, "data"),
	],
)
def test_each_way_to_call_an_action_answers_in_its_envelope(
	case_url: str, world: dict, session: Callable, path: str, values: dict, envelope: str
) -> None:
	given = {**values, "dn": world["case"]} if "dt" in values else values
	answer = session(WORKER).post(f"{case_url}/api/{path.format(world['case'])}", json=given, timeout=60)
	assert answer.ok, answer.text[:500]
	assert answer.json()[envelope] == {"name": world["case"], "status": "Active"}


def test_a_session_that_opened_the_desk_needs_the_token(case_url: str, world: dict, login: Callable) -> None:
	worker = login(WORKER)
	worker.get(f"{case_url}/app", timeout=120)
	call = {"dt": "Client Case", "dn": world["case"], "method": "activate", "args": {}}
	answer = worker.post(f"{case_url}/api/method/run_doc_method", json=call, timeout=60)
	assert (answer.status_code, answer.json()["exc_type"]) == (400, "CSRFTokenError")
