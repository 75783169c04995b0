"""The hidden clients and the people, made for the tests of a module and taken away after them."""

from collections.abc import Callable, Iterator

import pytest
import urllib3
from check import Suite
from inside import call
from people import GUEST, Person
from world import read_world

WORLD = "case_management.tests.leak_world"
SIZES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
	config.stash[SIZES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
	for size in config.stash[SIZES]:
		terminalreporter.write_line(f"leak suite, {size}")


@pytest.fixture(scope="module")
def made() -> Iterator[dict]:
	yield call(f"{WORLD}.make")
	call(f"{WORLD}.remove")


@pytest.fixture(scope="module")
def suite(made: dict, case_url: str, login_as: Callable, request: pytest.FixtureRequest) -> Iterator[Suite]:
	"""Sign everybody in, and keep for the end how much was asked."""
	pool = urllib3.connectionpool.connection_from_url(case_url, maxsize=8, block=True, timeout=120)
	people = {GUEST: Person(GUEST, (GUEST,), "Guest", pool)}
	logins = {who: (row["user"], made["password"], row["roles"]) for who, row in made["people"].items()}
	for who, (user, password, roles) in {**logins, "Administrator": ("Administrator", "admin", [])}.items():
		sid = login_as(user, password).cookies["sid"]
		people[who] = Person(who, tuple(roles) or (who,), sid, pool)
	worlds = {number: read_world(client, made["reports"]) for number, client in made["clients"].items()}
	suite = Suite(people, worlds)
	warm_caches(pool)
	yield suite
	request.config.stash[SIZES].append(f"{request.module.__name__}: {suite.get_size()}")


def warm_caches(pool: urllib3.HTTPConnectionPool) -> None:
	"""Ask for a page that is none, once, so that what Frappe keeps about its pages is there before many ask at once.

	Its `redis_cache` answers None where another request stores the value between its two looks, and the page that says
	“not found” then fails with 500.
	"""
	assert pool.request("GET", "/there-is-no-such-page").status == 404
