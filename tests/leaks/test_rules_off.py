"""The search sees what is missing: without any one of the app's rules it finds a way in.

Each day it is tried with one of them, `CASE_LEAKS=rules` (or `all`) tries each.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from askers import Processes
from inside import REPO, needs_site
from questions import Asker, Question, Spec
from search import Finding, Search
from test_search import DAY, get_order

pytestmark = needs_site

MODULE = "case_management.case_management"
GATE, LOADING = f"{MODULE}.guard.gate", f"{MODULE}.access.loading"
KNOWN = json.loads((REPO / MODULE.replace(".", "/") / "guard" / "known_functions.json").read_text())
REFUSED = [
	path
	for path, row in KNOWN["functions"].items()
	if {"refused", "unasked"} & {row if isinstance(row, str) else row["verdict"]}
]
COPIES = {f"{MODULE}.guard.documents.settle_documents": "None", f"{GATE}.get_unseen_links": "nothing"}
# Each rule: the functions that are its door, what they answer when it is taken out, and what finds the way in soon. The first
# two are older than the principle (SECURITY.md), whose eight rules follow.
RULES: dict[str, tuple[dict[str, str], str]] = {
	"lists have conditions": ({"case_management.permissions.query_conditions": "text"}, "resource/{D} "),
	"records have permissions": (
		{"case_management.permissions.has_permission": "True", f"{LOADING}.is_loadable": "True"},
		"resource/{D}/{N} ",
	),
	"loading": (
		{f"{LOADING}.is_loadable": "True", f"{GATE}.get_named_records": "nothing"},
		r"get_html_and_style|expand_links|getdoc|run_doc_method",
	),
	"copies": (COPIES, r"\[docs?: (copy|stub|one)"),
	"methods": (
		{
			f"{MODULE}.access.methods.close_methods": "first",
			f"{MODULE}.access.guarded_record.GuardedRecord.refuse_as_kept": "None",
		},
		r"method (discard|cancel|rename|submit) ",
	),
	"functions": (
		{f"{MODULE}.guard.known.is_known": "True", f"{MODULE}.guard.known.get_verdict": "text"},
		rf"^function ({'|'.join(map(re.escape, REFUSED))}) ",
	),
	"templates": (
		{**COPIES, f"{MODULE}.plan.planning.get_goals_to_print": "as Administrator"},
		r"get_html_and_style.*\[doc: ",
	),
	"names": (
		{f"{GATE}.is_misspelt": "False"},
		r"(share|assign_to|tags?|follow|like|comment|reminder|client|load|printview)\.\w+ \[(doc|dt|ref|name).*(small letters|full width)",
	),
	"values": (
		{f"{MODULE}.guard.searching.find_page": "as Administrator"},
		r"^function frappe\.utils\.global_search\.search ",
	),
	"queries": (
		{f"{MODULE}.guard.queries.refuse_dotted_links": "None"}
		| {f"{GATE}.{name}": "None" for name in ("validate_query", "refuse_nested_queries")},
		r"(get_list|reportview\.get|search_link|\{D\}) .*(filters by a link|fields of a link|fields by a function|: order)",
	),
}
MOST = 1500
# Where Frappe's own lists ask for what they join, nothing is found without these: tried with the others only.
NOT_DAILY = ("queries",)
DAILY = [rule for rule in RULES if rule not in NOT_DAILY]
TRIED = list(RULES) if os.environ.get("CASE_LEAKS") in ("all", "rules") else [DAILY[DAY % len(DAILY)]]


@pytest.fixture
def without(rule: str, made: dict) -> Iterator[Processes]:
	"""The same site, in processes that do not have a rule."""
	with Processes(json.dumps(RULES[rule][0])) as processes:
		yield processes


@pytest.mark.parametrize("rule", TRIED)
def test_without_a_rule_the_search_finds_a_way_in(
	rule: str, without: Processes, specs: list[Spec], asker: Asker, search: Search
) -> None:
	people = {who: replace(person, processes=without) for who, person in search.people.items()}
	other = replace(search, people=people, found=[], one_is_enough=True)
	asked = [spec for spec in get_order(specs) if spec.matches(RULES[rule][1])]
	started = time.monotonic()
	questions = (asker.make(spec, turn) for turn in range(1, 9) for spec in asked[:MOST])
	found = find_by_the_rule(other, search, questions)
	print(f"\nwithout the rule of {rule}: found in {time.monotonic() - started:.0f} s: {str(found)[:600]}")
	assert found


def find_by_the_rule(other: Search, search: Search, questions: Iterator[Question]) -> Finding | None:
	"""Return what is found without a rule, and not with it."""
	while other.run(questions):
		for finding in other.found:
			if not search.judge(finding.question):
				return finding
		other.found.clear()
	return None
