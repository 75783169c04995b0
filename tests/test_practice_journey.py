"""What a household and those who work with it do besides the plain journey, over REST, each part by the roles it concerns.

Danger, a place to live, a worker of another agency, feedback, the client's own record, a conflict, an emergency; and the
reports. What one role does is refused to the others, and what is private is asked for by those, too.
"""

import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from inside import REPO, call, needs_site
from records import Person, Service, get_data, get_day, get_path, get_words

WORKER, LEADER, INTAKE = "Case Worker", "Case Manager Lead", "Case Intake Worker"
SECONDED, ADMIN, AUDITOR = "Seconded Case Worker", "Case Management Admin", "Case Auditor"
STAFF = (WORKER, LEADER, INTAKE, SECONDED, ADMIN, AUDITOR)
NOBODY = "Guest"

SETTINGS = "Case Management Settings"
SAFETY = "Reason Information Is Withheld-safety"
SAFE_WORDS = {"warning_signs": "His car", "safe_places": "The library", "what_to_do": "Ring us"}
INCIDENT = {
	"incident_type": "Incident Type-family-violence",
	"what_happened": "Somebody was at the door.",
	"actions_taken": "We went somewhere else.",
}


@pytest.fixture(scope="module")
def people(case_url: str, login: Callable, logins: dict) -> dict[str, Person]:
	"""The first person of each role, and somebody who has not signed in."""
	nobody = requests.Session()
	nobody.headers["Accept"] = "application/json"
	signed_in = {role: Person(case_url, login(role), logins[role]["user"]) for role in STAFF}
	return {**signed_in, NOBODY: Person(case_url, nobody, NOBODY)}


@pytest.fixture(scope="module")
def service(people: dict) -> Service:
	return Service(people[INTAKE], people[WORKER], people[LEADER])


@pytest.fixture(scope="module")
def colleague(case_url: str, login_as: Callable, staff: list[dict], people: dict) -> Person:
	"""Another case worker, who is not on the team of what is made here."""
	row = next(row for row in staff if row["role"] == WORKER and row["user"] != people[WORKER].user)
	return Person(case_url, login_as(row["user"], row["password"]), row["user"])


@pytest.fixture(scope="module")
def home(service: Service) -> dict:
	"""A parent and a child in the residential program, and the parent's plan with a goal."""
	case = service.make_active_case("Mulga Practice")
	made = {"case": case, "client": get_client(service, case), **service.make_active_goal(case)}
	given = {"preferred_name": "Sprout Practice", "birth_date": get_day(-4000)}
	member = service.worker.act("Client Case", case, "add_household_member", **given)
	return {**made, "child": member["client"], "child_case": member["client_case"]}


@pytest.fixture(scope="module")
def other(service: Service) -> dict:
	"""Somebody else of the same case worker."""
	case = service.make_active_case("Quandong Elsewhere")
	return {"case": case, "client": get_client(service, case), "goal": service.make_active_goal(case)["goal"]}


def get_client(service: Service, case: str) -> str:
	return service.worker.read("Client Case", case)["client"]


def make_note(service: Service, case: str, note: str, **values) -> str:
	return service.make_for(case, "Case Note", note=note, kind="Contact", **values)["name"]


def send_for(person: Person, home: dict, doctype: str, **values) -> requests.Response:
	given = {"client": home["client"], "client_case": home["case"], **values}
	return person.send("POST", get_path(doctype), json=given)


def get_refusal(answer: requests.Response, *statuses: int) -> str:
	"""Return the words of a refusal; a rule's is 417, where nothing else is said."""
	words = get_words(answer)
	assert answer.status_code in (statuses or (417,)), f"{answer.status_code} {words}"
	return words


def is_hidden(person: Person, doctype: str, name: str) -> bool:
	"""Tell whether a record neither opens for somebody nor stands in their list."""
	opened = person.send("GET", get_path(doctype, name))
	listed = person.send("GET", get_path(doctype), params={"filters": json.dumps({"name": name})})
	return opened.status_code in (403, 404) and not (listed.ok and listed.json()["data"])


# Danger


def test_b12_a_risk_that_goes_on_waits_for_a_safety_plan_and_the_incident_does_not(
	service: Service, people: dict, home: dict
) -> None:
	refused = send_for(service.worker, home, "Critical Incident", **INCIDENT, ongoing_risk=1)
	assert "current safety plan" in get_refusal(refused)
	assert service.worker.find("Critical Incident", client=home["client"]) == []

	incident = get_data(send_for(service.worker, home, "Critical Incident", **INCIDENT))["name"]
	goes_on = ("Critical Incident", incident, "record_ongoing_risk")
	assert incident in get_refusal(service.worker.try_to(*goes_on))
	for role in (INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY):
		assert is_hidden(people[role], "Critical Incident", incident), role
		get_refusal(people[role].try_to(*goes_on, **SAFE_WORDS), 403)

	answer = service.worker.act(*goes_on, **SAFE_WORDS)
	plan = service.lead.read("Safety Plan", answer["safety_plan"])
	assert (plan["is_current"], plan["safe_places"]) == (1, "The library")
	assert answer["lead_told_on"]

	closing = ("Critical Incident", incident, "close")
	assert "The risk goes on" in get_refusal(service.worker.try_to(*closing))
	service.worker.act("Critical Incident", incident, "end_risk", note="He moved away.")
	assert service.worker.act(*closing)["status"] == "Closed"


# A place to live


def test_c28_the_parent_comes_to_a_stage_and_nobody_outside_the_team_moves_them(
	service: Service, people: dict, home: dict
) -> None:
	move = ("Client Case", home["case"], "move_to_stage")
	for role in (INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY):
		get_refusal(people[role].try_to(*move, stage="Building"), 403)
	assert "Choose one of: " in get_refusal(service.worker.try_to(*move, stage="Nowhere"))
	answer = service.worker.act(*move, stage="Building", note="Cooks for the house")
	assert answer == {"stage": "Building", "since": get_day()}
	rows = service.worker.read("Client Case", home["case"])["stage_history"]
	assert [(row["stage"], row["by_user"]) for row in rows] == [("Building", service.worker.user)]


def test_c30_a_place_of_the_program_is_the_households_until_they_move_out(
	service: Service, home: dict
) -> None:
	place = {"accommodation_type": "Accommodation Type-transitional", "from_date": get_day()}
	given = {**place, "provided_by_program": 1}
	stay = get_data(send_for(service.worker, home, "Accommodation Stay", **given))["name"]
	rows = service.worker.act("Accommodation Stay", stay, "record_for_household")["stays"]
	assert [row["client"] for row in rows] == [home["child"]]
	second = send_for(service.worker, home, "Accommodation Stay", **given)
	assert stay in get_refusal(second)
	answer = service.worker.act("Accommodation Stay", stay, "move_out", household=1)
	assert answer == {"to_date": get_day(), "household": [rows[0]["stay"]]}


# What is recorded apart, and for several


def test_c32_what_is_said_of_a_sensitive_domain_is_the_workers_and_the_leaders(
	service: Service, people: dict, home: dict
) -> None:
	assessment = service.worker.act("Client Case", home["case"], "start_assessment")["assessment"]
	rows = service.worker.read("Client Assessment", assessment)["domains"]
	for row in rows:
		if row["domain"] == "Mental Wellbeing":
			row["present_need"] = "Sleeps badly since then"
	service.worker.save("Client Assessment", assessment, domains=rows)
	(apart,) = service.lead.find("Sensitive Rating", "present_need", assessment=assessment)
	assert apart["present_need"] == "Sleeps badly since then"
	assert "Sleeps badly" not in json.dumps(service.worker.read("Client Assessment", assessment)["domains"])
	for role in (INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY):
		assert is_hidden(people[role], "Sensitive Rating", apart["name"]), role


def test_a_note_for_the_household_names_no_member_in_the_file_of_another(
	service: Service, home: dict
) -> None:
	write = ("Client Case", home["case"], "write_household_note")
	given = {"members": [home["child_case"]], "note": "We cooked together."}
	named = service.worker.try_to(*write, **{**given, "note": "We cooked with Sprout Practice."})
	assert "name" in get_refusal(named)
	notes = service.worker.act(*write, **given)["notes"]
	assert service.worker.act(*write, **given)["notes"] == notes
	mine, childs = (service.worker.read("Case Note", note) for note in notes)
	assert (mine["client"], childs["client"]) == (home["client"], home["child"])
	assert home["child"] not in json.dumps(mine)
	assert home["client"] not in json.dumps(childs)


# A worker of another agency


def test_c44_a_seconded_worker_sees_this_client_until_the_secondment_ends(
	service: Service, people: dict, home: dict, other: dict
) -> None:
	seconded, kept = people[SECONDED], make_note(service, home["case"], "Ours alone.", shared_with_seconded=0)
	shared = make_note(service, home["case"], "For all of us.")
	wish = {"wanted": "Somebody who speaks Dari", "reason": "Reason for a Seconded Worker-language"}
	request = get_data(send_for(service.worker, home, "Seconded Worker Request", **wish))["name"]
	give = ("Seconded Worker Request", request, "give")
	until = {"to_date": get_day(30), "agency": service.get_agency()}
	assert is_hidden(seconded, "Client", home["client"])
	for role in (INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY):
		get_refusal(people[role].try_to(*give, user=seconded.user, **until), 403)
	assert "no seconded worker" in get_refusal(service.lead.try_to(*give, user=service.worker.user, **until))

	assert service.lead.act(*give, user=seconded.user, **until)["status"] == "Given"
	assert seconded.read("Client", home["client"])["preferred_name"] == "Mulga Practice"
	assert seconded.read("Case Note", shared)["note"] == "For all of us."
	assert is_hidden(seconded, "Case Note", kept)
	for doctype, name in (("Client", other["client"]), ("Client Case", other["case"])):
		assert is_hidden(seconded, doctype, name)
	assert seconded.send("GET", get_path("Seconded Worker Request", request)).status_code == 403
	rated = service.lead.find("Sensitive Rating", client=home["client"])
	assert all(is_hidden(seconded, "Sensitive Rating", row["name"]) for row in rated)

	service.lead.act("Seconded Worker Request", request, "end", note="She came for the first weeks.")
	seen = {
		"Client": home["client"],
		"Client Case": home["case"],
		"Case Note": shared,
		"Support Goal": home["goal"],
	}
	assert all(is_hidden(seconded, doctype, name) for doctype, name in seen.items())


# Feedback


def test_b20_feedback_is_asked_for_given_answered_and_the_client_told(
	service: Service, people: dict, home: dict
) -> None:
	feedback = get_data(send_for(service.worker, home, "Client Feedback", kind="During Support"))["name"]
	about = ("Client Feedback", feedback)
	assert "no feedback to answer" in get_refusal(
		service.lead.try_to(*about, "reply", answer="A", what_changed="B")
	)
	said = {"nature": "Concern", "comments": "The hall is dark at night.", "channel": "In Person"}
	service.worker.act(*about, "record", **said)
	answer = {"answer": "You are right.", "what_changed": "There is a light now."}
	get_refusal(service.worker.try_to(*about, "reply", **answer), 403)
	for role in (INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY):
		assert is_hidden(people[role], *about), role
		get_refusal(people[role].try_to(*about, "reply", **answer), 403)
	assert "not answered yet" in get_refusal(service.worker.try_to(*about, "tell_client"))
	assert service.lead.act(*about, "reply", **answer) == {"status": "Answered"}
	assert service.worker.act(*about, "tell_client") == {"client_told_on": get_day()}
	assert "stays as they said it" in get_refusal(
		service.worker.send("PUT", get_path(*about), json={"comments": "It is fine."})
	)


def send_form(person: Person, **values) -> requests.Response:
	given = {"kind": "During Support", "answers": [], **values}
	data = {"web_form": "client-feedback", "data": json.dumps(given)}
	return person.send("POST", "method/frappe.website.doctype.web_form.web_form.accept", data=data)


@pytest.fixture
def form(people: dict, service: Service) -> Iterator[dict]:
	"""The public form, published for one program; afterwards it is not, as it comes."""
	program = service.get_program()
	publish(1)
	people[ADMIN].save("Support Program", program, public_feedback=1)
	yield {"program": program, "not listed": service.get_program("Voluntary")}
	people[ADMIN].save("Support Program", program, public_feedback=0)
	publish(0)


def publish(value: int) -> None:
	form = {"doctype": "Web Form", "name": "client-feedback"}
	call("frappe.client.set_value", **form, fieldname="published", value=value)


@needs_site
def test_b20_a_guest_gives_feedback_through_the_published_form_and_leaves_no_trace(
	people: dict, service: Service, form: dict, home: dict
) -> None:
	guest = people[NOBODY]
	forged = {"client": home["client"], "anonymous": 0, "status": "Answered", "answer": "Forged"}
	words = f"Loud at night {time.time()}"
	answer = send_form(guest, program=form["program"], comments=words, nature="Concern", **forged)
	assert answer.ok, get_words(answer)
	(made,) = service.lead.find("Client Feedback", comments=words)
	stored = service.lead.read("Client Feedback", made["name"])
	assert (stored["anonymous"], stored["status"], stored["channel"]) == (1, "New", "Online Form")
	assert not stored.get("client") and not stored.get("answer")
	assert stored["creation"].startswith(get_day()[:8] + "01 00:00:00")
	get_refusal(send_form(guest, program=form["not listed"], comments=words), 403)
	assert len(service.lead.find("Client Feedback", comments=words)) == 1
	assert is_hidden(guest, "Client Feedback", made["name"])
	page = guest.session.get(f"{guest.url}/client-feedback", headers={"Accept": "text/html"}, timeout=60)
	assert page.ok and form["program"] in page.text
	assert form["not listed"] not in page.text


def test_b20_a_form_that_is_not_published_takes_nothing(people: dict, service: Service) -> None:
	words = f"Not published {time.time()}"
	answer = send_form(people[NOBODY], program=service.get_program(), comments=words)
	assert "takes no feedback" in get_refusal(answer, 403)
	assert service.lead.find("Client Feedback", comments=words) == []


# The client's own record


@pytest.fixture(scope="module")
def bundle(service: Service, people: dict, home: dict) -> dict:
	"""A request for access, decided and made into a bundle by the team leader, with one note withheld."""
	withheld = make_note(service, home["case"], "Zibeline is what he said.")
	given = make_note(service, home["case"], "Marzipan for the birthday.")
	asked = {"kind": "Access", "what_is_asked": "All you have about me"}
	request = get_data(send_for(service.worker, home, "Record Request", **asked))["name"]
	rows = [{"record_type": "Case Note", "record_name": withheld, "reason": SAFETY}]
	decision = {
		"decision": "Granted in Part",
		"withheld": rows,
		"reasons": "It would put somebody in danger.",
	}
	told = {"informed_on": get_day(), "complaint_path_told": 1}
	for role in (WORKER, INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY):
		get_refusal(people[role].try_to("Record Request", request, "decide", **decision, **told), 403)
	early = get_refusal(service.lead.try_to("Record Request", request, "make_bundle"))
	answer = service.lead.act("Record Request", request, "decide", **decision, **told)
	refused = get_refusal(service.worker.try_to("Record Request", request, "make_bundle"), 403)
	made = service.lead.act("Record Request", request, "make_bundle")
	return {
		**{"request": request, "withheld": withheld, "given": given, "early": early, "refused": refused},
		**{"status": answer["status"], "path": made["bundle"], "left_out": made["left_out"]},
	}


def download(person: Person, path: str) -> requests.Response:
	return person.session.get(person.url + path, timeout=60)


def test_b26_a_team_leader_decides_and_makes_the_bundle(service: Service, bundle: dict) -> None:
	assert bundle["status"] == "Decided"
	assert "access was granted" in bundle["early"]
	assert "team leader" in bundle["refused"]
	again = service.lead.act("Record Request", bundle["request"], "make_bundle")
	assert again == {"bundle": bundle["path"], "left_out": bundle["left_out"]}
	assert service.worker.act("Record Request", bundle["request"], "complete")["status"] == "Completed"


@pytest.mark.parametrize("role", [WORKER, INTAKE, SECONDED, ADMIN, AUDITOR, NOBODY])
def test_b26_nobody_else_downloads_the_bundle(people: dict, bundle: dict, role: str) -> None:
	answer = download(people[role], bundle["path"])
	assert answer.status_code == 403
	assert b"PK" not in answer.content[:4]


def test_b26_the_bundle_holds_the_record_without_what_is_withheld_or_of_others(
	service: Service, home: dict, other: dict, bundle: dict
) -> None:
	answer = download(service.lead, bundle["path"])
	assert answer.ok and answer.content.startswith(b"PK")
	archive = zipfile.ZipFile(io.BytesIO(answer.content))
	parts = {name: archive.read(name) for name in archive.namelist()}
	assert {"record.json", "left_out.json"} <= set(parts)
	assert {"record.pdf", "record.html"} & set(parts)
	content = json.loads(parts["record.json"])
	assert (content["client"], content["request"]) == (home["client"], bundle["request"])
	text = parts["record.json"].decode()
	for word in ("Marzipan", home["goal"], bundle["given"]):
		assert word in text
	records = {record["code"] for record in content["records"]}
	assert bundle["given"] in records and bundle["withheld"] not in records
	left_out = json.loads(parts["left_out.json"])
	assert bundle["withheld"] in [row["record"] for row in left_out]
	assert len(left_out) == bundle["left_out"]
	for word in ("Zibeline", other["client"], other["case"], home["child"], home["child_case"], "Sprout"):
		assert word not in text


# A conflict


@pytest.fixture(scope="module")
def known(service: Service) -> dict[str, tuple[str, str]]:
	"""Records of a client whom the case worker turns out to know, by DocType."""
	case = service.make_active_case("Wattle Neighbour")
	made = service.make_active_goal(case)
	client = get_client(service, case)
	asked = service.make_for(case, "Record Request", kind="Access", what_is_asked="All")["name"]
	return {
		"Client": client,
		"Client Case": case,
		"Support Plan": made["plan"],
		"Support Goal": made["goal"],
		"Case Meeting": service.get_meeting(case),
		"Case Note": make_note(service, case, "We spoke."),
		"Client Consent": service.make_consent(case),
		"Record Request": asked,
		"Safety Plan": service.make_for(case, "Safety Plan", **SAFE_WORDS)["name"],
		"Accommodation Stay": service.make_for(
			case, "Accommodation Stay", from_date=get_day(), accommodation_type="Accommodation Type-crisis"
		)["name"],
	}


@pytest.fixture(scope="module")
def declared(service: Service, known: dict) -> str:
	"""The case worker's declaration that they know the client."""
	assert not any(is_hidden(service.worker, *record) for record in known.items())
	given = {"client": known["Client"], "reason": "We share a fence."}
	made = service.worker.make("Conflict Declaration", **given)
	assert made["user"] == service.worker.user
	assert not made.get("client_name") and not made.get("people_told")
	return made["name"]


WAYS = {
	"v1": lambda doctype, name: ("GET", get_path(doctype, name), {}),
	"v2": lambda doctype, name: ("GET", f"v2/document/{doctype}/{name}", {}),
	"form": lambda doctype, name: (
		"GET",
		"method/frappe.desk.form.load.getdoc",
		{"params": {"doctype": doctype, "name": name}},
	),
	"get": lambda doctype, name: (
		"GET",
		"method/frappe.client.get",
		{"params": {"doctype": doctype, "name": name}},
	),
	"save": lambda doctype, name: ("PUT", get_path(doctype, name), {"json": {"naming_series": "X"}}),
	"print": lambda doctype, name: (
		"GET",
		"method/frappe.www.printview.get_html_and_style",
		{"params": {"doc": doctype, "name": name}},
	),
}


@pytest.mark.parametrize("way", WAYS)
def test_who_declared_a_conflict_reaches_no_record_of_the_client(
	service: Service, known: dict, declared: str, way: str
) -> None:
	for doctype, name in known.items():
		method, path, options = WAYS[way](doctype, name)
		answer = service.worker.send(method, path, **options)
		assert answer.status_code in (403, 404), f"{doctype}: {answer.status_code} {get_words(answer)}"
		assert "Wattle" not in answer.text


def test_who_declared_a_conflict_finds_the_client_in_no_list(
	service: Service, known: dict, declared: str
) -> None:
	worker = service.worker
	for doctype, name in known.items():
		assert worker.find(doctype, name=name) == []
		filters = json.dumps([[doctype, "name", "=", name]])
		given = {"doctype": doctype, "filters": filters, "fields": "[]", "distinct": "false"}
		counted = worker.send("GET", "method/frappe.desk.reportview.get_count", params=given)
		assert get_data(counted) == 0
		found = worker.send(
			"GET", "method/frappe.desk.search.search_link", params={"doctype": doctype, "txt": name}
		)
		assert name not in found.text
	said = worker.find("Notification Log", "subject", "email_content", document_name=known["Client Case"])
	assert "Wattle" not in json.dumps(said)
	assert is_hidden(worker, "Conflict Declaration", declared)


def test_the_leader_is_told_of_a_conflict_and_names_another_case_manager(
	service: Service, colleague: Person, known: dict, declared: str
) -> None:
	declaration = service.lead.read("Conflict Declaration", declared)
	assert (declaration["involved"], declaration["people_told"]) == (1, service.lead.user)
	assert service.lead.read("Client Case", known["Client Case"])["manager_in_conflict"] == 1
	service.lead.act("Client Case", known["Client Case"], "change_case_manager", user=colleague.user)
	assert service.lead.read("Client Case", known["Client Case"])["manager_in_conflict"] == 0
	assert colleague.read("Case Note", known["Case Note"])["note"]
	back = service.lead.try_to(
		"Client Case", known["Client Case"], "add_team_member", user=service.worker.user
	)
	assert service.worker.user in get_refusal(back)
	emergency = give_access(service.worker, known["Client"], "The house is on fire tonight")
	assert "no emergency access to this client for you" in get_refusal(emergency)


# An emergency


def give_access(person: Person, client: str, reason: str) -> requests.Response:
	given = {"client": client, "reason": reason}
	return person.send(
		"POST", "method/case_management.case_management.access.emergency.give_access", data=given
	)


@pytest.fixture
def short_access(people: dict) -> Iterator[float]:
	"""Emergency access that lasts seconds, whose number is returned."""
	seconds = 4.0
	before = people[ADMIN].read(SETTINGS, SETTINGS)["emergency_access_hours"]
	people[ADMIN].save(SETTINGS, SETTINGS, emergency_access_hours=seconds / 3600)
	yield seconds
	people[ADMIN].save(SETTINGS, SETTINGS, emergency_access_hours=before)


def test_b12_emergency_access_opens_one_client_to_a_worker_and_ends_by_itself(
	service: Service, colleague: Person, home: dict, other: dict, short_access: float
) -> None:
	reason = "She is at the police station and cannot reach Wren"
	assert is_hidden(colleague, "Client", home["client"])
	answer = get_data(give_access(colleague, home["client"], reason))
	began = time.monotonic()
	assert colleague.read("Client", home["client"])["preferred_name"] == "Mulga Practice"
	assert colleague.read("Client Case", home["case"])["status"] == "Active"
	assert is_hidden(colleague, "Client", other["client"])

	time.sleep(max(0.0, short_access - (time.monotonic() - began)) + 0.5)
	assert is_hidden(colleague, "Client", home["client"])
	assert is_hidden(colleague, "Client Case", home["case"])
	again = get_data(give_access(colleague, home["client"], reason))
	assert again["emergency_access"] != answer["emergency_access"]

	new = {"client": home["client"], "looked_at_on": ["is", "not set"]}
	unseen = service.lead.find("Emergency Access", "repeated", "people_told", **new)
	assert [tuple(row.values()) for row in unseen] == [
		(answer["emergency_access"], 0, service.lead.user),
		(again["emergency_access"], 1, service.lead.user),
	]
	look = ("Emergency Access", answer["emergency_access"], "look_at")
	get_refusal(colleague.try_to(*look, note="Fine", justified="Yes"), 403)
	assert service.lead.act(*look, note="She was right to.", justified="Yes")["justified"] == "Yes"


def test_b12_emergency_access_says_no_without_telling_who_is_a_client(
	service: Service, people: dict, colleague: Person, home: dict, other: dict
) -> None:
	reason = "Somebody rings and is in danger now"
	assert "at least" in get_refusal(give_access(colleague, other["client"], "please"))
	unknown = get_refusal(give_access(colleague, "CL-99999", reason))
	assert "no emergency access to this client" in unknown
	for role in (SECONDED, ADMIN, AUDITOR, NOBODY):
		words = get_refusal(give_access(people[role], home["client"], reason), 403)
		assert words == get_refusal(give_access(people[role], "CL-99999", reason), 403)
	anyway = get_data(give_access(service.worker, home["client"], reason))
	assert anyway == {"client": home["client"], "emergency_access": None, "expires_on": None}


def test_b26_the_leader_reads_who_looked_at_a_record(service: Service, colleague: Person, home: dict) -> None:
	opened = {"params": {"doctype": "Client", "name": home["client"]}}
	get_data(give_access(colleague, home["client"], "Called out to her at night"))
	colleague.send("GET", "method/frappe.desk.form.load.getdoc", **opened)
	rows = run_report(service.lead, "Who Looked at a Record", client=home["client"]).json()["message"][
		"result"
	]
	looks = [row["access_kind"] for row in rows if isinstance(row, dict) and row["user"] == colleague.user]
	assert "Emergency Access" in looks
	assert {"Opened", "Read by API"} & set(looks)


# Reports: who counts, who lists


COUNTING = (LEADER, ADMIN, AUDITOR)
LISTING = (WORKER, SECONDED, LEADER)
REPORTS = {
	"Access to Be Reviewed": (ADMIN,),
	"Accommodation Outcomes": COUNTING,
	"Case Management Activity": COUNTING,
	"Children Without Assessment or Plan": LISTING,
	"Client Feedback Results": COUNTING,
	"Client Outcomes": COUNTING,
	"Gaps and Extent of Need": COUNTING,
	"Goals by Kind and Horizon": COUNTING,
	"Meeting Attendance": COUNTING,
	"Participation": COUNTING,
	"Impediments": COUNTING,
	"Personal Responsibility": COUNTING,
	"Policy Acknowledgements": (LEADER, ADMIN),
	"Practice Standard Gaps": (*LISTING, INTAKE, ADMIN),
	"Practice Standards": COUNTING,
	"Records Due for Disposal": (LEADER, ADMIN),
	"Response Times": COUNTING,
	"Services and Goals": LISTING,
	"Steps Due": LISTING,
	"Support Intrusiveness": COUNTING,
	"Turn-aways": COUNTING,
	"Waiting List": (INTAKE, LEADER),
	"What Is Missing": LISTING,
	"Who Looked at a Record": (LEADER,),
}
# What is counted of the made-up service in any half-year.
NEVER_EMPTY = {name for name, roles in REPORTS.items() if roles == COUNTING}
HALF_YEAR = {"from_date": get_day(-180), "to_date": get_day()}
A_CLIENT = re.compile(r"\b(CL|CASE)-\d|Practice\b.*\bMulga")


def run_report(person: Person, report: str, **filters) -> requests.Response:
	given = {**HALF_YEAR, **filters}
	if report == "Practice Standard Gaps":
		given.setdefault("standard", "B1")
	params = {"report_name": report, "filters": json.dumps(given), "ignore_prepared_report": "true"}
	return person.send("GET", "method/frappe.desk.query_report.run", params=params)


def get_rows(answer: requests.Response) -> list[dict]:
	"""Return the rows of a report, without the one that sums them up."""
	return [row for row in get_data(answer)["result"] if isinstance(row, dict)]


def test_no_report_is_forgotten() -> None:
	folder = Path(REPO, "case_management", "case_management", "report")
	assert {json.loads(path.read_text())["name"] for path in folder.glob("*/*.json")} == set(REPORTS)


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_runs_for_the_roles_it_is_made_for_and_for_no_other(people: dict, report: str) -> None:
	for role in (*STAFF, NOBODY):
		answer = run_report(people[role], report)
		if role in REPORTS[report]:
			assert answer.ok, f"{role}: {get_words(answer)}"
		else:
			get_refusal(answer, 403)


@pytest.mark.parametrize("report", sorted(NEVER_EMPTY))
def test_c11_a_leader_counts_and_an_auditor_reads_neither_a_client_nor_a_small_count(
	people: dict, report: str
) -> None:
	assert get_rows(run_report(people[LEADER], report))
	rows = get_rows(run_report(people[AUDITOR], report))
	assert rows
	assert not A_CLIENT.search(json.dumps(rows))
	for row in rows:
		small = [value for value in row.values() if type(value) is int and 0 < value < 5]
		assert not small, row


@pytest.mark.parametrize("report", sorted(name for name, roles in REPORTS.items() if WORKER in roles))
def test_a_list_names_nobody_whom_the_worker_does_not_see(
	service: Service, people: dict, report: str
) -> None:
	rows = get_rows(run_report(people[WORKER], report))
	named = {value for row in rows for value in row.values() if re.fullmatch(r"CL-\d+", str(value))}
	seen = {row["name"] for row in service.worker.find("Client", name=["in", sorted(named) or ["-"]])}
	assert named <= seen


@pytest.mark.parametrize("report", ["Practice Standards", "Case Management Activity", "What Is Missing"])
def test_a_period_that_ends_before_it_begins_is_refused(people: dict, report: str) -> None:
	role = REPORTS[report][0]
	answer = run_report(people[role], report, from_date=get_day(), to_date=get_day(-9))
	if report == "What Is Missing":
		assert answer.ok  # which has no period
	else:
		assert "ends before it begins" in get_refusal(answer)
