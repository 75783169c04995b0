"""Nobody finds a way in: every function × every shape in which a record can be named × everybody it is hidden from.

Each day a share is asked, the next one of a fixed order and some that chance draws; `CASE_LEAKS=all` asks everything, in
parts, for hours, and tells how far it is.
"""

import datetime
import os
from collections import Counter
from itertools import product
from random import Random

import pytest
from conftest import MUCH
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from inside import needs_site
from people import NEAR, Person
from questions import MAKERS, Asker, Spec
from search import Search
from shapes import GROUPS, get_group
from verdict import Secrets
from world import SEEN, Subject, get_words

pytestmark = needs_site

DAY = datetime.date.today().toordinal()
SHARE, SECONDS = 4000, float(os.environ.get("CASE_LEAKS_SECONDS", 40))
# Only questions are asked of which this pattern finds something in the name, all of them.
ONLY = os.environ.get("CASE_LEAKS_ONLY", "")
PARTS = range(40 if MUCH else 1)
# Each question of the whole is asked by so many, each about another record.
TURNS = int(os.environ.get("CASE_LEAKS_TURNS", 2))
LEAST_FUNCTIONS, LEAST_SPECS = 350, 50_000
# Of the client who is seen, so often something is told by each way and each person.
LEAST_TOLD = 3
TELLING = (
	r"function frappe\.(client\.get(_list|_value)?|desk\.(form\.load\.getdoc|reportview\.get|search\.search_(link|widget))) "
	r"|address /api/(v1/)?resource|address /api/v2/document/\{D\}(/\{N\})? "
)
WAYS = {f"function: {group}" for group in GROUPS} | {
	f"address: {group}" for group in ("names", "lists", "filters")
}


def get_order(specs: list[Spec]) -> list[Spec]:
	"""Return all in an order in which neighbours have nothing to do with each other."""
	return [spec for spec in Random(1).sample(specs, len(specs)) if spec.matches(ONLY)]


def get_share(specs: list[Spec]) -> list[Spec]:
	"""Return what is due today: all is asked in some weeks."""
	start = DAY * SHARE % len(specs)
	return (get_order(specs) * 2)[start : start + SHARE]


def test_everything_that_can_be_called_is_asked(specs: list[Spec]) -> None:
	functions = {spec.what for spec in specs if spec.kind == "function"}
	assert {
		"frappe.client.get",
		"frappe.desk.search.search_link",
		"frappe.model.mapper.map_docs",
	} <= functions
	assert len(functions) >= LEAST_FUNCTIONS
	assert len(specs) >= LEAST_SPECS


@pytest.mark.parametrize("part", PARTS)
def test_no_question_tells_of_a_hidden_client_or_changes_one(
	part: int, specs: list[Spec], asker: Asker, search: Search
) -> None:
	asked = get_order(specs)[part :: len(PARTS)] if MUCH or ONLY else get_share(specs)
	turns = range(TURNS) if MUCH or ONLY else [DAY]
	found = search.run(
		(asker.make(spec, turn) for turn in turns for spec in asked), 0 if MUCH or ONLY else SECONDS
	)
	print(f"\nday {DAY}, {len(asked)} of {len(specs)} questions, {len(turns)} times: {search.get_size()}")
	if found:
		pytest.fail(search.list_found(), pytrace=False)


@pytest.mark.skipif(bool(MUCH or ONLY), reason="all is asked")
def test_no_question_that_chance_draws_tells_of_a_hidden_client(
	specs: list[Spec], asker: Asker, search: Search
) -> None:
	"""What stands at the other places is drawn, too: shapes in more than one of them, other people, other records."""

	@seed(DAY)
	@settings(
		max_examples=5,
		phases=[Phase.generate],
		deadline=None,
		database=None,
		suppress_health_check=list(HealthCheck),
	)
	@given(st.lists(st.tuples(st.sampled_from(specs), st.integers(0, 2**32)), min_size=120, max_size=120))
	def ask(drawn: list[tuple[Spec, int]]) -> None:
		search.run(asker.make(spec, turn) for spec, turn in drawn)

	before = len(search.found)
	ask()
	if search.found[before:]:
		pytest.fail(search.list_found(), pytrace=False)


@pytest.mark.skipif(bool(ONLY), reason="only some is asked")
def test_the_same_questions_tell_of_the_client_who_is_seen(
	specs: list[Spec], seen: list[Subject], made: dict, people: dict[str, Person]
) -> None:
	"""Else the search could not fail: by each kind of question, each kind of shape and each person something is told."""
	secrets = Secrets(get_words(made["clients"], SEEN))
	records = [subject for subject in seen if subject.kind == "record"]
	intakes = [subject for subject in records if subject.doctype == "Client Intake"]
	told, missing = Counter(), {*WAYS, *NEAR}
	for spec, turn in product((spec for spec in get_order(specs) if spec.matches(TELLING)), range(2)):
		way, chance = f"{spec.kind}: {get_group(spec.shape)}", spec.get_chance(turn)
		who = chance.choice(sorted(missing & {*NEAR}) or NEAR)
		if not {way, who} & missing:
			continue
		ask = MAKERS[spec.kind](spec, chance.choice(intakes if who == "intake worker" else records), chance)
		if ask.method == "GET" and secrets.find(ask, people[who].ask(ask)):
			told.update([way, who])
			missing = {one for one in missing if told[one] < LEAST_TOLD}
		if not missing:
			break
	print(f"\ntold of the client who is seen: {dict(told)}")
	assert not missing, dict(told)
