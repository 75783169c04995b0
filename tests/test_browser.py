"""The Desk in a real browser: each role sees its work, and works with the buttons."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

pytest.importorskip("selenium")

from desk import Desk
from selenium.webdriver.remote.webdriver import WebDriver

ROLES = (
	"Case Worker",
	"Seconded Case Worker",
	"Case Manager Lead",
	"Case Intake Worker",
	"Case Management Admin",
	"Case Auditor",
)
# The lists each role works with, and one that is not theirs to see.
WORK = {
	"Case Worker": ("Client", "Client Case", "Case Meeting", "Support Plan", "Support Goal", "Case Note"),
	"Seconded Case Worker": ("Client", "Client Case", "Case Meeting", "Support Goal"),
	"Case Manager Lead": ("Client Intake", "Client Case", "Case Meeting", "Case Referral", "Exit Plan"),
	"Case Intake Worker": ("Client Intake", "Client", "External Agency"),
	"Case Management Admin": ("Support Program", "Case Code", "Service Policy", "Assessment Domain"),
	"Case Auditor": ("Support Program", "Service Policy"),
}
NOT_THEIRS = {
	"Case Intake Worker": "Support Goal",
	"Case Management Admin": "Client",
	"Case Auditor": "Client Case",
}


@pytest.fixture
def desk(browser: WebDriver, case_url: str, login: Callable) -> Callable[[str], Desk]:
	"""Open the Desk as somebody with a role."""
	return lambda role: Desk(browser, case_url, login(role))


@pytest.fixture
def make(case_url: str, session: Callable) -> Callable:
	"""Record something over REST as a role, and return it."""

	def post(role: str, doctype: str, **values) -> dict:
		answer = session(role).post(f"{case_url}/api/resource/{doctype}", json=values, timeout=60)
		assert answer.ok, answer.text[:500]
		return answer.json()["data"]

	return post


def make_intake(make: Callable, act: Callable, read: Callable, name: str, until: str = "Screening") -> str:
	"""Return an intake that is New, or answered and told how screening works."""
	program = read(
		"Case Intake Worker", "Support Program", filters={"enabled": 1, "participation": "Voluntary"}
	)
	first = (datetime.now() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
	values = {"person_name": name, "program": program[0]["name"], "first_contact_on": first}
	intake = make("Case Intake Worker", "Client Intake", **values)["name"]
	if until == "Screening":
		act("Case Intake Worker", "Client Intake", intake, "respond")
		act("Case Intake Worker", "Client Intake", intake, "inform_of_process", how="By phone")
	return intake


def find_meeting(read: Callable) -> dict:
	"""Return a scheduled meeting of the case worker's with a goal to talk about."""
	meetings = read(
		"Case Worker",
		"Case Meeting",
		filters={"status": "Scheduled", "kind": "Case Management"},
		order_by="scheduled_on asc",
		limit_page_length=50,
	)
	for row in meetings:
		meeting = read("Case Worker", "Case Meeting", row["name"])
		case = read("Case Worker", "Client Case", meeting["client_case"])
		if meeting["goals"] and case["status"] == "Active":
			return meeting
	raise AssertionError("the made-up service has no scheduled meeting with an active goal")


def get_active_goals(read: Callable, case: str) -> set[str]:
	rows = read(
		"Case Worker",
		"Support Goal",
		filters={"client_case": case, "status": "Active"},
		limit_page_length=0,
	)
	return {row["name"] for row in rows}


@pytest.mark.parametrize("role", ROLES)
def test_the_workspace_opens_for_each_role(desk: Callable, role: str) -> None:
	here = desk(role)
	here.open("case-management")
	here.wait_for("$('.layout-main-section .links-widget-box:visible').length")
	here.settle()
	assert "Loading" not in here.get_text(".number-card-loading")
	assert here.get_messages() == ""
	assert here.get_errors() == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_the_lists_of_its_work(desk: Callable, role: str) -> None:
	here = desk(role)
	for doctype in WORK[role]:
		here.open(doctype.lower().replace(" ", "-"))
		here.wait_for(f"window.cur_list && cur_list.doctype === {doctype!r}")
		here.settle()
		assert here.get_messages() == "", doctype
	assert here.get_errors() == []


@pytest.mark.parametrize(("role", "doctype"), NOT_THEIRS.items())
def test_a_list_that_is_not_theirs_does_not_open(desk: Callable, role: str, doctype: str) -> None:
	here = desk(role)
	here.open(doctype.lower().replace(" ", "-"))
	assert not here.run("return window.cur_list && cur_list.doctype === arguments[0]", doctype)


@pytest.mark.parametrize("role", ROLES[2:3] + ROLES[4:])
def test_who_reads_figures_opens_the_activity_report(desk: Callable, role: str) -> None:
	here = desk(role)
	here.open("query-report/Case Management Activity")
	here.wait_for("frappe.query_report && frappe.query_report.data && frappe.query_report.data.length")
	assert here.get_errors() == []


def test_b12_the_client_and_each_record_of_theirs_show_name_and_alerts(
	desk: Callable, read: Callable
) -> None:
	clients = read(
		"Case Worker", "Client", filters=[["Client Alert", "alert", "is", "set"]], limit_page_length=50
	)
	assert clients, "the made-up service has no client with an alert whom the case worker sees"
	cases = read("Case Worker", "Client Case", filters={"client": ["in", [row["name"] for row in clients]]})
	case = read("Case Worker", "Client Case", cases[0]["name"])
	client = read("Case Worker", "Client", case["client"])
	here = desk("Case Worker")
	for doctype, name in (("Client", client["name"]), ("Client Case", case["name"])):
		here.open_form(doctype, name)
		banner = here.get_text(".case-banner")
		assert client["preferred_name"] in banner
		for alert in get_alerts_in_force(client):
			assert alert in banner
	assert here.get_errors() == []


def get_alerts_in_force(client: dict) -> list[str]:
	today = datetime.now().date().isoformat()
	return [
		row["alert"]
		for row in client["alerts"]
		if (row.get("from_date") or today) <= today <= (row.get("to_date") or today)
	]


def test_c4_what_is_written_about_a_client_is_shown_as_text(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	name = "<img src=x onerror=window.broken=1>Robin"
	client = make("Case Intake Worker", "Client", preferred_name="Robin", pronouns=name)
	here = desk("Case Intake Worker")
	here.open_form("Client", client["name"])
	assert "Robin" in here.get_text(".case-banner")
	assert not here.run("return window.broken")
	assert here.run("return $('.case-banner img').length") == 0


def test_c39_a_case_worker_holds_a_meeting_and_sees_the_next_one(desk: Callable, read: Callable) -> None:
	meeting = find_meeting(read)
	goals = get_active_goals(read, meeting["client_case"])
	here = desk("Case Worker")
	here.open_form("Case Meeting", meeting["name"])
	assert goals <= {row["goal"] for row in here.run("return cur_frm.doc.goals")}
	rows = here.run("return cur_frm.fields_dict.goals.grid.wrapper.find('.grid-body .rows .grid-row').length")
	assert rows >= len(goals)

	here.run(
		"frappe.model.set_value(cur_frm.doc.goals[0].doctype, cur_frm.doc.goals[0].name, 'client_rating', '7')"
	)
	here.press("Record as Held")
	there = {"interpreter_attended": 1} if meeting["interpreter_required"] else {}
	said = {f"progress:{goal}": "We talked about it." for goal in get_silent_goals(here)}
	here.fill_dialog(participation="Fully", summary="We talked about the budget.", **there, **said)
	here.wait_for_status("Held")

	held = read("Case Worker", "Case Meeting", meeting["name"])
	assert held["goals"][0]["client_rating"] == "7"
	assert held["participation"] == "Fully"
	assert held["next_meeting"] in here.get_messages()
	following = read("Case Worker", "Case Meeting", held["next_meeting"])
	assert following["status"] == "Scheduled"
	here.open_form("Case Meeting", held["next_meeting"])
	assert here.get_errors() == []


def get_silent_goals(here: Desk) -> list[str]:
	"""Return the goals of the open form's agenda of which it says nothing."""
	return here.run("return cur_frm.doc.goals.filter((row) => !row.client_rating).map((row) => row.goal)")


def test_life_l24_the_form_asks_what_was_said_of_each_goal_and_who_was_there(
	desk: Callable, read: Callable
) -> None:
	meeting = find_meeting(read)
	here = desk("Case Worker")
	here.open_form("Case Meeting", meeting["name"])
	here.press("Record as Held")
	there = {"no_interpreter_reason": "They had no time"} if meeting["interpreter_required"] else {}
	here.fill_dialog(participation="Not Able to", **there)
	here.wait_for("$('.modal.show').text().includes('Nothing is recorded about these goals')")
	assert read("Case Worker", "Case Meeting", meeting["name"])["status"] == "Scheduled"
	here.close_message()
	first, *others = get_silent_goals(here)
	code = "Reason a Goal Was Not Discussed-no-time"
	said = {f"progress:{first}": "Two rooms seen"} | {f"not_discussed_reason:{goal}": code for goal in others}
	here.fill_dialog(**said, **{"present:1": 1})
	here.wait_for_status("Held")
	held = read("Case Worker", "Case Meeting", meeting["name"])
	rows = {row["goal"]: row for row in held["goals"]}
	assert rows[first]["progress"] == "Two rooms seen"
	assert {rows[goal]["not_discussed_reason"] for goal in others} <= {code}
	assert [row["attended"] for row in held["attendees"]][:1] == [1]


def test_life_l25_an_action_does_not_run_after_a_save_that_failed_and_the_words_stay(
	desk: Callable, read: Callable, act: Callable, session: Callable, case_url: str
) -> None:
	meeting = find_meeting(read)
	here = desk("Case Worker")
	here.open_form("Case Meeting", meeting["name"])
	path = f"{case_url}/api/resource/Case Meeting/{meeting['name']}"
	answer = session("Case Manager Lead").put(path, json={"mode": "Video"}, timeout=60)
	assert answer.ok, answer.text[:500]
	here.run(
		"""frappe.model.set_value(cur_frm.doc.goals[0].doctype, cur_frm.doc.goals[0].name, 'progress', 'A room');
		cur_frm.set_value('summary', 'We looked at a room.')"""
	)
	here.settle()
	here.press("Record as Held")
	here.wait_for("$('.modal.show').text().includes('changed after you opened it')")
	assert not here.run("return !!(window.cur_dialog && cur_dialog.fields_dict.held_on)")
	assert read("Case Worker", "Case Meeting", meeting["name"])["status"] == "Scheduled"
	here.settle()
	here.run("cur_dialog.get_primary_btn().trigger('click')")
	here.wait_for("cur_frm.doc.mode === 'Video' && cur_frm.doc.summary === 'We looked at a room.'")
	assert here.run("return cur_frm.doc.goals[0].progress") == "A room"
	here.run("cur_frm.save()")
	here.wait_for("!cur_frm.is_dirty()")
	assert read("Case Worker", "Case Meeting", meeting["name"])["summary"] == "We looked at a room."


def test_c39_a_meeting_that_was_held_offers_no_further_step(desk: Callable, read: Callable) -> None:
	held = read("Case Worker", "Case Meeting", filters={"status": "Held"}, limit_page_length=1)
	assert held, "the made-up service has no meeting that was held"
	here = desk("Case Worker")
	here.open_form("Case Meeting", held[0]["name"])
	assert here.get_buttons() == []
	assert here.get_workflow_steps() == []


def test_each_step_is_offered_once_and_only_in_its_status(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	fresh = make_intake(make, act, read, "Kim New", until="New")
	screened = make_intake(make, act, read, "Kim Screened")
	here = desk("Case Intake Worker")
	here.open_form("Client Intake", fresh)
	assert "Record Response" in here.get_buttons()
	assert not {"Accept", "Put on Waiting List", "Do Not Accept"} & set(here.get_buttons())
	assert here.get_workflow_steps() == []
	here.open_form("Client Intake", screened)
	assert {"Accept", "Put on Waiting List", "Do Not Accept"} <= set(here.get_buttons())
	assert "Record Response" not in here.get_buttons()
	assert here.get_workflow_steps() == []
	assert here.get_errors() == []


def test_b1_an_intake_worker_records_the_response(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	intake = make_intake(make, act, read, "Ash Caller", until="New")
	here = desk("Case Intake Worker")
	here.open_form("Client Intake", intake)
	here.press("Record Response")
	here.fill_dialog(note="Rang back.")
	here.wait_for_status("Screening")
	assert read("Case Intake Worker", "Client Intake", intake)["response_note"] == "Rang back."
	assert here.get_errors() == []


def test_b4_an_intake_worker_accepts_a_person(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	intake = make_intake(make, act, read, f"Zyx {datetime.now():%H%M%S%f}")
	here = desk("Case Intake Worker")
	here.open_form("Client Intake", intake)
	here.press("Accept")
	here.wait_for("window.cur_dialog && cur_dialog.display")
	match = {"match": "new"} if here.run("return !!cur_dialog.fields_dict.match") else {}
	here.fill_dialog(informed_how="By phone", **match)
	here.wait_for_status("Accepted")
	accepted = read("Case Intake Worker", "Client Intake", intake)
	assert accepted["client"] in here.get_messages()
	assert accepted["client_case"] in here.get_messages()
	assert here.get_errors() == []


def test_b3_a_person_is_not_turned_away_without_an_alternative(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	intake = make_intake(make, act, read, "Jo Away")
	reasons = read(
		"Case Intake Worker", "Case Code", filters={"code_list": "Reason Service Not Provided", "enabled": 1}
	)
	here = desk("Case Intake Worker")
	here.open_form("Client Intake", intake)
	here.press("Do Not Accept")
	here.fill_dialog(reason=reasons[0]["name"], informed_how="By phone")
	here.wait(lambda: "alternative" in here.get_messages(), "the refusal")
	assert read("Case Intake Worker", "Client Intake", intake)["status"] == "Screening"
	here.close_message()
	here.fill_dialog(no_alternative_reason="They rang off.")
	here.wait_for_status("Not Accepted")


def test_a_double_click_sends_an_action_once(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	intake = make_intake(make, act, read, "Pat Twice", until="New")
	here = desk("Case Intake Worker")
	here.open_form("Client Intake", intake)
	here.run(
		"""window.sent = 0;
		$(document).ajaxSend((event, xhr, options) => {
			if ((options.data || '').includes('method=respond')) window.sent += 1;
		});"""
	)
	here.press("Record Response")
	here.wait_for("window.cur_dialog && cur_dialog.display")
	here.settle()
	here.run("const button = cur_dialog.get_primary_btn(); button.trigger('click'); button.trigger('click');")
	here.wait_for_status("Screening")
	assert here.run("return window.sent") == 1


def test_an_entry_that_was_not_saved_is_saved_with_the_action(
	desk: Callable, make: Callable, act: Callable, read: Callable
) -> None:
	intake = make_intake(make, act, read, "Lee Unsaved", until="New")
	here = desk("Case Intake Worker")
	here.open_form("Client Intake", intake)
	here.run("cur_frm.set_value('pronouns', 'she/her')")
	here.settle()
	here.press("Record Response")
	here.fill_dialog()
	here.wait_for_status("Screening")
	assert read("Case Intake Worker", "Client Intake", intake)["pronouns"] == "she/her"


def test_links_offer_records_of_the_same_client_only(desk: Callable, read: Callable) -> None:
	meeting = find_meeting(read)
	here = desk("Case Worker")
	here.open("case-note/new")
	here.wait_for(f"{json.dumps('Case Note')} === (window.cur_frm && cur_frm.doctype)")
	here.run("cur_frm.set_value('client_case', arguments[0])", meeting["client_case"])
	here.wait_for("cur_frm.doc.client")
	assert here.run("return cur_frm.doc.client") == meeting["client"]
	filters = here.run("return cur_frm.fields_dict.goal.get_query(cur_frm.doc).filters")
	assert filters == {"client_case": meeting["client_case"]}


def test_a_step_that_an_administrator_added_to_a_workflow_is_offered(desk: Callable, read: Callable) -> None:
	meeting = find_meeting(read)
	here = desk("Case Worker")
	here.open_form("Case Meeting", meeting["name"])
	shown = here.run(
		"""const is_covered = frappe.workflow.case_actions['Case Meeting'];
		const workflow = frappe.workflow.workflows['Case Meeting'];
		workflow.states.push({state: 'Awaiting Approval', update_field: 'status', update_value: 'Scheduled'});
		return ['Held', 'Awaiting Approval'].map((next_state) => is_covered(cur_frm.doc, {next_state}));"""
	)
	assert shown == [True, False]


def test_the_calendar_shows_codes_and_never_names(desk: Callable, read: Callable) -> None:
	meeting = find_meeting(read)
	here = desk("Case Worker")
	here.open("case-meeting/view/calendar/default")
	here.wait_for("$('.fc-view').length")
	events = here.driver.execute_async_script(
		"""frappe.xcall('case_management.case_management.meeting.meeting_calendar.get_events', {
			doctype: 'Case Meeting', start: '2000-01-01', end: '2100-01-01'}).then(arguments[0])"""
	)
	assert meeting["name"] in {event["name"] for event in events}
	assert all(event["title"].split() == [event["title"].split()[0], event["name"]] for event in events)
	assert meeting["client_name"] not in json.dumps(events)
	assert here.get_errors() == []


# Danger, the client's own record, an emergency, the board

# What is recorded in a form of its own, each by a role that records it.
RECORDS = {
	"Case Worker": (
		"Critical Incident",
		"Safety Plan",
		"Client Feedback",
		"Accommodation Stay",
		"Record Request",
		"Conflict Declaration",
		"Seconded Worker Request",
		"Sensitive Rating",
	),
	"Case Intake Worker": ("Conflict Declaration",),
	"Case Management Admin": ("Practice Standard", "Feedback Question", "Goal Idea"),
}
REPORTS = (
	("Case Auditor", "Practice Standards"),
	("Case Manager Lead", "Client Outcomes"),
	("Case Worker", "What Is Missing"),
	("Case Intake Worker", "Waiting List"),
)


def find_case(read: Callable) -> dict:
	"""Return an Active case of the case worker's in a program that the team leader leads."""
	found = {}
	for role in ("Case Worker", "Case Manager Lead"):
		rows = read(
			role, "Client Case", filters={"status": "Active"}, fields=["name", "client"], limit_page_length=0
		)
		found[role] = {row["name"]: row for row in rows}
	shared = [row for name, row in found["Case Worker"].items() if name in found["Case Manager Lead"]]
	assert shared, "the made-up service has no Active case of the case worker's and the team leader's"
	return shared[0]


@pytest.mark.parametrize("role", RECORDS)
def test_each_role_opens_the_forms_of_what_it_records(desk: Callable, role: str) -> None:
	here = desk(role)
	here.open("case-management")
	for doctype in RECORDS[role]:
		here.run("frappe.new_doc(arguments[0])", doctype)
		here.wait_for(f"window.cur_frm && cur_frm.doctype === {doctype!r} && cur_frm.is_new()")
		here.settle()
		assert here.get_messages() == "", doctype
		assert here.get_errors() == [], doctype


@pytest.mark.parametrize(("role", "report"), REPORTS)
def test_who_reads_a_report_opens_it(desk: Callable, role: str, report: str) -> None:
	here = desk(role)
	here.open(f"query-report/{report}")
	here.wait_for("frappe.query_report && frappe.query_report.columns && frappe.query_report.columns.length")
	here.settle()
	assert here.get_messages() == ""
	assert here.get_errors() == []


def test_b12_a_worker_records_an_incident_and_the_form_asks_for_the_safety_plan(
	desk: Callable, act: Callable, make: Callable, read: Callable
) -> None:
	intake = make_intake(make, act, read, f"Ironbark {datetime.now():%H%M%S%f}")
	given = {"new_person": 1, "case_manager": get_user(read), "informed_how": "By phone"}
	case = act("Case Intake Worker", "Client Intake", intake, "accept", **given)
	here = desk("Case Worker")
	here.open("critical-incident/new")
	here.wait_for("window.cur_frm && cur_frm.doctype === 'Critical Incident'")
	values = {
		"client_case": case["client_case"],
		"client": case["client"],
		"incident_type": "Incident Type-violence",
		"what_happened": "Somebody was at the door.",
		"actions_taken": "We went somewhere else.",
		"ongoing_risk": 1,
	}
	here.driver.execute_async_script("cur_frm.set_value(arguments[0]).then(arguments[1])", values)
	here.settle()
	here.run("cur_frm.save()")
	here.fill_dialog(what_to_do="Ring us", safe_places="The library", warning_signs="His car")
	here.wait_for("cur_frm.doc.ongoing_risk && cur_frm.doc.safety_plan && !cur_frm.is_dirty()")
	here.settle()
	incident = read("Case Worker", "Critical Incident", here.run("return cur_frm.doc.name"))
	plan = read("Case Worker", "Safety Plan", incident["safety_plan"])
	assert (plan["is_current"], plan["safe_places"]) == (1, "The library")
	here.open_form("Client", case["client"])
	assert incident["name"] in here.get_text(".case-banner")
	assert here.get_errors() == []


def get_user(read: Callable) -> str:
	"""Return the case worker whom the tests sign in."""
	return read("Case Worker", "Client Case", find_case(read)["name"])["case_manager"]


def test_b26_a_team_leader_decides_a_request_and_opens_the_bundle(
	desk: Callable, make: Callable, read: Callable
) -> None:
	case = find_case(read)
	asked = {"client": case["client"], "client_case": case["name"], "kind": "Access", "what_is_asked": "All"}
	request = make("Case Worker", "Record Request", **asked)["name"]
	here = desk("Case Worker")
	here.open_form("Record Request", request)
	assert "Make Bundle" not in here.get_buttons()

	here = desk("Case Manager Lead")
	here.open_form("Record Request", request)
	here.press("Decide")
	here.fill_dialog(decision="Granted", include_confidential=1)
	here.wait_for_status("Decided")
	here.press("Make Bundle")
	here.confirm()
	here.wait_for("cur_frm.doc.bundle && !cur_frm.is_dirty()")
	here.settle()
	assert "Open Bundle" in here.get_buttons()
	assert re.fullmatch(
		r"/private/files/.*\.zip", read("Case Manager Lead", "Record Request", request)["bundle"]
	)
	assert here.get_errors() == []


def test_b12_a_worker_gives_themselves_emergency_access_in_the_list_of_clients(
	desk: Callable, read: Callable
) -> None:
	seen = {row["name"] for row in read("Case Worker", "Client", limit_page_length=0)}
	all_clients = read("Case Manager Lead", "Client", limit_page_length=0, order_by="name asc")
	hidden = [row["name"] for row in all_clients if row["name"] not in seen]
	assert hidden, "the case worker sees every client of the made-up service"
	here = desk("Case Worker")
	here.open("client")
	here.wait_for("window.cur_list && cur_list.doctype === 'Client'")
	here.run(
		"""cur_list.page.inner_toolbar.find('button').filter((i, e) =>
			decodeURIComponent($(e).attr('data-label') || '') === 'Emergency Access').trigger('click')"""
	)
	here.fill_dialog(client=hidden[0], reason="She rings from the station and is in danger")
	here.wait_for(f"window.cur_frm && cur_frm.doc && cur_frm.doc.name === {hidden[0]!r}")
	here.settle()
	assert read("Case Worker", "Client", hidden[0])["name"] == hidden[0]
	assert here.get_errors() == []
