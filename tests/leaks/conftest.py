"""The clients and the people, made for the tests of a module and taken away after them."""

import os
from collections.abc import Callable, Iterator

import pytest
from askers import Processes
from inside import Listener
from people import CONTROL, FAR, GUEST, NEAR, UNLISTED, Person
from questions import Asker, Spec, get_specs
from search import WORLD, Search
from verdict import Secrets
from world import HIDDEN, RESTRICTED, SEEN, Subject, get_canaries, read_subjects

SIZES = pytest.StashKey[list[str]]()
MUCH = os.environ.get("CASE_LEAKS") == "all"
TELLS = MUCH or "CASE_LEAKS_ONLY" in os.environ


def pytest_configure(config: pytest.Config) -> None:
	config.stash[SIZES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
	for size in config.stash[SIZES]:
		terminalreporter.write_line(f"search for ways in, {size}")


@pytest.fixture(scope="module")
def inside() -> Iterator[Listener]:
	with Listener() as listener:
		yield listener


@pytest.fixture(scope="module")
def made(inside: Listener) -> Iterator[dict]:
	yield inside.call(f"{WORLD}.make")
	inside.call(f"{WORLD}.remove")


@pytest.fixture(scope="module")
def subjects(made: dict) -> dict[str, list[Subject]]:
	"""What is hidden from each person."""
	hidden = {number: read_subjects(made["clients"], number) for number in (HIDDEN, RESTRICTED)}
	return {who: hidden[RESTRICTED if who == UNLISTED else HIDDEN] for who in (*NEAR, *FAR, CONTROL)}


@pytest.fixture(scope="module")
def seen(made: dict) -> list[Subject]:
	"""The same of the client who is seen."""
	return read_subjects(made["clients"], SEEN)


@pytest.fixture(scope="module")
def specs(inside: Listener, subjects: dict[str, list[Subject]]) -> list[Spec]:
	return get_specs(inside.call("case_management.tests.leak_functions.get_all"), subjects[CONTROL])


@pytest.fixture(scope="module")
def asker(subjects: dict[str, list[Subject]]) -> Asker:
	return Asker(subjects)


@pytest.fixture(scope="module")
def processes(made: dict) -> Iterator[Processes]:
	with Processes() as processes:
		yield processes


@pytest.fixture(scope="module")
def people(made: dict, processes: Processes, login_as: Callable) -> dict[str, Person]:

	def sign_in(user: str) -> Callable[[], str]:
		return lambda: login_as(user, made["password"]).cookies["sid"]

	people = {who: Person(who, processes, sign_in(row["user"])) for who, row in made["people"].items()}
	return people | {GUEST: Person(GUEST, processes, lambda: "Guest")}


@pytest.fixture(scope="module")
def search(people: dict[str, Person], made: dict, request: pytest.FixtureRequest) -> Iterator[Search]:
	"""The search, whose size is printed at the end."""
	terminal = request.config.pluginmanager.getplugin("terminalreporter")
	capture = request.config.pluginmanager.getplugin("capturemanager")

	def tell(line: str) -> None:
		with capture.global_and_fixture_disabled():
			terminal.write_line(line, flush=True)

	secrets = Secrets(get_canaries(made["clients"]))
	search = Search(people, secrets, tell if TELLS else lambda line: None)
	yield search
	request.config.stash[SIZES].append(f"{request.module.__name__}: {search.get_size()}")
