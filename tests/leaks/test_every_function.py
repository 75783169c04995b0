"""No function that can be called over HTTP tells of a hidden client: each is asked, whatever Frappe's version has.

The functions are listed from the code, their arguments follow from the names of their parameters. Each is asked about a
hidden record and about a twin that does not exist: both answers must be the same, and none may say what was not asked.
"""

import pytest
from check import Suite
from inside import call, needs_site
from sweep import CONTROL, Question, get_of_actions, get_of_methods, get_questions
from sweep_check import Sweep, get_leaks, list_found
from sweep_lists import LEFT_TO_FRAPPE, SKIPPED

pytestmark = needs_site

# Nearest to seeing the client, with the most rights beside it, and with the fewest.
ASKED = ("worker of another case", "system manager", "website user")
ABOUT = "Client"
# Fewer would mean that they were not found.
LEAST_FUNCTIONS = 350
# How many functions tell somebody who may see the client something about it.
LEAST_TOLD = 60


@pytest.fixture(scope="module")
def functions() -> dict[str, list[dict]]:
	return call("case_management.tests.leak_functions.get_all")


@pytest.fixture(scope="module")
def questions(functions: dict[str, list[dict]], suite: Suite) -> list[Question]:
	"""Every function about the hidden client, every action of its records, every method of Frappe's documents."""
	world = suite.worlds["98101"]
	target = next(record for record in world.records if record.doctype == ABOUT)
	traces = {trace.doctype: trace for trace in world.traces}
	return [
		*get_questions(functions, target, traces),
		*get_of_actions(functions, world.records),
		*get_of_methods(functions, target),
	]


def test_all_functions_are_found(functions: dict[str, list[dict]], questions: list[Question]) -> None:
	paths = {function["path"] for function in functions["functions"]}
	assert len(paths) >= LEAST_FUNCTIONS
	assert {"frappe.client.get", "frappe.desk.search.search_link", "frappe.model.mapper.map_docs"} <= paths
	asked = {question.path for question in questions}
	missing = {path for path in paths if path not in asked and not SKIPPED.search(path)}
	assert not missing, f"no question is asked of {sorted(missing)}"


@pytest.mark.parametrize("who", ASKED)
def test_no_function_tells_of_a_hidden_client(who: str, questions: list[Question], suite: Suite) -> None:
	sweep = Sweep(suite.people[who])
	found = sweep.ask_all(questions)
	leaks = get_leaks(found)
	functions = len({question.path for question in questions})
	print(
		f"\n{who}: {functions} functions, {sweep.counts['calls']} calls, {len(leaks)} leaks, "
		f"{len(found) - len(leaks)} left to Frappe, {sweep.counts['unsteady answers']} unsteady answers"
	)
	if leaks:
		pytest.fail(list_found(leaks), pytrace=False)


def test_functions_tell_somebody_who_may_see_the_client(questions: list[Question], suite: Suite) -> None:
	sweep = Sweep(suite.people[CONTROL])
	reading = [question for question in questions if question.ask.method == "GET"]
	told = {row.question.path for row in sweep.ask_all(reading)}
	print(f"\n{CONTROL}: {len(told)} functions tell, {sweep.counts['calls']} calls")
	assert len(told) >= LEAST_TOLD, sorted(told)


def test_what_is_left_to_frappe_is_there(functions: dict[str, list[dict]]) -> None:
	paths = {function["path"] for function in functions["functions"]}
	for path, (reason, mended) in LEFT_TO_FRAPPE.items():
		assert path in paths, f"{path} is no function of this version: it needs not be left to it"
		assert reason and mended, path
