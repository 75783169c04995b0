"""Who looked at a record, over real HTTP: each way to read leaves exactly one line, and it is stored although it was a GET.

A team leader reads records that a case worker has made, each in one way, and then the log of the client.
"""

import json
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
import requests
from inside import call, needs_site
from records import Person, Service, get_data, get_path, get_time

WAIT = 10
LOG = "Client Access Log"
Line = tuple[str, str, str, str | None]


@pytest.fixture(scope="module")
def service(case_url: str, login: Callable, logins: dict) -> Service:
	roles = ("Case Intake Worker", "Case Worker", "Case Manager Lead")
	return Service(*[Person(case_url, login(role), logins[role]["user"]) for role in roles])


@pytest.fixture(scope="module")
def case(service: Service) -> str:
	return service.make_active_case("Looked At")


@pytest.fixture(scope="module")
def client(service: Service, case: str) -> str:
	return service.worker.find("Client Case", "client", name=case)[0]["client"]


@pytest.fixture
def note(service: Service, case: str, client: str) -> str:
	values = {"client": client, "client_case": case, "kind": "Contact", "noted_on": get_time()}
	return service.worker.make("Case Note", note="We spoke.", **values)["name"]


@pytest.fixture
def file(service: Service, note: str) -> str:
	"""The address of a private file that hangs on the note."""
	about = {"doctype": "Case Note", "docname": note, "is_private": 1}
	files = {"file": (f"{note}.txt", note.encode())}
	return get_data(service.worker.send("POST", "method/upload_file", data=about, files=files))["file_url"]


def get_lines(person: Person, client: str) -> list[Line]:
	"""Return who, how, at what kind of record and at which, of each line of a client."""
	rows = person.find(LOG, "user", "access_kind", "record_type", "record_name", client=client)
	return [tuple(row[key] for key in ("user", "access_kind", "record_type", "record_name")) for row in rows]


def wait_for_more(person: Person, client: str, before: list[Line]) -> list[Line]:
	"""Return the lines that are there now and were not before; they are written after the answer."""
	end = time.monotonic() + WAIT
	while True:
		lines = get_lines(person, client)
		for line in before:
			lines.remove(line)
		if lines or time.monotonic() > end:
			return lines
		time.sleep(0.05)


# The ways to read a record


def rest(person: Person, name: str) -> requests.Response:
	return person.send("GET", get_path("Case Note", name))


def rest_2(person: Person, name: str) -> requests.Response:
	return person.send("GET", f"v2/document/{quote('Case Note')}/{name}/")


def client_get(person: Person, name: str) -> requests.Response:
	return person.send("GET", "method/frappe.client.get", params={"doctype": "Case Note", "name": name})


def old_style(person: Person, name: str) -> requests.Response:
	"""Call a function as Frappe was called before it had addresses for them."""
	given = {"cmd": "frappe.client.get", "doctype": "Case Note", "name": name}
	return person.session.get(f"{person.url}/", params=given, timeout=60)


def form(person: Person, name: str) -> requests.Response:
	about = {"doctype": "Case Note", "name": name}
	return person.send("GET", "method/frappe.desk.form.load.getdoc", params=about)


def print_view(person: Person, name: str) -> requests.Response:
	about = {"doctype": "Case Note", "name": name}
	return person.session.get(f"{person.url}/printview", params=about, timeout=60)


def pdf(person: Person, name: str) -> requests.Response:
	about = {"doctype": "Case Note", "name": name}
	return person.send("GET", "method/frappe.utils.print_format.download_pdf", params=about)


def listed(person: Person, name: str) -> requests.Response:
	given = {"fields": json.dumps(["name", "note"]), "filters": json.dumps({"name": name})}
	return person.send("GET", get_path("Case Note"), params=given)


def reported(person: Person, name: str) -> requests.Response:
	fields = ["`tabCase Note`.`name`", "`tabCase Note`.`note`"]
	given = {"doctype": "Case Note", "fields": json.dumps(fields), "view": "Report"}
	given["filters"] = json.dumps([["Case Note", "name", "=", name]])
	return person.send("GET", "method/frappe.desk.reportview.get", params=given)


def shown(person: Person, name: str) -> requests.Response:
	"""Show a list as the Desk does, with what lists say."""
	fields = ["`tabCase Note`.`name`", "`tabCase Note`.`client_name`", "`tabCase Note`.`_assign`"]
	given = {"doctype": "Case Note", "fields": json.dumps(fields), "view": "List"}
	given["filters"] = json.dumps([["Case Note", "name", "=", name]])
	return person.send("GET", "method/frappe.desk.reportview.get", params=given)


def saved(person: Person, name: str) -> requests.Response:
	return person.send("PUT", get_path("Case Note", name), json={})


WAYS = {
	rest: "Read by API",
	rest_2: "Read by API",
	client_get: "Read by API",
	old_style: "Read by API",
	form: "Opened",
	print_view: "Printed",
	pdf: "Printed",
	listed: "Listed",
	reported: "Listed",
}


@pytest.mark.parametrize(("way", "kind"), WAYS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_b26_each_way_to_read_leaves_one_line(
	service: Service, client: str, note: str, way: Callable, kind: str
) -> None:
	before = get_lines(service.lead, client)
	answer = way(service.lead, note)
	assert answer.ok, answer.text[:500]
	expected = [(service.lead.user, kind, "Case Note", note)]
	assert wait_for_more(service.lead, client, before) == expected
	assert way(service.lead, note).ok
	time.sleep(0.2)
	assert get_lines(service.lead, client) == before + expected


def test_b26_a_file_is_a_look_at_its_record(service: Service, client: str, note: str, file: str) -> None:
	before = get_lines(service.lead, client)
	answer = service.lead.session.get(f"{service.lead.url}{file}", timeout=60)
	assert answer.content == note.encode()
	expected = [(service.lead.user, "Downloaded", "Case Note", note)]
	assert wait_for_more(service.lead, client, before) == expected


def test_b26_what_is_refused_or_no_look_leaves_none(
	case_url: str, login: Callable, logins: dict, service: Service, client: str, note: str, file: str
) -> None:
	before = get_lines(service.lead, client)
	role = "Seconded Case Worker"
	other = Person(case_url, login(role), logins[role]["user"])
	for way in (rest, rest_2, client_get, old_style, form, print_view, pdf, saved):
		assert not way(other, note).ok, way.__name__
	for way in (listed, reported):
		assert note not in way(other, note).text, way.__name__
	assert not other.session.get(f"{case_url}{file}", timeout=60).ok
	assert not requests.get(f"{case_url}{file}", timeout=60).ok
	# The worker has just made the note; the leader looks at a list, and at the log.
	assert rest(service.worker, note).ok
	assert shown(service.lead, note).ok
	get_lines(service.lead, client)
	time.sleep(0.5)
	assert get_lines(service.lead, client) == before


def test_b26_nobody_changes_or_deletes_a_line_over_rest(service: Service, client: str, note: str) -> None:
	rest(service.lead, note)
	assert wait_for_more(service.lead, client, [])
	line = service.lead.find(LOG, client=client)[0]["name"]
	stored = service.lead.read(LOG, line)
	path, v2 = get_path(LOG, line), f"v2/document/{quote(LOG)}/{line}/"
	about = {"doctype": LOG, "name": line}
	changed = {**stored, "user": service.worker.user}
	for person in (service.lead, service.worker):
		for answer in (
			person.send("PUT", path, json={"user": service.worker.user}),
			person.send("PATCH", v2, json={"user": service.worker.user}),
			person.send("DELETE", path),
			person.send("DELETE", v2),
			person.send("POST", "method/frappe.client.delete", data=about),
			person.send("POST", "method/frappe.client.save", data={"doc": json.dumps(changed)}),
			person.send("POST", get_path(LOG), json={**changed, "name": None}),
			person.send(
				"POST",
				"method/frappe.client.rename_doc",
				data={"doctype": LOG, "old_name": line, "new_name": "x"},
			),
		):
			assert answer.status_code in (403, 404, 417), (answer.status_code, answer.request.url)
	assert service.lead.read(LOG, line) == stored


@needs_site
def test_b26_frappes_clearing_of_logs_leaves_every_line(service: Service, client: str, note: str) -> None:
	before = get_lines(service.lead, client)
	call("frappe.core.doctype.log_settings.log_settings.run_log_clean_up")
	assert get_lines(service.lead, client) == before
