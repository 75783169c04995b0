"""Wrong values, names and queries over real HTTP, for every DocType of the app: never a server error, and nothing changes.

The calls are the same in each run.
"""

import csv
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
import requests
from records import Person, get_path, get_stored, get_words

DOCTYPES = Path(__file__).parent.parent / "case_management" / "case_management" / "doctype"
SERVER_ERROR = 500
LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Fold")
# The ways to save over HTTP, one for each of the roles.
VERSIONS = (("resource", "PUT"), ("v2/document", "PATCH"), ("resource", "PUT"))
ROLES = ("Case Worker", "Case Manager Lead", "Case Management Admin")

SQL = (
	"' OR 1=1 -- ",
	"x') UNION SELECT name, password FROM tabUser -- ",
	"name; DROP TABLE `tabClient`",
	"sleep(9)",
)
WRONG: tuple[Any, ...] = (
	*SQL,
	"<script>alert(1)</script>",
	"\u202etxet",
	"a\x00b",
	"\ud800",
	"🏳️‍🌈" * 60,
	"x" * 70_000,
	"2024-02-30",
	"9999-12-31",
	"0000-00-00",
	-1,
	2**63,
	10**40,
	1.5,
	float("nan"),
	float("inf"),
	True,
	None,
	[],
	[[]],
	["a"] * 10_000,
	[{"no_such": [1]}],
	{"like": "%"},
	{"": {}},
	"[1, {}]",
	"../../etc/passwd",
)
# Keys that are no fields, or Frappe's own.
KEYS = (
	"no_such_field",
	"self",
	"docstatus",
	"owner",
	"creation",
	"modified",
	"idx",
	"parent",
	"doctype",
	"_assign",
	"workflow_state",
)


def get_doctypes() -> dict[str, dict]:
	"""Return the DocTypes that are records of their own, by name."""
	files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DOCTYPES.glob("*/*.json"))]
	return {doctype["name"]: doctype for doctype in files if not doctype.get("istable")}


DOCTYPE_FIELDS = {
	name: [field["fieldname"] for field in doctype["fields"] if field["fieldtype"] not in LAYOUT]
	for name, doctype in get_doctypes().items()
}
SINGLES = {name for name, doctype in get_doctypes().items() if doctype.get("issingle")}
ABOUT_CLIENTS = [name for name, fields in DOCTYPE_FIELDS.items() if "client" in fields or name == "Client"]


@pytest.fixture(scope="module")
def people(case_url: str, login: Callable, logins: dict) -> dict[str, Person]:
	return {role: Person(case_url, login(role), logins[role]["user"]) for role in ROLES}


@pytest.fixture(scope="module")
def calls() -> Iterator[Counter]:
	counted: Counter = Counter()
	yield counted
	print(f"\n{sum(counted.values())} calls over HTTP: {dict(counted)}")


def check(answer: requests.Response, what: str) -> None:
	assert answer.status_code < SERVER_ERROR, f"{what}: {answer.status_code} {get_words(answer)[:600]}"


def send_json(person: Person, method: str, path: str, values: dict) -> requests.Response:
	"""Send values as JSON, with what the JSON module of Python writes beyond the standard."""
	headers = {"Content-Type": "application/json"}
	return person.send(method, path, data=json.dumps(values), headers=headers)


def draw(choice: random.Random, doctype: str) -> dict[str, Any]:
	"""Return wrong values for a few fields of a DocType, and now and then for a key that is none."""
	fields = DOCTYPE_FIELDS[doctype]
	names = choice.sample(fields, min(len(fields), choice.randint(1, 4)))
	names += [choice.choice(KEYS)] if choice.random() < 0.3 else []
	return {name: choice.choice(WRONG) for name in names}


@pytest.mark.parametrize("doctype", DOCTYPE_FIELDS)
def test_wrong_values_are_refused_or_kept_out(doctype: str, people: dict, calls: Counter) -> None:
	choice = random.Random(doctype)
	for person, (version, update) in zip(people.values(), VERSIONS, strict=True):
		name, values = find_one(person, doctype), draw(choice, doctype)
		answer = send_json(person, "POST", f"{version}/{quote(doctype)}", values)
		check(answer, f"{person.user} POST {doctype} {str(values)[:300]}")
		calls[answer.status_code] += 1
		if name and not answer.ok:
			path = f"{version}/{quote(doctype)}/{quote(name)}"
			answer = send_refused(person, update, path, doctype, name, values)
			calls[answer.status_code] += 1


def send_refused(
	person: Person, update: str, path: str, doctype: str, name: str, values: dict
) -> requests.Response:
	"""Save wrong values; a save that is refused leaves the record as it was."""
	before = get_stored(person, doctype, name)
	answer = send_json(person, update, path, values)
	check(answer, f"{person.user} {update} {doctype} {name} {str(values)[:300]}")
	if not answer.ok:
		assert get_stored(person, doctype, name) == before
	return answer


def find_one(person: Person, doctype: str) -> str | None:
	"""Return a record that somebody sees, None where they see none."""
	if doctype in SINGLES:
		return None
	parameters = {"limit_page_length": 1, "order_by": "creation asc"}
	answer = person.send("GET", get_path(doctype), params=parameters)
	rows = answer.json().get("data") if answer.ok else None
	return rows[0]["name"] if rows else None


def get_queries(doctype: str) -> Iterator[tuple[str, str, dict]]:
	"""Yield each way to ask for a list of a DocType, with text in it that would be SQL if it were not looked at."""
	text = SQL[ABOUT_CLIENTS.index(doctype) % len(SQL)]
	asked = (
		{"fields": ["name", text]},
		{"filters": [["name", "=", text]]},
		{"filters": [["name", text, "x"]]},
		{"filters": {text: "x"}},
		{"or_filters": [[text, "like", "%"]]},
		{"order_by": text},
		{"group_by": text},
		{"limit_start": text, "limit_page_length": text},
	)
	for values in asked:
		given = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
		yield "GET", get_path(doctype), given
	view = {"doctype": doctype, "fields": json.dumps(["name", text]), "order_by": text, "filters": "[]"}
	yield "POST", "method/frappe.desk.reportview.get", view
	found = {"doctype": doctype, "txt": text, "searchfield": text, "filters": json.dumps({"name": text})}
	yield "POST", "method/frappe.desk.search.search_link", found


@pytest.mark.parametrize("doctype", ABOUT_CLIENTS)
def test_sql_in_a_list_is_no_sql(doctype: str, people: dict, calls: Counter) -> None:
	person = people["Case Worker"]
	seen = {row["name"] for row in list_all(person, doctype)}
	failed = []
	for method, path, values in get_queries(doctype):
		answer = person.send(method, path, **({"params": values} if method == "GET" else {"data": values}))
		calls[answer.status_code] += 1
		if answer.status_code >= SERVER_ERROR or not get_names(answer) <= seen:
			failed.append(f"{method} {path} {values}: {answer.status_code} {get_words(answer)[:200]}")
	assert failed == []


def list_all(person: Person, doctype: str) -> list[dict]:
	answer = person.send("GET", get_path(doctype), params={"limit_page_length": 0})
	return answer.json()["data"] if answer.ok else []


def get_names(answer: requests.Response) -> set[str]:
	"""Return the names of the records in an answer of any list."""
	given = answer.json() if answer.ok else {}
	rows = given.get("data") or given.get("message") or []
	rows = rows.get("values") if isinstance(rows, dict) else rows
	names = [row.get("name") or row.get("value") if isinstance(row, dict) else row[0] for row in rows or []]
	return {name for name in names if name}


def test_ten_megabytes_of_text_are_refused_in_words(people: dict, calls: Counter) -> None:
	worker = people["Case Worker"]
	client = find_one(worker, "Client")
	note = find_one(worker, "Case Note")
	for doctype, name, field in (("Client", client, "preferred_name"), ("Case Note", note, "note")):
		before = get_stored(worker, doctype, name)
		answer = send_json(worker, "PUT", get_path(doctype, name), {field: "ä" * 5_000_000})
		assert answer.status_code in (403, 413, 417), f"{answer.status_code} {get_words(answer)[:300]}"
		assert "long" in get_words(answer) or answer.status_code != 417
		assert get_stored(worker, doctype, name) == before


def test_ten_thousand_rows_are_refused_in_words(people: dict) -> None:
	worker = people["Case Worker"]
	client = find_one(worker, "Client")
	before = get_stored(worker, "Client", client)
	rows = [{"kind": "Phone", "value": "1"}] * 10_000
	answer = send_json(worker, "PUT", get_path("Client", client), {"contact_ways": rows})
	assert answer.status_code == 417, get_words(answer)[:300]
	assert "up to" in get_words(answer)
	assert get_stored(worker, "Client", client) == before


FILE_NAMES = (
	"../../../etc/cron.d/x.txt",
	"/etc/passwd.txt",
	"..\\..\\x.txt",
	"a\x00b.txt",
	"\ud800.txt",
	"<img src=x onerror=alert(1)>.txt",
	"x" * 500 + ".txt",
	"private/files/../../site_config.txt",
	"🏳️‍🌈.txt",
	"=1+1.csv",
	".txt",
	"script.html",
	"script.svg",
)


@pytest.mark.parametrize("name", FILE_NAMES, ids=range(len(FILE_NAMES)))
def test_a_files_name_leads_nowhere_else(name: str, people: dict, calls: Counter) -> None:
	worker = people["Case Worker"]
	note = find_one(worker, "Case Note")
	asked = {"doctype": "Case Note", "docname": note, "is_private": "1", "filename": json.dumps(name)[1:-1]}
	file = (name.encode(errors="replace").decode(), "<script>alert(1)</script>")
	answer = worker.send("POST", "method/upload_file", data=asked, files={"file": file})
	check(answer, f"upload {name!r}")
	calls[answer.status_code] += 1
	if not answer.ok:
		return
	stored = answer.json()["message"]
	assert stored["is_private"] and stored["file_url"].startswith("/private/files/"), stored
	assert "/" not in stored["file_url"].removeprefix("/private/files/") and "<" not in stored["file_url"]
	shown = worker.session.get(f"{worker.url}{quote(stored['file_url'])}", timeout=60)
	kind = shown.headers.get("Content-Type", "")
	is_page = any(word in kind for word in ("html", "svg", "xml"))
	assert not is_page or "attachment" in shown.headers.get("Content-Disposition", ""), shown.headers


def test_a_public_file_of_a_client_is_refused(people: dict) -> None:
	worker = people["Case Worker"]
	note = find_one(worker, "Case Note")
	before = list_files(worker, note)
	asked = {"doctype": "Case Note", "docname": note, "is_private": "0"}
	answer = worker.send("POST", "method/upload_file", data=asked, files={"file": ("a.txt", "A")})
	assert answer.status_code == 417, get_words(answer)
	assert "private" in get_words(answer)
	assert list_files(worker, note) == before


def list_files(person: Person, name: str) -> list[dict]:
	filters = {"attached_to_doctype": "Case Note", "attached_to_name": name}
	return person.find("File", **filters)


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_what_is_exported_holds_no_formula(kind: str, people: dict) -> None:
	admin = people["Case Management Admin"]
	formula = f'=HYPERLINK("http://elsewhere.example.org","{kind}")'
	made = admin.make("External Agency", agency_name=f"Sums for {kind}", opening_hours=formula)
	asked = {
		"doctype": "External Agency",
		"file_format_type": kind,
		"fields": json.dumps(["`tabExternal Agency`.`opening_hours`"]),
	}
	answer = admin.send(
		"POST", "method/frappe.desk.reportview.export_query", data={**asked, "title": "Agencies"}
	)
	assert admin.send("DELETE", get_path("External Agency", made["name"])).ok
	assert answer.ok, get_words(answer)
	if kind == "CSV":
		rows = list(csv.reader(StringIO(answer.content.decode())))
		assert [f"'{formula}"] == [row[1] for row in rows if formula in row[1]]
	else:
		with ZipFile(BytesIO(answer.content)) as book:
			sheet = book.read("xl/worksheets/sheet1.xml")
		assert b"<f>" not in sheet
