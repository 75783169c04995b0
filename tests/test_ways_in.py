"""Ways in that were found from outside, each asked over real HTTP by a case worker who may not see the record.

A hidden record is answered like one that is not there, nothing of it is in the answer, and nothing of it changes.
"""

import json
import re
from collections.abc import Callable

import pytest
import requests
from records import Person, Service

WORD = "Quillfeather"
ABSENT = "CL-99999999"


@pytest.fixture(scope="module")
def service(case_url: str, login: Callable, logins: dict) -> Service:
	roles = ("Case Intake Worker", "Case Worker", "Case Manager Lead")
	return Service(*[Person(case_url, login(role), logins[role]["user"]) for role in roles])


@pytest.fixture(scope="module")
def hidden(service: Service) -> str:
	"""The code of a client whom only the service's first worker sees."""
	case = service.make_active_case(WORD)
	return service.worker.find("Client Case", "client", name=case)[0]["client"]


@pytest.fixture(scope="module")
def other(case_url: str, login_as: Callable, staff: list[dict], service: Service) -> Person:
	"""A case worker who does not see that client."""
	rows = [row for row in staff if row["role"] == "Case Worker" and row["user"] != service.worker.user]
	return Person(case_url, login_as(rows[0]["user"], rows[0]["password"]), rows[0]["user"])


def assert_hidden(ask: Callable[[str], requests.Response], name: str, absent: str = ABSENT) -> None:
	"""Expect the same answer for a hidden record as for an absent one, and nothing of the hidden one in it."""
	answer, twin = ask(name), ask(absent)
	assert answer.status_code >= 400
	assert WORD not in answer.text
	told, of_absent = get_told(answer, name), get_told(twin, absent)
	differ = next((i for i, pair in enumerate(zip(told, of_absent, strict=False)) if len(set(pair)) > 1), 0)
	assert told == of_absent, (
		f"…{told[differ - 60 : differ + 200]}… …{of_absent[differ - 60 : differ + 200]}…"
	)


def get_told(answer: requests.Response, name: str) -> str:
	"""Return an answer without what was asked for, and without the moments, places and marks that Frappe puts in."""
	text = f"{answer.status_code} {answer.text}".replace(name, "CODE")
	return re.sub(r"0x[0-9a-f]+|[0-9a-f]{40,}|\d{4}-\d\d-\d\d[ T][\d:.]+", "", text)


@pytest.mark.parametrize("way", ["GET", "POST"])
@pytest.mark.parametrize("method", ["rename", "add_comment", "discard", "cancel", "submit"])
def test_w1_w5_w6_a_copy_that_says_it_is_new_calls_no_method(
	other: Person, service: Service, hidden: str, method: str, way: str
) -> None:
	before = service.worker.read("Client", hidden)

	def ask(name: str) -> requests.Response:
		docs = json.dumps({"doctype": "Client", "name": name, "__islocal": 1})
		given = {"docs": docs, "method": method, "args": json.dumps({"name": "ZZ-1", "text": "x"})}
		path = "method/run_doc_method"
		return other.send(way, path, **{"params" if way == "GET" else "data": given})

	assert_hidden(ask, hidden)
	assert service.worker.read("Client", hidden) == before


@pytest.mark.parametrize("method", ["rename", "discard", "cancel", "submit", "add_comment"])
def test_w5_a_record_of_ones_own_is_not_renamed_discarded_or_cancelled(
	service: Service, hidden: str, method: str
) -> None:
	before = service.worker.read("Client", hidden)
	given = {"dt": "Client", "dn": hidden, "method": method, "args": json.dumps({"name": "ZZ-1"})}
	answer = service.worker.send("POST", "method/run_doc_method", data=given)
	# Frappe 15 has no method to discard.
	is_none = method == "discard" and "has no attribute" in answer.text
	assert answer.status_code in (403, 404, 417) or is_none
	assert service.worker.read("Client", hidden) == before


def test_w5_no_door_of_frappe_gives_a_record_another_name(service: Service, hidden: str) -> None:
	doors = (
		("frappe.client.rename_doc", {"doctype": "Client", "old_name": hidden, "new_name": "ZZ-1"}),
		(
			"frappe.model.rename_doc.update_document_title",
			{"doctype": "Client", "docname": hidden, "name": "ZZ-1"},
		),
		("frappe.client.cancel", {"doctype": "Client", "name": hidden}),
	)
	for path, given in doors:
		answer = service.worker.send("POST", f"method/{path}", data=given)
		assert answer.status_code in (403, 404, 417), path
	assert service.worker.read("Client", hidden)["docstatus"] == 0


def test_w2_what_an_intake_links_to_does_not_come_with_it(
	service: Service, other: Person, hidden: str
) -> None:
	intake = service.make_intake("Somebody Else")
	given = {"json": {"match_choice": hidden}}
	assert service.intake.send("PUT", f"resource/Client Intake/{intake}", **given).status_code == 403
	for given in ({"expand_links": 1}, {"expand_links": "true"}, {"expand": '["match_choice"]'}):
		for path in (f"resource/Client Intake/{intake}", "resource/Client Intake"):
			answer = service.intake.send("GET", path, params={**given, "fields": '["name", "match_choice"]'})
			assert WORD not in answer.text


def test_w3_a_crafted_copy_prints_what_is_stored_only(service: Service, other: Person, hidden: str) -> None:
	case = service.worker.find("Client Case", "name", client=hidden)[0]["name"]
	goal = service.worker.make(
		"Support Goal", client=hidden, client_case=case, goal=f"{WORD} has a door that locks"
	)

	def ask(name: str) -> requests.Response:
		doc = {"doctype": "Support Plan", "__islocal": 1, "agreed_goals": [{"goal": name}]}
		given = {"doc": json.dumps(doc), "print_format": "Support Plan for the Client"}
		return other.send("POST", "method/frappe.www.printview.get_html_and_style", data=given)

	assert_hidden(ask, goal["name"], "GOAL-99999999")


def test_w7_an_empty_command_tells_nothing(other: Person, hidden: str) -> None:
	for path in ("resource/Client", "v2/document/Client"):
		assert_hidden(lambda name, path=path: other.send("GET", f"{path}/{name}?cmd="), hidden)


def test_w9_g3_a_word_that_is_a_functions_name_leaves_no_message(other: Person) -> None:
	given = {"doctype": "User", "txt": "get", "text": "search", "search": "a.get"}
	answer = other.send("GET", "method/frappe.desk.search.search_link", params=given)
	assert answer.ok
	assert "not installed" not in answer.text


@pytest.mark.parametrize("function", ["frappe.client.get_count", "frappe.desk.reportview.get_count"])
def test_w10_a_linked_records_values_are_not_tried_out(service: Service, hidden: str, function: str) -> None:
	intake = service.make_intake("A Third Person")
	service.intake.send("PUT", f"resource/Client Intake/{intake}", json={"match_choice": hidden})
	answers = set()
	for letters in (WORD[:3], "Zzz"):
		filters = f'{{"name": "{intake}", "match_choice\\u002epreferred_name": ["like", "{letters}%"]}}'
		given = {"doctype": "Client Intake", "filters": filters}
		answer = service.intake.send("GET", f"method/{function}", params=given)
		answers.add(get_told(answer, letters))
	assert len(answers) == 1
	assert {text[:4] for text in answers} == {"403 "}


def test_who_writes_about_a_client_signs_with_their_own_name(service: Service, hidden: str) -> None:
	about = {"reference_doctype": "Client", "reference_name": hidden, "content": "We spoke."}
	signed = {"comment_email": service.lead.user, "comment_by": "Somebody Else", "owner": service.lead.user}
	answer = service.worker.send(
		"POST", "method/frappe.desk.form.utils.add_comment", data={**about, **signed}
	)
	comment = answer.json()["message"]
	assert (comment["comment_email"], comment["owner"]) == (service.worker.user, service.worker.user)
	assert comment["comment_by"] != "Somebody Else"


def test_what_points_at_a_hidden_record_is_answered_like_what_is_not_there(
	service: Service, other: Person, hidden: str
) -> None:
	about = {"reference_type": "Client", "reference_name": hidden, "allocated_to": service.worker.user}
	todo = service.worker.make("ToDo", description=f"Call {WORD}", **about)["name"]
	assert service.worker.read("ToDo", todo)["name"] == todo
	for path in ("resource/ToDo", "v2/document/ToDo"):
		assert_hidden(lambda name, path=path: other.send("GET", f"{path}/{name}"), todo, "absent0000")


def test_g5_what_is_not_there_and_about_no_client_is_frappes_own_answer(other: Person) -> None:
	for doctype in ("ToDo", "Event", "Note"):
		assert other.send("GET", f"resource/{doctype}/absent0000").status_code == 404
