"""How often a user searches for likely matches in a day is limited over REST, also where an acceptance is refused."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from inside import call, needs_site
from records import Person, Service, get_words

LOG, SETTINGS = "Client Access Log", "Case Management Settings"
NAME = "Ottoline Limitby"

pytestmark = needs_site


@pytest.fixture(scope="module")
def service(case_url: str, login: Callable, logins: dict) -> Service:
	roles = ("Case Intake Worker", "Case Worker", "Case Manager Lead")
	return Service(*[Person(case_url, login(role), logins[role]["user"]) for role in roles])


@pytest.fixture
def room(service: Service) -> Iterator[Callable[[int], None]]:
	"""A function that leaves the intake worker so many searches today; afterwards Settings are as they were."""
	before = call("frappe.client.get_single_value", doctype=SETTINGS, field="match_searches_per_day")
	yield lambda searches: set_limit(count(service) + searches)
	set_limit(before)


def set_limit(searches: int) -> None:
	given = {"doctype": SETTINGS, "name": SETTINGS, "fieldname": "match_searches_per_day"}
	call("frappe.client.set_value", **given, value=searches)


def count(service: Service) -> int:
	made = {"user": service.intake.user, "access_kind": "Searched"}
	return len(call("frappe.get_all", doctype=LOG, filters=made, pluck="name"))


def accept(service: Service, intake: str, **values: Any) -> str:
	"""Try to accept an intake without saying whether the person is known; return what is said."""
	given = {"case_manager": service.worker.user, "informed_how": "By phone"}
	return get_words(service.intake.try_to("Client Intake", intake, "accept", **{**given, **values}))


def test_a_refused_acceptance_counts_and_the_limit_holds(service: Service, room: Callable) -> None:
	known = service.accept(service.make_intake(NAME))["client"]
	intakes = [service.make_intake(NAME) for _number in range(3)]
	room(2)
	found = service.intake.act("Client Intake", intakes[0], "find_matches")
	assert known in [match["client"] for match in found]
	assert known in accept(service, intakes[1])
	said = accept(service, intakes[2])
	assert "times today" in said
	assert known not in said
	answer = service.intake.try_to("Client Intake", intakes[2], "find_matches")
	assert answer.status_code == 417
	# What was searched for once may be looked at again.
	assert known in accept(service, intakes[0])


def test_a_client_is_chosen_after_a_search_has_shown_them(service: Service, room: Callable) -> None:
	known = service.accept(service.make_intake(NAME))["client"]
	intake = service.make_intake(NAME)
	room(5)
	assert "neither a likely match" in accept(service, intake, client=known)
	service.intake.act("Client Intake", intake, "find_matches")
	assert "neither a likely match" not in accept(service, intake, client=known)
	assert service.lead.read("Client Intake", intake)["match_confirmation"] == "Asked"
	answer = service.lead.act("Client Intake", intake, "confirm_match")
	assert answer["client"] == known
	assert answer["client_case"]
