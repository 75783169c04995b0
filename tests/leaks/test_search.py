"""Nobody finds a way in: every function × every shape in which a record can be named × everybody it is hidden from.

Each day a share is asked, the next one of a fixed order and some that chance draws; `CASE_LEAKS=all` asks everything, in
parts, for hours, and tells how far it is.
"""

import datetime
import os
from random import Random

import pytest
from conftest import MUCH
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from inside import needs_site
from people import CONTROL
from questions import Asker, Question, Spec
from search import Search

pytestmark = needs_site

DAY = datetime.date.today().toordinal()
SHARE, SECONDS = 4000, float(os.environ.get("CASE_LEAKS_SECONDS", 60))
# Only questions are asked of which this pattern finds something in the name, all of them.
ONLY = os.environ.get("CASE_LEAKS_ONLY", "")
PARTS = range(40 if MUCH else 1)
# Each question of the whole is asked by so many, each about another record.
TURNS = int(os.environ.get("CASE_LEAKS_TURNS", 2))
LEAST_FUNCTIONS, LEAST_SPECS, LEAST_TOLD = 350, 50_000, 15


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


def test_the_questions_tell_somebody_who_may_see_the_client(
	specs: list[Spec], asker: Asker, search: Search
) -> None:
	"""Else the search could not fail."""
	told = set()
	for spec in get_order(specs)[:3000]:
		question = asker.make(spec, 0)
		if question.ask.method != "GET":
			continue
		question = Question(CONTROL, spec, question.subject, question.ask)
		if search.secrets.find(question.ask, search.people[CONTROL].ask(question.ask)):
			told.add(spec.what)
		if len(told) >= LEAST_TOLD:
			return
	assert len(told) >= LEAST_TOLD, sorted(told)
