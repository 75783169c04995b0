"""Script, markup and templates in every text that a worker can write: no screen and no print runs any of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from records import Person, Service, get_path

pytest.importorskip("selenium")

from desk import Desk
from selenium.webdriver.remote.webdriver import WebDriver

DOCTYPES = Path(__file__).parent.parent / "case_management" / "case_management" / "doctype"
PRINTS = DOCTYPES.parent / "print_format"
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")
# What a template would make of it, and what a script would leave.
PRODUCT, MARK = "1337", "window.__pwned"
SHORT = f'<img src=x onerror="{MARK}=1">{{{{ 7 * 191 }}}}'
LONG = (
	f'{SHORT}"><svg onload="{MARK}=2"></svg><script>{MARK}=3</script><a href="javascript:{MARK}=4">x</a>'
	f"${{{MARK}=5}}{{% set x = 7 * 191 %}}{{{{ x }}}}{{{{ frappe.session.user }}}}"
)
SAFETY = {"warning_signs": "A", "safe_places": "B", "what_to_do": "C", "copy_is_safe": 1}
LISTS = ("client", "case-note", "support-goal", "client-case/view/report", "case-meeting/view/calendar")
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"
REPORTS = ("What Is Missing", "Waiting List", "Services and Goals", "Children without Assessment or Plan")


def get_meta(doctype: str) -> dict:
	folder = doctype.lower().replace(" ", "_")
	return json.loads((DOCTYPES / folder / f"{folder}.json").read_text(encoding="utf-8"))


def get_hostile(doctype: str) -> dict[str, str]:
	"""Return hostile text for each field of a DocType that takes text from a worker."""
	return {
		field["fieldname"]: SHORT if field["fieldtype"] == "Data" else LONG
		for field in get_meta(doctype)["fields"]
		if field["fieldtype"] in TEXTS
		and not field.get("read_only")
		and not field.get("fetch_from")
		and not field.get("options")
	}


def get_tables(doctype: str) -> Iterator[tuple[str, str]]:
	for field in get_meta(doctype)["fields"]:
		if field["fieldtype"] == "Table" and not field.get("read_only"):
			yield field["fieldname"], field["options"]


def write(person: Person, doctype: str, name: str) -> int:
	"""Write hostile text into every field that takes it, rows included; return how many took it."""
	stored = person.read(doctype, name)
	changes = [{field: text} for field, text in get_hostile(doctype).items()]
	for table, child in get_tables(doctype):
		rows = stored.get(table) or []
		changes += [{table: [{**row, **get_hostile(child)} for row in rows] or [get_hostile(child)]}]
	together = {key: value for change in changes for key, value in change.items()}
	if person.send("PUT", get_path(doctype, name), json=together).ok:
		return len(changes)
	return sum(person.send("PUT", get_path(doctype, name), json=change).ok for change in changes)


@pytest.fixture(scope="module")
def service(case_url: str, login: Callable, logins: dict) -> Service:
	roles = ("Case Intake Worker", "Case Worker", "Case Manager Lead")
	return Service(*[Person(case_url, login(role), logins[role]["user"]) for role in roles])


@pytest.fixture(scope="module")
def records(service: Service) -> dict[str, str]:
	"""Records of one client, of each DocType that a worker writes in, all their texts hostile."""
	case = service.make_active_case(SHORT)
	drafts = service.make_plan(case, LONG)
	made = {
		"Client": service.worker.read("Client Case", case)["client"],
		"Client Case": case,
		"Support Plan": drafts["plan"],
		"Support Goal": drafts["goal"],
		"Client Assessment": service.worker.act("Client Case", case, "start_assessment")["assessment"],
		"Case Meeting": service.get_meeting(case),
		"Safety Plan": service.make_for(case, "Safety Plan", **SAFETY)["name"],
		"Case Note": service.make_for(case, "Case Note", note=LONG, kind="Contact")["name"],
		"Case Referral": service.make_referral(case),
		"Client Feedback": service.make_for(case, "Client Feedback", comments=LONG)["name"],
		"Exit Plan": service.worker.act("Client Case", case, "plan_exit")["exit_plan"],
	}
	taken = {doctype: write(service.worker, doctype, name) for doctype, name in made.items()}
	assert sum(taken.values()) > 40, taken
	return made


@pytest.fixture(scope="module")
def desk(browser: WebDriver, case_url: str, login: Callable, records: dict) -> Desk:
	here = Desk(browser, case_url, login("Case Worker"))
	here.open("case-management")
	return here


def go(desk: Desk, *route: str) -> None:
	"""Go to another page of the Desk without loading the Desk again."""
	desk.run("frappe.set_route(arguments[0])", list(route))
	desk.wait_for(f"frappe.get_route_str() && frappe.get_route()[0] === {route[0]!r}")
	desk.settle()


def check_nothing_ran(desk: Desk, where: str) -> None:
	assert desk.run(f"return {MARK}") is None, f"a script ran on {where}"
	found = desk.run(
		"""return $('[onerror], [onload], a[href^="javascript:window.__pwned"]').filter(
			(i, e) => e.outerHTML.includes('__pwned')).map((i, e) => e.outerHTML.slice(0, 200)).get()"""
	)
	assert found == [], where
	assert PRODUCT not in desk.run("return document.body.innerText"), f"a template ran on {where}"


@pytest.mark.parametrize(
	"doctype",
	["Client", "Client Case", "Support Goal", "Case Meeting", "Safety Plan", "Case Note", "Exit Plan"],
)
def test_no_form_runs_it(doctype: str, desk: Desk, records: dict) -> None:
	go(desk, "Form", doctype, records[doctype])
	desk.wait_for(f"window.cur_frm && cur_frm.doc.name === {records[doctype]!r}")
	desk.settle()
	check_nothing_ran(desk, f"the form {doctype}")


@pytest.mark.parametrize(
	("doctype", "view"), [("Client", "List"), ("Case Note", "Report"), ("Case Meeting", "Calendar")]
)
def test_no_list_runs_it(doctype: str, view: str, desk: Desk) -> None:
	go(desk, "List", doctype, view)
	desk.wait_for(f"window.cur_list && cur_list.doctype === {doctype!r}")
	desk.settle()
	check_nothing_ran(desk, f"the {view} of {doctype}")


@pytest.fixture
def board(service: Service) -> Iterator[str]:
	"""A board of the worker's own, with a card for each goal."""
	asked = {"doctype": "Support Goal", "board_name": "Goals in Columns", "field_name": "status"}
	made = service.worker.send("POST", f"method/{KANBAN}.quick_kanban_board", json=asked)
	assert made.ok, made.text[:500]
	yield asked["board_name"]
	service.worker.send("DELETE", get_path("Kanban Board", asked["board_name"]))


def test_no_board_runs_it(desk: Desk, board: str) -> None:
	go(desk, "List", "Support Goal", "Kanban", board)
	desk.wait_for("$('.kanban-card').text().includes('7 * 191')")
	check_nothing_ran(desk, "a board")


@pytest.mark.parametrize("report", REPORTS)
def test_no_report_runs_it(report: str, desk: Desk) -> None:
	go(desk, "query-report", report)
	desk.wait_for(f"frappe.query_report && frappe.query_report.report_name === {report!r}")
	desk.settle()
	check_nothing_ran(desk, f"the report {report}")


def test_no_dialog_of_an_action_runs_it(desk: Desk, records: dict) -> None:
	go(desk, "Form", "Case Meeting", records["Case Meeting"])
	desk.wait_for(
		f"cur_frm.doc.name === {records['Case Meeting']!r} && cur_frm.page.inner_toolbar.find('button').length"
	)
	desk.press(desk.get_buttons()[0])
	desk.wait_for("window.cur_dialog && cur_dialog.display")
	desk.settle()
	check_nothing_ran(desk, "a dialog")
	desk.run("cur_dialog.hide()")


@pytest.mark.parametrize("path", sorted(PRINTS.glob("*/*.json")), ids=lambda path: path.stem)
def test_no_print_runs_it(path: Path, desk: Desk, records: dict, service: Service) -> None:
	print_format = json.loads(path.read_text(encoding="utf-8"))
	doctype = print_format["doc_type"]
	query = f"doctype={doctype}&name={records[doctype]}&format={print_format['name']}"
	desk.driver.get(f"{desk.url}/printview?{query}")
	assert desk.run(f"return {MARK}") is None
	shown = desk.run("return document.body.innerText")
	assert PRODUCT not in shown and "onerror" not in desk.run(
		"return [...document.querySelectorAll('[onerror]')].map(e => e.outerHTML).join()"
	)
	assert "7 * 191" in shown, "the text itself is printed"
