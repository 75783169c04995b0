"""A good guest over HTTP: words that only look like a client DocType's, and what is not there, are answered as without the app."""

import json
from collections.abc import Callable, Iterator

import pytest
import requests
from inside import call as call_inside
from inside import needs_site
from records import Person, get_data

# Named like a client DocType, as a trading business's might be; its records point at others.
SERVICES = "Client Services"
FIELDS = [
	{"fieldname": "title", "label": "Title", "fieldtype": "Data", "reqd": 1, "in_list_view": 1},
	{"fieldname": "kind", "label": "Kind", "fieldtype": "Link", "options": "DocType"},
	{"fieldname": "about", "label": "About", "fieldtype": "Dynamic Link", "options": "kind"},
]
WORDS = ("get", "search", "get_count", "frappe.client.get", "Client", "Client Services Ltd", "Support Plan")

pytestmark = needs_site


@pytest.fixture(scope="module")
def worker(case_url: str, login: Callable, logins: dict) -> Person:
	return Person(case_url, login("Case Worker"), logins["Case Worker"]["user"])


@pytest.fixture(scope="module")
def services(worker: Person) -> Iterator[list[str]]:
	"""The names of some records of another app's DocType, which everybody at work may read and write."""
	rights = {"role": "All", **dict.fromkeys(("read", "write", "create", "delete", "report", "export"), 1)}
	doctype = {"name": SERVICES, "module": "Desk", "custom": 1, "autoname": "field:title"}
	doctype = {"doctype": "DocType", **doctype, "fields": FIELDS, "permissions": [rights]}
	call_inside("frappe.client.insert", doc=doctype)
	titles = ("Client Services Ltd", "Client", "Support Plan")
	yield [worker.make(SERVICES, title=title, kind="Role", about="All")["name"] for title in titles]
	for row in worker.find(SERVICES):
		worker.send("DELETE", f"resource/{SERVICES}/{row['name']}")
	call_inside("frappe.client.delete", doctype="DocType", name=SERVICES)
	forget_deleted(SERVICES)


def forget_deleted(doctype: str) -> None:
	"""Leave nothing in Frappe's list of deleted records: some were called as a DocType of the app is, which is to leave no name."""
	listed = {"doctype": "Deleted Document", "filters": {"deleted_doctype": doctype}, "limit_page_length": 0}
	names = [row["name"] for row in call_inside("frappe.client.get_list", **listed)]
	call_inside("frappe.delete_doc", doctype="Deleted Document", name=names)


def call(person: Person, function: str, **arguments: object) -> requests.Response:
	given = {key: value if isinstance(value, str) else json.dumps(value) for key, value in arguments.items()}
	return person.send("POST", f"method/{function}", data=given)


def get_messages(answer: requests.Response) -> list[str]:
	return json.loads(answer.json().get("_server_messages") or "[]")


def test_a_doctype_with_a_client_like_name_is_another_apps(services: list[str], worker: Person) -> None:
	for name in services:
		assert worker.read(SERVICES, name)["about"] == "All"
		got = call(worker, "frappe.desk.form.load.getdoc", doctype=SERVICES, name=name)
		assert got.json()["docs"][0]["name"] == name
	listed = call(worker, "frappe.desk.reportview.get", doctype=SERVICES, fields=["name"])
	assert len(get_data(listed)["values"]) == len(services)
	for counting in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
		assert get_data(call(worker, counting, doctype=SERVICES, filters=[], fields=[])) == len(services)
	made = worker.make(SERVICES, title="Client Case Works", kind="Role", about="Guest")
	assert worker.save(SERVICES, made["name"], about="All")["about"] == "All"
	assert worker.send("DELETE", f"resource/{SERVICES}/{made['name']}").ok


def test_words_that_only_look_like_a_client_doctype_are_passed_on(
	services: list[str], worker: Person
) -> None:
	tree = call(
		worker,
		"frappe.desk.treeview.get_all_nodes",
		doctype="File",
		label="Client Services Ltd",
		parent="Home",
		tree_method="frappe.desk.treeview.get_children",
	)
	mapped = call(
		worker,
		"frappe.model.mapper.map_docs",
		method="frappe.client.get_list",
		source_names=services,
		target_doc={"doctype": SERVICES, "title": "Client"},
	)
	for answer in (tree, mapped):
		assert "cannot be" not in answer.text, answer.text[:500]


@pytest.mark.parametrize("words", WORDS)
def test_a_search_for_a_word_leaves_no_message(words: str, services: list[str], worker: Person) -> None:
	for function, arguments in (
		("frappe.desk.search.search_link", {"doctype": SERVICES, "txt": words}),
		("frappe.desk.search.search_link", {"doctype": "User", "txt": words}),
		("frappe.utils.global_search.search", {"text": words}),
	):
		answer = call(worker, function, **arguments)
		assert answer.status_code == 200, answer.text[:500]
		assert get_messages(answer) == []


@pytest.mark.parametrize("doctype", ["ToDo", "Event", "File", SERVICES])
def test_what_is_not_there_is_not_found(doctype: str, services: list[str], worker: Person) -> None:
	assert worker.send("GET", f"resource/{doctype}/not-there").status_code == 404
	got = call(worker, "frappe.desk.form.load.getdoc", doctype=doctype, name="not-there")
	# Frappe 15 and 16 answer differently here; neither that it is not permitted.
	assert got.status_code != 403
	assert worker.send("PUT", f"resource/{doctype}/not-there", json={"title": "x"}).status_code == 404


def test_a_count_of_rows_or_of_logs_is_a_number(worker: Person) -> None:
	"""Frappe answers it for DocTypes that the user may not read, too, until early 2026."""
	for doctype in ("Has Role", "Comment", "Version", "Data Import Log"):
		answer = call(worker, "frappe.client.get_count", doctype=doctype)
		if answer.status_code != 200:
			assert "Insufficient Permission" in answer.text, answer.text[:500]
		else:
			assert isinstance(get_data(answer), int)
