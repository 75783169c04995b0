"""No function that can be called over HTTP tells of a hidden client: each is asked, whatever Frappe's version has.

The functions are listed from the code, their arguments follow from the names of their parameters. Each is asked about a
hidden record and about a twin that does not exist: both answers must be the same, and none may say what was not asked.
"""

import os

import pytest
from check import Suite
from inside import call, needs_site
from paths_crafted import BOARD, FILE_PATHS, PATHS
from sweep import Question, get_of_actions, get_of_methods, get_questions
from sweep_check import Sweep, get_leaks, list_found
from sweep_lists import CALLED, LEFT_TO_FRAPPE, SKIPPED
from sweep_names import CONTROL

pytestmark = needs_site

# Nearest to seeing the client, with the most rights beside it, and with the fewest; who asks in which styles.
FUNCTIONS = ("name", "text", "documents", "printed", *CALLED)
ASKED = {
	"worker of another case": (*FUNCTIONS, "action"),
	"system manager": (*FUNCTIONS, "method"),
	"website user": ("name", "action"),
}
THOROUGH = tuple(ASKED)[:2]
ABOUT = "Client"
# Fewer would mean that they were not found.
LEAST_FUNCTIONS = 350
# How many of each third question's functions tell somebody who may see the client something about it.
LEAST_TOLD = 50
# The same of the ways around, which are about these DocTypes.
LEAST_TOLD_CRAFTED = 15
CRAFTED_ABOUT = (ABOUT, "Client Case")


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


@pytest.fixture(scope="module")
def crafted(suite: Suite) -> list[Question]:
	"""Ways around, each about two DocTypes; a board of each person's own leads to some."""
	for who in (*ASKED, CONTROL):
		suite.people[who].ask(BOARD)
	world = suite.worlds["98101"]
	about = [record for record in world.records if record.doctype in CRAFTED_ABOUT]
	file = next(trace for trace in world.traces if trace.doctype == "File")
	asked = [(path, target) for path in PATHS for target in about] + [(path, file) for path in FILE_PATHS]
	return [
		Question(path.name, target, "crafted", path.ask(target), path.ask(target.twin))
		for path, target in asked
		if path.ask(target)
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
	asked = [question for question in questions if question.style in ASKED[who]]
	found = sweep.ask_all(asked)
	leaks = get_leaks(found)
	functions = len({question.path for question in asked})
	print(
		f"\n{who}: {functions} functions, {sweep.counts['calls']} calls, {len(leaks)} leaks, "
		f"{len(found) - len(leaks)} left to Frappe, {sweep.counts['unsteady answers']} unsteady answers"
	)
	if leaks:
		pytest.fail(list_found(leaks), pytrace=False)


@pytest.mark.parametrize("who", THOROUGH)
def test_no_way_around_tells_of_a_hidden_client(who: str, crafted: list[Question], suite: Suite) -> None:
	sweep = Sweep(suite.people[who])
	leaks = get_leaks(sweep.ask_all(crafted))
	print(
		f"\n{who}: {len(PATHS) + len(FILE_PATHS)} ways around, {sweep.counts['calls']} calls, {len(leaks)} leaks"
	)
	if leaks:
		pytest.fail(list_found(leaks), pytrace=False)


def test_ways_around_tell_somebody_who_may_see_the_client(crafted: list[Question], suite: Suite) -> None:
	told = Sweep(suite.people[CONTROL]).get_told(crafted)
	assert len(told) >= LEAST_TOLD_CRAFTED, sorted(told)


def test_functions_tell_somebody_who_may_see_the_client(questions: list[Question], suite: Suite) -> None:
	sweep = Sweep(suite.people[CONTROL])
	told = sweep.get_told(question for question in questions[::3] if question.style in ("name", "text"))
	print(f"\n{CONTROL}: {len(told)} functions tell, {sweep.counts['calls']} calls")
	assert len(told) >= LEAST_TOLD, sorted(told)


def frappe_is_15() -> bool:
	return " 15." in os.environ.get("CASE_ENGINE", "")


@pytest.mark.parametrize("path", LEFT_TO_FRAPPE)
def test_what_is_left_to_frappe_tells_still(
	path: str, questions: list[Question], crafted: list[Question], suite: Suite
) -> None:
	assert all(LEFT_TO_FRAPPE[path]), f"{path}: say why it is left, and which version mends it"
	asked = [question for question in (*questions, *crafted) if question.path == path]
	if not asked:
		pytest.skip(f"{path} is not in this version")
	if not frappe_is_15():
		pytest.skip(f"{path} was tried with Frappe 15")
	told = [who for who in ASKED if Sweep(suite.people[who]).ask_all(asked)]
	assert told, f"{path} tells nobody anything: it needs not be left to Frappe"
