"""Two at once: who saves later never overwrites what was saved first, and a button pressed twice acts once.

Over real HTTP, each request in a thread and a session of its own.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests
from records import Person, Service, get_data, get_day, get_path, get_time, get_words

CLEAN_REFUSALS = (403, 409, 417)


@pytest.fixture(scope="module")
def person(case_url: str, login: Callable, logins: dict) -> Callable[[str], Person]:
	"""Sign in as somebody with a role, each time in a session of its own."""
	return lambda role: Person(case_url, login(role), logins[role]["user"])


@pytest.fixture(scope="module")
def service(person: Callable) -> Service:
	return Service(person("Case Intake Worker"), person("Case Worker"), person("Case Manager Lead"))


@pytest.fixture(scope="module")
def pair(person: Callable) -> Callable[[str], list[Person]]:
	"""The same role in two sessions, for a button that is pressed twice."""
	pairs: dict[str, list[Person]] = {}
	return lambda role: pairs.setdefault(role, [person(role), person(role)])


def at_once(*requests_to_send: Callable[[], requests.Response]) -> list[requests.Response]:
	"""Send all of these at the same moment, and return the answers in the same order."""
	start = Barrier(len(requests_to_send))

	def send(request: Callable[[], requests.Response]) -> requests.Response:
		start.wait()
		return request()

	with ThreadPoolExecutor(len(requests_to_send)) as pool:
		return list(pool.map(send, requests_to_send))


def press_twice(pair: list[Person], doctype: str, name: str, action: str, **values: object) -> list[dict]:
	"""Take an action in two sessions at once; return the answers, of which none is a server error.

	One may be refused, in words; the other is then the only answer.
	"""
	answers = at_once(*[lambda who=who: who.try_to(doctype, name, action, **values) for who in pair])
	for answer in answers:
		assert answer.ok or answer.status_code in CLEAN_REFUSALS, f"{answer.status_code} {get_words(answer)}"
	given = [get_data(answer) for answer in answers if answer.ok]
	assert given, [get_words(answer) for answer in answers]
	assert all(answer == given[0] for answer in given), given
	return given


# Two people save the same record


def save_at_once(
	people: list[Person], doctype: str, name: str, changes: list[dict], read_before: bool
) -> list[requests.Response]:
	"""Save different changes at once, each with the `modified` that its form has, or without, as a script may."""
	stamp = {"modified": people[0].read(doctype, name)["modified"]} if read_before else {}
	path = get_path(doctype, name)
	return at_once(
		*[
			lambda who=who, change=change: who.send("PUT", path, json={**change, **stamp})
			for who, change in zip(people, changes, strict=True)
		]
	)


def test_of_two_who_save_a_form_at_once_one_is_told_that_it_changed(
	service: Service, person: Callable
) -> None:
	goal = service.make_active_goal(service.make_active_case("Two Forms"))["goal"]
	people = [person("Case Worker"), person("Case Manager Lead")]
	answers = save_at_once(people, "Support Goal", goal, [{"need": "One"}, {"strength": "Two"}], True)
	assert sorted(answer.status_code for answer in answers) == [200, 417]
	refused = next(answer for answer in answers if not answer.ok)
	assert "TimestampMismatchError" in refused.text
	stored = service.worker.read("Support Goal", goal)
	won = answers.index(next(answer for answer in answers if answer.ok))
	assert (stored.get("need"), stored.get("strength")) == (("One", None), (None, "Two"))[won]


def test_of_two_who_save_without_having_read_nothing_is_lost(service: Service, person: Callable) -> None:
	goal = service.make_active_goal(service.make_active_case("Two Scripts"))["goal"]
	people = [person("Case Worker"), person("Case Manager Lead")]
	answers = save_at_once(people, "Support Goal", goal, [{"need": "One"}, {"strength": "Two"}], False)
	assert all(answer.status_code in (200, 417) for answer in answers), [get_words(each) for each in answers]
	stored = service.worker.read("Support Goal", goal)
	kept = [stored.get("need") == "One", stored.get("strength") == "Two"]
	assert kept == [answer.ok for answer in answers]
	assert any(kept)


@pytest.mark.parametrize("read_before", [True, False], ids=["form", "script"])
@pytest.mark.parametrize(
	("doctype", "changes"),
	[
		("Client Case", [{"planned_exit_on": get_day(20)}, {"planned_exit_on": get_day(30)}]),
		("Case Meeting", [{"minutes": 30}, {"minutes": 45}]),
	],
)
def test_what_was_answered_as_saved_last_is_stored(
	service: Service, person: Callable, doctype: str, changes: list[dict], read_before: bool
) -> None:
	case = service.make_active_case("Two Saves")
	name = case if doctype == "Client Case" else service.get_meeting(case)
	people = [person("Case Worker"), person("Case Manager Lead")]
	answers = save_at_once(people, doctype, name, changes, read_before)
	assert all(answer.status_code in (200, 417) for answer in answers), [get_words(each) for each in answers]
	saved = [get_data(answer) for answer in answers if answer.ok]
	assert len(saved) == 1 if read_before else saved
	last = max(saved, key=lambda record: record["modified"])
	field = next(iter(changes[0]))
	assert service.worker.read(doctype, name)[field] == last[field]


def test_a_form_that_is_older_than_an_action_does_not_undo_it(service: Service) -> None:
	case = service.make_active_case("Old Form")
	old = service.worker.read("Client Case", case)
	service.worker.act("Client Case", case, "plan_exit", planned_exit_on=get_day(9))
	answer = service.worker.send("PUT", get_path("Client Case", case), json=old)
	assert answer.status_code == 417
	assert "TimestampMismatchError" in answer.text
	assert service.worker.read("Client Case", case)["status"] == "Exit Planning"


def test_a_save_and_an_action_at_once_keep_both(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Save And Act")
	first, second = pair("Case Worker")
	answers = at_once(
		lambda: first.try_to("Client Case", case, "offer_evaluation", answer="Declined"),
		lambda: second.send("PUT", get_path("Client Case", case), json={"planned_exit_on": get_day(9)}),
	)
	assert all(answer.status_code in (200, 417) for answer in answers), [get_words(each) for each in answers]
	stored = service.worker.read("Client Case", case)
	kept = [stored.get("evaluation_answer") == "Declined", stored.get("planned_exit_on") == get_day(9)]
	assert kept == [answer.ok for answer in answers]


# A button pressed twice


def test_an_intake_accepted_twice_gives_one_client_and_one_case(service: Service, pair: Callable) -> None:
	companions = [{"person_name": "Small Double", "birth_date": "2020-02-02", "needs_support": 1}]
	intake = service.make_intake("Double Accept", companions=companions)
	values = {"new_person": 1, "case_manager": service.worker.user, "informed_how": "By phone"}
	answer = press_twice(pair("Case Intake Worker"), "Client Intake", intake, "accept", **values)[0]
	cases = service.lead.find("Client Case", "client", intake=intake)
	made = [answer["client_case"], *[member["client_case"] for member in answer["members"]]]
	assert sorted(case["name"] for case in cases) == sorted(made)
	assert len(made) == 2
	clients = {case["client"] for case in cases}
	named = service.lead.find("Client", preferred_name=["in", ["Double Accept", "Small Double"]])
	assert len([client for client in named if client["name"] in clients]) == 2
	assert len(service.lead.find("Client Case", client=answer["client"])) == 1


def test_an_intake_accepted_and_not_accepted_at_once_is_one_of_them(service: Service, pair: Callable) -> None:
	intake = service.make_intake("Two Minds")
	first, second = pair("Case Intake Worker")
	accept = {"new_person": 1, "case_manager": service.worker.user, "informed_how": "By phone"}
	reject = {"reason": "Reason Service Not Provided-1", "no_alternative_reason": "None near"}
	answers = at_once(
		lambda: first.try_to("Client Intake", intake, "accept", **accept),
		lambda: second.try_to("Client Intake", intake, "not_accept", informed_how="By phone", **reject),
	)
	assert sorted(answer.status_code for answer in answers) == [200, 417], [
		get_words(each) for each in answers
	]
	accepted = answers[0].ok
	stored = service.lead.read("Client Intake", intake)
	assert stored["status"] == ("Accepted" if accepted else "Not Accepted")
	assert len(service.lead.find("Client Case", intake=intake)) == int(accepted)
	assert len(service.lead.find("Unmet Need", intake=intake)) == int(not accepted)


def test_rights_acknowledged_twice_make_one_first_meeting(service: Service, pair: Callable) -> None:
	case = service.make_pending_case("Double Rights")
	answer = press_twice(pair("Case Worker"), "Client Case", case, "acknowledge_rights", by="Client")[0]
	assert answer["status"] == "Active"
	assert len(service.worker.find("Case Meeting", client_case=case)) == 1
	events = [row["event"] for row in service.worker.read("Client Case", case)["events"]]
	assert events == ["Opened", "Activated"]


def test_a_meeting_held_twice_makes_one_next_meeting(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Hold")
	goal = service.make_active_goal(case)["goal"]
	meeting = service.get_meeting(case)
	said = {"goals": [{"goal": goal, "client_rating": 6, "progress": "Better"}], "summary": "We spoke."}
	steps = [{"goal": goal, "step": "Ask the neighbour", "responsible": "Client"}]
	answer = press_twice(
		pair("Case Worker"), "Case Meeting", meeting, "hold", participation="Fully", next_steps=steps, **said
	)[0]
	scheduled = service.worker.find("Case Meeting", client_case=case, status="Scheduled")
	assert [row["name"] for row in scheduled] == [answer["next_meeting"]]
	assert len(service.worker.find("Case Meeting", client_case=case)) == 2
	assert len(service.worker.read("Support Goal", goal)["steps"]) == 2


def test_a_meeting_held_and_missed_at_once_is_one_of_them(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Held Or Missed")
	meeting = service.get_meeting(case)
	first, second = pair("Case Worker")
	answers = at_once(
		lambda: first.try_to("Case Meeting", meeting, "hold", participation="Fully"),
		lambda: second.try_to("Case Meeting", meeting, "miss", reason="Missed Meeting Reason-unwell"),
	)
	assert sorted(answer.status_code for answer in answers) == [200, 417], [
		get_words(each) for each in answers
	]
	status = service.worker.read("Case Meeting", meeting)["status"]
	assert status == ("Held" if answers[0].ok else "Missed")
	assert len(service.worker.find("Case Meeting", client_case=case, status="Scheduled")) == 1


def test_a_plan_agreed_twice_is_active_once(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Plan")
	made = service.make_plan(case)
	answer = press_twice(pair("Case Worker"), "Support Plan", made["plan"], "agree", how="Spoken")[0]
	assert (answer["status"], answer["goals"]) == ("Active", [made["goal"]])
	assert len(service.worker.read("Support Plan", made["plan"])["agreed_goals"]) == 1
	assert len(service.worker.find("Case Meeting", client_case=case)) == 1


def test_two_plans_of_a_case_agreed_at_once_leave_one_active(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Two Plans")
	plans = [service.make_plan(case, goal)["plan"] for goal in ("A home", "A job")]
	answers = at_once(
		*[
			lambda who=who, plan=plan: who.try_to("Support Plan", plan, "agree", how="Spoken")
			for who, plan in zip(pair("Case Worker"), plans, strict=True)
		]
	)
	assert all(answer.status_code in (200, *CLEAN_REFUSALS) for answer in answers), [
		get_words(each) for each in answers
	]
	assert len(service.worker.find("Support Plan", client_case=case, status="Active")) == 1


def test_a_plan_revised_twice_has_one_new_version(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Revision")
	plan = service.make_active_goal(case)["plan"]
	values = {"kind": "Plan Revision Reason-wish", "reason": "Wants to study"}
	answer = press_twice(pair("Case Worker"), "Support Plan", plan, "revise", **values)[0]
	assert [row["name"] for row in service.worker.find("Support Plan", revises=plan)] == [answer["plan"]]


def test_a_goal_added_twice_is_one_goal(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Goal")
	plan = service.make_plan(case, goal=None)["plan"]
	answer = press_twice(pair("Case Worker"), "Support Plan", plan, "add_goal", goal="Learn to swim")[0]
	assert [row["name"] for row in service.worker.find("Support Goal", client_case=case)] == [answer["goal"]]


def test_a_referral_sent_twice_is_disclosed_once(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Send")
	referral, consent = service.make_referral(case), service.make_consent(case)
	values = {"consent": consent, "what_was_shared": "Name and what is needed"}
	answer = press_twice(pair("Case Worker"), "Case Referral", referral, "send", **values)[0]
	assert answer["status"] == "Sent"
	client = service.worker.read("Client Case", case)["client"]
	disclosures = service.worker.find("Disclosure", client=client)
	assert [row["name"] for row in disclosures] == [answer["disclosure"]]


def test_a_referral_declined_twice_is_one_unmet_need(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Decline")
	referral = service.make_referral(case)
	sent = {"consent": service.make_consent(case), "what_was_shared": "Name"}
	service.worker.act("Case Referral", referral, "send", **sent)
	values = {"reason": "Reason Service Not Provided-1"}
	answer = press_twice(pair("Case Worker"), "Case Referral", referral, "decline", **values)[0]
	needs = service.worker.find("Unmet Need", referral=referral)
	assert [row["name"] for row in needs] == [answer["unmet_need"]]


def test_a_case_closed_twice_has_its_follow_ups_once(service: Service, pair: Callable) -> None:
	case = service.make_ready_to_close("Double Close")
	values = {"end_reason": "Support Period End Reason-1", "cancel_meetings": 1}
	answer = press_twice(pair("Case Worker"), "Client Case", case, "close", **values)[0]
	assert answer["status"] == "Closed"
	follow_ups = service.worker.find("Case Follow Up", client_case=case)
	assert [row["name"] for row in follow_ups] == answer["follow_ups"]
	assert len(follow_ups) == 1
	events = [row["event"] for row in service.worker.read("Client Case", case)["events"]]
	assert events.count("Closed") == 1


def test_a_case_closed_while_a_meeting_is_held_is_left_in_order(service: Service, pair: Callable) -> None:
	"""Both touch the case and its meetings, from opposite ends."""
	case = service.make_ready_to_close("Close And Hold")
	meeting = service.get_meeting(case)
	first, second = pair("Case Worker")
	values = {"end_reason": "Support Period End Reason-1", "cancel_meetings": 1}
	answers = at_once(
		lambda: first.try_to("Client Case", case, "close", **values),
		lambda: second.try_to("Case Meeting", meeting, "hold", participation="Fully"),
	)
	assert all(answer.status_code in (200, *CLEAN_REFUSALS) for answer in answers), [
		get_words(each) for each in answers
	]
	closed = service.worker.read("Client Case", case)["status"] == "Closed"
	held = service.worker.read("Case Meeting", meeting)["status"] == "Held"
	assert [closed, held] == [answer.ok for answer in answers]
	if closed:
		assert service.worker.find("Case Meeting", client_case=case, status="Scheduled") == []


def test_a_household_member_added_twice_is_one_person(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Member")
	values = {"preferred_name": "Little Double", "birth_date": "2019-03-03"}
	press_twice(pair("Case Worker"), "Client Case", case, "add_household_member", **values)
	assert len(service.worker.find("Client Case", head_case=case)) == 1


def test_an_assessment_started_twice_is_one_draft(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Assessment")
	answer = press_twice(pair("Case Worker"), "Client Case", case, "start_assessment")[0]
	drafts = service.worker.find("Client Assessment", client_case=case)
	assert [row["name"] for row in drafts] == [answer["assessment"]]


def test_a_meeting_scheduled_twice_at_one_time_is_one_meeting(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Schedule")
	values = {"kind": "Review", "scheduled_on": get_time(days=3)}
	press_twice(pair("Case Worker"), "Client Case", case, "schedule_meeting", **values)
	assert len(service.worker.find("Case Meeting", client_case=case, kind="Review")) == 1


@pytest.mark.parametrize("time", range(3))
def test_ten_presses_at_once_act_once(service: Service, pair: Callable, time: int) -> None:
	case = service.make_active_case(f"Ten Presses {time}")
	meeting = service.get_meeting(case)
	people = pair("Case Worker") * 5
	values = {"participation": "Fully"}
	answers = at_once(
		*[lambda who=who: who.try_to("Case Meeting", meeting, "hold", **values) for who in people]
	)
	assert all(answer.status_code in (200, *CLEAN_REFUSALS) for answer in answers), [
		get_words(each) for each in answers
	]
	assert len(service.worker.find("Case Meeting", client_case=case)) == 2


# Danger, places, feedback, the client's own record, access


def make_at_once(pair: list[Person], doctype: str, *values: dict) -> list[requests.Response]:
	"""Make two records in two sessions at once; neither is a server error."""
	path = get_path(doctype)
	answers = at_once(
		*[
			lambda who=who, given=given: who.send("POST", path, json=given)
			for who, given in zip(pair, values, strict=True)
		]
	)
	for answer in answers:
		assert answer.ok or answer.status_code in CLEAN_REFUSALS, f"{answer.status_code} {get_words(answer)}"
	return answers


@pytest.fixture(scope="module")
def active(service: Service) -> dict:
	"""The client and the Active case that the following share, each with records of its own."""
	case = service.make_active_case("Two At Once")
	return {"client": service.worker.read("Client Case", case)["client"], "client_case": case}


def test_of_two_safety_plans_made_at_once_one_is_current(
	service: Service, pair: Callable, active: dict
) -> None:
	words = {"warning_signs": "A", "safe_places": "B"}
	given = [{**active, **words, "what_to_do": text} for text in ("Ring us", "Run")]
	make_at_once(pair("Case Worker"), "Safety Plan", *given)
	plans = service.worker.find("Safety Plan", "is_current", "version", client=active["client"])
	assert len([plan for plan in plans if plan["is_current"]]) == 1
	assert sorted(plan["version"] for plan in plans) == list(range(1, len(plans) + 1))


def test_a_safety_plan_revised_twice_has_one_next_version(
	service: Service, pair: Callable, active: dict
) -> None:
	words = {"warning_signs": "A", "safe_places": "B", "what_to_do": "C"}
	plan = service.worker.make("Safety Plan", **active, **words)["name"]
	answer = press_twice(pair("Case Worker"), "Safety Plan", plan, "revise", reason="They moved")[0]
	assert [row["name"] for row in service.worker.find("Safety Plan", revises=plan)] == [answer["plan"]]


def test_a_risk_that_goes_on_recorded_twice_makes_one_safety_plan(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Risk")
	told = {"incident_type": "Incident Type-violence", "what_happened": "A", "actions_taken": "B"}
	incident = service.make_for(case, "Critical Incident", **told)["name"]
	words = {"warning_signs": "A", "safe_places": "B", "what_to_do": "C"}
	answer = press_twice(pair("Case Worker"), "Critical Incident", incident, "record_ongoing_risk", **words)[
		0
	]
	plans = service.worker.find("Safety Plan", client_case=case)
	assert [plan["name"] for plan in plans] == [answer["safety_plan"]]


def test_of_two_stays_from_the_same_day_one_is_stored(service: Service, pair: Callable, active: dict) -> None:
	place = {"accommodation_type": "Accommodation Type-crisis", "from_date": get_day()}
	given = {**active, **place, "provided_by_program": 1}
	answers = make_at_once(pair("Case Worker"), "Accommodation Stay", given, given)
	assert sorted(answer.ok for answer in answers) == [False, True]
	assert len(service.worker.find("Accommodation Stay", client=active["client"])) == 1


def test_a_stay_recorded_twice_for_the_household_is_one_for_each(service: Service, pair: Callable) -> None:
	case = service.make_active_case("Double Household")
	member = {"preferred_name": "Small Stay", "birth_date": "2019-03-03"}
	child = service.worker.act("Client Case", case, "add_household_member", **member)["client"]
	place = {"accommodation_type": "Accommodation Type-crisis", "from_date": get_day()}
	stay = service.make_for(case, "Accommodation Stay", **place)["name"]
	press_twice(pair("Case Worker"), "Accommodation Stay", stay, "record_for_household")
	assert len(service.worker.find("Accommodation Stay", client=child)) == 1


def test_a_case_moved_to_a_stage_twice_moves_once(service: Service, pair: Callable, active: dict) -> None:
	case = active["client_case"]
	press_twice(pair("Case Worker"), "Client Case", case, "move_to_stage", stage="Building")
	rows = service.worker.read("Client Case", case)["stage_history"]
	assert [row["stage"] for row in rows] == ["Building"]


def test_feedback_answered_twice_keeps_the_first_answer(
	service: Service, pair: Callable, active: dict
) -> None:
	feedback = service.worker.make("Client Feedback", **active, comments="Loud")["name"]
	answers = at_once(
		*[
			lambda who=who, text=text: who.try_to(
				"Client Feedback", feedback, "reply", answer=text, what_changed=text
			)
			for who, text in zip(pair("Case Manager Lead"), ("One", "Two"), strict=True)
		]
	)
	assert all(answer.status_code in (200, *CLEAN_REFUSALS) for answer in answers)
	stored = service.worker.read("Client Feedback", feedback)
	assert stored["status"] == "Answered"
	assert stored["answer"] == stored["what_changed"]


def test_feedback_given_twice_without_a_name_is_one(service: Service, pair: Callable, active: dict) -> None:
	feedback = service.worker.make("Client Feedback", **active)["name"]
	said = {"comments": f"Said once {feedback}"}
	press_twice(pair("Case Worker"), "Client Feedback", feedback, "give_without_name", **said)
	assert len(service.lead.find("Client Feedback", **said)) == 1


def test_a_request_decided_twice_at_once_has_one_decision(
	service: Service, pair: Callable, active: dict
) -> None:
	request = service.worker.make("Record Request", **active, kind="Correction", what_is_asked="A")["name"]
	told = {"reasons": "It is right as it is", "informed_on": get_day(), "complaint_path_told": 1}
	first, second = pair("Case Manager Lead")
	answers = at_once(
		lambda: first.try_to("Record Request", request, "decide", decision="Granted"),
		lambda: second.try_to("Record Request", request, "decide", decision="Refused", **told),
	)
	assert all(answer.status_code in (200, *CLEAN_REFUSALS) for answer in answers)
	said = {get_data(answer)["decision"] for answer in answers if answer.ok}
	stored = service.lead.read("Record Request", request)
	assert said == {stored["decision"]}
	assert bool(stored.get("decision_reasons")) == (stored["decision"] == "Refused")


def test_a_bundle_made_twice_at_once_is_one_file(service: Service, pair: Callable, active: dict) -> None:
	request = service.worker.make("Record Request", **active, kind="Access", what_is_asked="All")["name"]
	service.lead.act("Record Request", request, "decide", decision="Granted")
	press_twice(pair("Case Manager Lead"), "Record Request", request, "make_bundle")
	made = service.lead.find("Client Access Log", access_kind="Record Bundle", record_name=request)
	assert len(made) == 1


def test_a_seconded_worker_given_twice_is_on_the_team_once(
	service: Service, pair: Callable, active: dict, logins: dict
) -> None:
	request = service.worker.make("Seconded Worker Request", **active, wanted="A man")["name"]
	given = {"user": logins["Seconded Case Worker"]["user"], "to_date": get_day(9)}
	press_twice(
		pair("Case Manager Lead"),
		*("Seconded Worker Request", request, "give"),
		**given,
		agency=service.get_agency(),
	)
	team = service.lead.read("Client Case", active["client_case"])["team"]
	assert [row["user"] for row in team].count(given["user"]) == 1


def test_emergency_access_taken_twice_at_once_is_one(
	service: Service, case_url: str, login_as: Callable, staff: list[dict], active: dict
) -> None:
	workers = [row for row in staff if row["role"] == "Case Worker" and row["user"] != service.worker.user]
	user, password = workers[0]["user"], workers[0]["password"]
	given = {"client": active["client"], "reason": "Somebody is in danger at this moment"}
	path = "method/case_management.case_management.access.emergency.give_access"
	people = [Person(case_url, login_as(user, password), user) for _time in range(2)]
	answers = at_once(*[lambda who=who: who.send("POST", path, data=given) for who in people])
	assert all(answer.status_code in (200, *CLEAN_REFUSALS) for answer in answers), [
		get_words(each) for each in answers
	]
	found = service.lead.find("Emergency Access", client=active["client"])
	codes = {get_data(answer)["emergency_access"] for answer in answers if answer.ok}
	assert codes == {row["name"] for row in found}
	assert len(found) == 1


def test_a_conflict_declared_twice_at_once_is_one(
	service: Service, pair: Callable, active: dict, logins: dict
) -> None:
	user = logins["Case Intake Worker"]["user"]
	given = {"client": active["client"], "declared_by": "Client", "user": user}
	make_at_once(pair("Case Manager Lead"), "Conflict Declaration", given, given)
	assert len(service.lead.find("Conflict Declaration", client=active["client"], user=user)) == 1
