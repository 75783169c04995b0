"""The search sees what is missing: without any one of the app's rules it finds a way in.

Each day it is tried with one of them, `CASE_LEAKS=rules` (or `all`) tries each.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from conftest import make_pool
from inside import REPO, needs_site
from questions import Asker, Spec
from search import Search
from test_search import DAY, get_order

pytestmark = needs_site

MODULE = "case_management.case_management"
GATE, LOADING = f"{MODULE}.guard.gate", f"{MODULE}.access.loading"
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
	"functions": ({f"{MODULE}.guard.known.is_known": "True"}, "^function frappe"),
	"templates": (
		{**COPIES, f"{MODULE}.plan.planning.get_goals_to_print": "as Administrator"},
		r"get_html_and_style.*\[doc: ",
	),
	"names": ({f"{GATE}.is_misspelt": "False"}, "small letters|full width"),
	"values": (
		{
			f"{MODULE}.guard.counts.{name}": "as Administrator"
			for name in ("count_seen", "get_seen", "select_seen")
		},
		"get_count|get_group_by_count|get_open_count",
	),
	"queries": (
		{
			f"{GATE}.{name}": "None"
			for name in ("refuse_dotted_links", "validate_query", "refuse_nested_queries")
		},
		"filters by a link|fields of a link|fields by a function|order",
	),
}
MOST, WAIT = 1500, 240
TRIED = list(RULES) if os.environ.get("CASE_LEAKS") in ("all", "rules") else [list(RULES)[DAY % len(RULES)]]


@pytest.fixture
def served(rule: str, tmp_path: Path) -> Iterator[str]:
	"""The address of the same site, served without a rule."""
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	command = [
		os.environ["CASE_PYTHON"],
		"-m",
		"gunicorn",
		"host.wsgi:application",
		"--pythonpath",
		str(REPO),
	]
	command += ["--chdir", str(Path(os.environ["CASE_BENCH"], "sites")), "--bind", f"127.0.0.1:{port}"]
	command += [
		"--workers",
		"2",
		"--worker-class",
		"gthread",
		"--threads",
		"1",
		"--timeout",
		"120",
		"--keep-alive",
		"75",
	]
	# Some versions of gunicorn write into the home folder.
	env = {**os.environ, "CASE_WITHOUT": json.dumps(RULES[rule][0]), "HOME": str(tmp_path)}
	with (tmp_path / "log").open("w") as log:
		process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
	try:
		yield wait_for(f"http://127.0.0.1:{port}", process, tmp_path / "log")
	finally:
		process.terminate()
		process.wait(30)


def wait_for(url: str, process: subprocess.Popen, log: Path) -> str:
	ends = time.monotonic() + WAIT
	while process.poll() is None and time.monotonic() < ends:
		try:
			if requests.get(f"{url}/api/method/ping", timeout=60).ok:
				return url
		except (requests.ConnectionError, requests.Timeout):
			time.sleep(0.2)
	raise AssertionError(log.read_text()[-3000:])


@pytest.mark.parametrize("rule", TRIED)
def test_without_a_rule_the_search_finds_a_way_in(
	rule: str, served: str, specs: list[Spec], asker: Asker, search: Search
) -> None:
	pool = make_pool(served)
	people = {who: replace(person, pool=pool) for who, person in search.people.items()}
	without = replace(search, people=people, found=[], one_is_enough=True)
	asked = [spec for spec in get_order(specs) if spec.matches(RULES[rule][1])]
	assert without.run(asker.make(spec, turn) for turn in range(1, 9) for spec in asked[:MOST])
