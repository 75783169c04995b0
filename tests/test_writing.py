"""Writing over HTTP: what is hidden is written by no way, in the words of what is not there; one's own only by the rules.

Every way that REST, the forms, bulk edit and import have is tried on the hidden client of the leak suite.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

import pytest
import requests
from inside import call, needs_site
from records import Person, Service, get_day, get_path, get_stored, get_time, get_words
from writing_ways import BULK, get_row_ways, get_ways, post

pytestmark = needs_site

WORLD = "case_management.tests.leak_world"
SUM = "case_management.tests.writing_base.get_hidden_sum"
# How each text of the hidden records begins.
TEXT = re.compile(r"zq[g-z]{10}")
RECORDS = ("Client", "Case Note")


@pytest.fixture(scope="module")
def hidden() -> Iterator[dict[str, dict]]:
	"""The hidden record of each DocType, as the leak suite knows it, beside the name that does not exist."""
	made = call(f"{WORLD}.make")
	yield {record["doctype"]: record for record in made["clients"]["98101"]["records"]}
	call(f"{WORLD}.remove")


@pytest.fixture(scope="module")
def service(case_url: str, login: Callable, logins: dict) -> Service:
	roles = ("Case Intake Worker", "Case Worker", "Case Manager Lead")
	return Service(*[Person(case_url, login(role), logins[role]["user"]) for role in roles])


@pytest.fixture(scope="module")
def worker(service: Service) -> Person:
	return service.worker


@pytest.fixture(scope="module")
def case(service: Service) -> str:
	return service.make_active_case("Written About")


@pytest.fixture(scope="module")
def own(service: Service, case: str) -> dict[str, str]:
	"""A note and a goal of one's own, and the client."""
	note = service.make_for(case, "Case Note", note="Mine", noted_on=get_time(minutes=-5))["name"]
	goal = service.make_active_goal(case)["goal"]
	client = service.worker.read("Client Case", case)["client"]
	return {"Client": client, "Client Case": case, "Case Note": note, "Support Goal": goal}


def get_answer(answer: requests.Response, name: str) -> tuple[int, str]:
	"""Return what an answer says of a record, with its name taken out, and whatever differs each time."""
	text = re.sub(r"__frappe_exc_id\W+\w+|at 0x\w+|\d{4}-\d\d-\d\d[ T][\d:.]+", "", answer.text)
	return answer.status_code, re.sub(r"line \d+", "", text.replace(name, "X").replace(quote(name), "X"))


@pytest.mark.parametrize("doctype", RECORDS)
def test_no_way_writes_what_is_hidden_and_each_answers_as_for_what_is_not_there(
	doctype: str, worker: Person, hidden: dict
) -> None:
	before, wrong = call(SUM), []
	names = (hidden[doctype]["name"], hidden[doctype]["absent"])
	for way in get_ways(worker, doctype, names[0]):
		first, second = (get_answer(get_ways(worker, doctype, name)[way](), name) for name in names)
		if first != second or TEXT.search(first[1]) or first[0] >= 500:
			wrong.append((way, first, second))
	assert call(SUM) == before
	assert not wrong, "\n".join(
		f"{way}: {first[0]} {first[1][:300]} / {second[0]} {second[1][:300]}" for way, first, second in wrong
	)


def test_a_hidden_record_is_not_stored_as_ones_own(worker: Person, hidden: dict, own: dict) -> None:
	"""Frappe loads the record of the address, takes over the name that is sent, and saves that one."""
	for doctype in ("Client", "Case Note", "Support Goal"):
		mine = worker.read(doctype, own[doctype])
		for values in (
			{"name": mine["name"], "modified": mine["modified"]},
			{"__islocal": 1, "client": own["Client"]},
		):
			answer = worker.send("PUT", get_path(doctype, hidden[doctype]["name"]), json=values)
			assert not answer.ok
			assert not TEXT.search(answer.text)
		assert worker.read(doctype, own[doctype]) == mine


def test_rows_of_hidden_records_are_neither_read_nor_taken_nor_written(
	worker: Person, hidden: dict, own: dict
) -> None:
	before = call(SUM)
	for doctype in ("Client", "Client Case", "Support Goal"):
		for child in hidden[doctype]["rows"][:2]:
			about = {
				"parent": own[doctype],
				"parenttype": doctype,
				"parentfield": child["above"]["parentfield"],
			}
			for way, ask in get_row_ways(worker, child["doctype"], child["name"], about).items():
				answer = ask()
				assert answer.status_code in (403, 404, 417), (way, child["doctype"], get_words(answer))
				assert not TEXT.search(answer.text), (way, child["doctype"])
			new = {**about, "parent": hidden[doctype]["name"]}
			for path in ("resource", "v2/document"):
				answer = worker.send("POST", f"{path}/{quote(child['doctype'])}", json=new)
				assert not answer.ok, child["doctype"]
	assert call(SUM) == before


def test_ones_own_team_is_written_by_no_way(worker: Person, case: str, logins: dict) -> None:
	"""B12: who is on it sees the client."""
	friend = logins["Seconded Case Worker"]["user"]
	team = worker.read("Client Case", case)["team"]
	about = {"parent": case, "parenttype": "Client Case", "parentfield": "team", "user": friend}
	row = {"doctype": "Case Team Member", **about, "from_date": get_day(-9), "team_role": "Cover"}
	bulk = {"doctype": "Client Case", "docnames": [case], "action": "update", "data": {"team": [row]}}
	for ask in (
		*get_row_ways(worker, "Case Team Member", team[0]["name"], about).values(),
		partial(worker.send, "POST", "resource/Case Team Member", json=row),
		partial(worker.send, "POST", "v2/document/Case Team Member", json=row),
		partial(post, worker, "frappe.client.insert", doc=row),
		partial(post, worker, "frappe.client.insert_many", docs=[row]),
		partial(worker.send, "PUT", get_path("Client Case", case), json={"team": [*team, row]}),
		partial(post, worker, BULK, **bulk),
	):
		ask()
		stored = worker.read("Client Case", case)["team"]
		assert [(row["name"], row["user"]) for row in stored] == [(row["name"], row["user"]) for row in team]


def test_a_bulk_edit_sets_no_field_that_only_the_app_sets(worker: Person, own: dict) -> None:
	before = {doctype: get_stored(worker, doctype, name) for doctype, name in own.items()}
	crafted = {
		"owner": "Guest",
		"creation": "2001-01-01",
		"_assign": "[]",
		"amended_from": "X",
		"docstatus": 0,
	}
	states = (
		{"status": "Closed"},
		{"workflow_state": "Closed"},
		{"status": "Achieved"},
		{"team_access_until": "2999-01-01"},
	)
	for doctype, name in own.items():
		for values in (crafted, *states):
			post(worker, BULK, doctype=doctype, docnames=[name], action="update", data=values)
		for action in ("submit", "cancel"):
			post(worker, BULK, doctype=doctype, docnames=[name], action=action)
		assert get_stored(worker, doctype, name) == before[doctype]


def test_an_import_of_client_records_is_nobodys(case_url: str, login: Callable, logins: dict) -> None:
	for role in ("Case Worker", "Case Manager Lead", "Case Management Admin"):
		person = Person(case_url, login(role), logins[role]["user"])
		for kind in ("Insert New Records", "Update Existing Records"):
			values = {"reference_doctype": "Client Case", "import_type": kind}
			assert person.send("POST", "resource/Data Import", json=values).status_code == 403, role


@pytest.fixture
def hidden_file(hidden: dict) -> Iterator[str]:
	"""The address of a private file of the hidden client."""
	yield call("case_management.tests.writing_base.make_hidden_file")
	call("case_management.tests.writing_base.remove_hidden_file")


def test_the_private_file_of_a_hidden_record_is_not_taken_by_its_address(
	worker: Person, own: dict, hidden_file: str
) -> None:
	"""Frappe makes a file of one's own of whatever lies at the address, with its content."""
	answers = []
	for address in (hidden_file, "/private/files/no-such-file.txt"):
		about = {"doctype": "Client", "docname": own["Client"], "is_private": 1, "file_url": address}
		for ask in (
			partial(worker.send, "POST", "method/upload_file", data=about),
			partial(worker.send, "POST", "resource/File", json={"file_url": address, "is_private": 1}),
			partial(worker.send, "PUT", f"resource/User/{worker.user}", json={"user_image": address}),
		):
			answers.append(get_answer(ask(), address))
			assert answers[-1][0] in (403, 404, 417), answers[-1]
	assert [status for status, _text in answers[:3]] == [status for status, _text in answers[3:]]
	assert worker.session.get(worker.url + hidden_file, timeout=60).status_code in (403, 404)
