"""What reads clients' data for a person asks the rule of who sees whom, or says here why it need not.

Frappe applies the rule in `frappe.get_list` and when a record's permission is checked. What reads past these (the query
builder, `frappe.get_all`, `frappe.db`, `frappe.get_doc`) in a report, a function called from outside, a print format or
what a form is sent besides, is found here.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from source import APP, MODULE, Function, get_app_code, get_functions, parse, read, read_json

# Reads past the rule.
PAST = re.compile(
	r"^frappe\.(get_all|get_doc|get_cached_doc|get_cached_value|get_last_doc|db\.\w+|qb\.from_)$"
)
# Asks the rule: by itself, or in who calls it.
ASKS = frozenset(
	[
		"is_countable",
		"count_of",
		"count_by",
		"from_program",
		"get_condition",
		"get_rule",
		"is_visible",
		"check_permission",
		"is_not_denied",
	]
)
# module, function: why it reads past the rule.
REPORTS = {
	("accommodation_outcomes", "get_stays"): "stays of the cases that were counted",
	("accommodation_outcomes", "get_reached"): "follow-ups of the cases that were counted",
	("client_feedback_results", "get_answers"): "by is_of, which asks the rule",
	("client_feedback_results", "get_feedback"): "by is_of, which asks the rule",
	(
		"client_outcomes",
		"select_ratings",
	): "assessments of cases that a check of the standards selected by from_program",
	("gaps_and_extent_of_need", "get_areas"): "agencies are no clients",
	("gaps_and_extent_of_need", "get_localities"): "stays of the clients whose needs were counted",
	("gaps_and_extent_of_need", "get_companions"): "companions of the intakes that were counted",
	("policy_acknowledgements", "get_staff"): "staff are no clients",
	("policy_acknowledgements", "get_acknowledgements"): "policies and staff are no clients",
	("practice_standards", "get_policies"): "standards are no clients",
	("turn_aways", "count_rows"): "rows of the intakes that were counted",
	("waiting_list", "get_companions"): "companions of the intakes that get_list gave",
}
FUNCTIONS = {
	("disposal", "dispose"): "an administrator disposes of a record by its code and sees nothing of it",
	(
		"disposal",
		"dispose_intake",
	): "an administrator disposes of a record by its code and sees nothing of it",
	("caseload", "hand_over_caseload"): "cases that get_list gave, each loaded for who is at work",
	("reviewing", "end_declaration"): "the reviewing role ends it by its code and sees nothing of it",
	("reviewing", "look_at_emergency"): "the reviewing role looks at it by its code and sees nothing of it",
	("reviewing", "add_to_access_list"): "the reviewing role adds to it by its code and sees nothing of it",
}
# module, function: why it loads client records past who is at work (access/loading.py).
AS_APP = {
	("reviewing", "end_declaration"): "the reviewer ends a declaration by its code and sees nothing of it",
	("reviewing", "look_at_emergency"): "the reviewer judges it by its code and sees nothing of it",
	("reviewing", "add_to_access_list"): "the reviewer names who sees a client and does not see them",
	("tasks", "close_task"): "a task is closed when it is done, whoever still sees the record",
	(
		"record_bundle",
		"get_content",
	): "the client gets their whole record, also what its maker's role does not read",
	("actions", "store"): "what follows from an action is about clients whom its user need not see",
	("disposal", "dispose"): "an administrator disposes of a record by its code and sees nothing of it",
	("disposal", "dispose_intake"): "the same of an intake",
	(
		"guarded_record",
		"__init_subclass__",
	): "what follows from a save, in a controller's own after_insert and on_update",
}
# What a form is sent besides its record, and why that may be read by who reads the record.
SENT_WITH_FORMS = {
	"client_banner": "of a client whom the reader sees",
	"client_statements": "what the client said of this record",
	"safety_alerts": "of the client that is opened",
	"stages": "of the case that is opened",
	"days_at_stage": "of the case that is opened",
	"rights_outdated": "of the case that is opened",
	"overview": "goals and plan of the case, for who reads goals",
	"open_steps": "of the goals of the meeting's case, which everybody reads who reads meetings",
	"kept_apart": "by get_list, for who reads sensitive ratings",
	"sensitive_domains": "life domains are no clients",
	"history": "what the meetings of the goal's case said of it, which everybody reads who reads goals",
	"drawing": "the same, drawn",
	"places": "how many places a program has",
	"approval": "whether the record that is opened needs one, and whether the reader may give it",
	"consents": "of the client of the record that is opened, for who reads consents",
}


def get_unguarded(functions: list[Function]) -> set[str]:
	"""Return the names of the functions that read past the rule without asking it."""
	return {function.name for function in functions if reads_past(function) and not asks(function)}


def reads_past(function: Function) -> bool:
	return any(PAST.match(name) for name in get_called(function))


def asks(function: Function) -> bool:
	return any(name.rpartition(".")[2] in ASKS for name in get_called(function))


def get_called(function: Function) -> Iterator[str]:
	for node in ast.walk(function):
		if isinstance(node, ast.Call):
			yield ast.unparse(node.func)


def get_decorators(function: Function) -> list[str]:
	return [ast.unparse(decorator) for decorator in function.decorator_list]


def is_called_from_outside(function: Function) -> bool:
	"""Tell whether a function is called from outside, and is no action: these check their record themselves."""
	decorators = get_decorators(function)
	return any(name.startswith("frappe.whitelist") for name in decorators) and "action" not in decorators


def get_reports() -> list[Path]:
	return sorted((MODULE / "report").glob("*/*.py"))


def test_a_report_counts_and_lists_by_the_rule() -> None:
	found = {
		(path.stem, name)
		for path in get_reports()
		for name in get_unguarded([node for node in parse(path).body if isinstance(node, Function)])
	}
	assert found == set(REPORTS)


def test_a_function_called_from_outside_asks_the_rule() -> None:
	found = {
		(path.stem, name)
		for path in get_app_code()
		for name in get_unguarded([node for node in get_functions(path) if is_called_from_outside(node)])
	}
	assert found == set(FUNCTIONS)


def test_who_loads_past_the_person_at_work_says_why() -> None:
	found = {
		(path.stem, function.name)
		for path in get_app_code()
		for function in get_functions(path)
		if "as_app" in [*get_called(function), *(name.partition("(")[0] for name in get_decorators(function))]
	}
	assert found == set(AS_APP)


def test_no_client_record_is_kept_in_frappes_cache() -> None:
	"""What is kept there is everybody's; a setting or a program may be."""
	cached = re.compile(r"get_cached_(?:doc|value)\(\s*\"([^\"]+)\"")
	found = {doctype for path in get_app_code() for doctype in cached.findall(read(path))}
	assert found & get_client_doctypes() == set()


def get_client_doctypes() -> set[str]:
	"""Return the DocTypes with a link to a client."""
	return {
		read_json(path)["name"]
		for path in (MODULE / "doctype").glob("*/*.json")
		if any(field.get("options") == "Client" for field in read_json(path).get("fields", ()))
	} | {"Client"}


def test_what_a_form_is_sent_besides_is_known() -> None:
	sent = re.compile(r"""set_onload\(\s*["'](\w+)["']""")
	found = {key for path in get_app_code() for key in sent.findall(read(path))}
	assert found == set(SENT_WITH_FORMS)


def test_templates_read_nothing_by_a_code() -> None:
	reads = re.compile(r"frappe\.(?:get_all|get_list|get_doc|get_cached_\w+|db\.\w+|qb)")
	folders = (MODULE / "print_format", MODULE / "web_form", APP / "templates")
	pages = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".json")]
	found = {(path.stem, name) for path in pages for name in reads.findall(read(path))}
	assert not found


def test_reports_are_computed_for_who_looks() -> None:
	"""A prepared report is everybody's who may run it, and a query report's rows are everybody's."""
	for path in (MODULE / "report").glob("*/*.json"):
		report = read_json(path)
		assert (report["report_type"], report.get("prepared_report", 0)) == ("Script Report", 0), path.stem


def test_number_cards_count_by_the_list() -> None:
	for path in (MODULE / "number_card").glob("*/*.json"):
		assert read_json(path)["type"] == "Document Type", path.stem


def test_there_is_no_dashboard_chart() -> None:
	"""Its numbers are kept for everybody, as the first who looked saw them."""
	assert not list(MODULE.glob("dashboard_chart/*"))
