"""Nobody learns of a client hidden from them: every path × every DocType about a client × everybody.

`CASE_LEAKS=all` asks everybody about every DocType by every path.
"""

from collections.abc import Callable, Iterator

import pytest
import urllib3
from check import NOT_THERE, Path, Suite, list_leaks
from inside import call, needs_site
from paths_rest import PATHS as REST
from people import GUEST, Person
from world import read_world

WORLD = "case_management.tests.leak_world"
PATHS = [*REST]

pytestmark = needs_site


@pytest.fixture(scope="module")
def made() -> Iterator[dict]:
	"""Make the hidden clients and the people for these tests, and take them away again."""
	yield call(f"{WORLD}.make")
	call(f"{WORLD}.remove")


@pytest.fixture(scope="module")
def suite(made: dict, case_url: str, login_as: Callable) -> Iterator[Suite]:
	pool = urllib3.connectionpool.connection_from_url(case_url, maxsize=8, block=True, timeout=120)
	people = {GUEST: Person(GUEST, (), "Guest", pool)}
	logins = {who: (row["user"], made["password"], row["roles"]) for who, row in made["people"].items()}
	for who, (user, password, roles) in {**logins, "Administrator": ("Administrator", "admin", [])}.items():
		sid = login_as(user, password).cookies["sid"]
		people[who] = Person(who, tuple(roles) or (who,), sid, pool)
	suite = Suite(people, {number: read_world(client) for number, client in made["clients"].items()})
	yield suite
	print_counts(suite)


def print_counts(suite: Suite) -> None:
	records = len(suite.worlds["98101"].records)
	said = ", ".join(f"{number} {what}" for what, number in sorted(suite.counts.items()))
	print(f"\nleak suite: {records} DocTypes × {len(suite.get_denied())} people × paths: {said}")


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_a_path_tells_nobody_of_a_hidden_client(path: Path, suite: Suite) -> None:
	leaks = suite.find_leaks(path)
	learnt, said = suite.find_control(path)
	suite.counts["leaks"] += len(leaks)
	if leaks:
		pytest.fail(list_leaks(path, leaks), pytrace=False)
	if not learnt and any(words in said for words in NOT_THERE):
		suite.counts["not on this engine"] += 1
		pytest.skip(f"not on this engine: {said[:200]}")
	assert learnt, f"nobody learns anything by {path}, so that the check could not fail: {said}"
