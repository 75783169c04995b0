"""A site of version 0.1 with its data migrates to what a new one is (W11, L27).

The site is really made by 0.1: its code is taken from the repository's history, installed on a site of its own, loaded with
some of its made-up service, and kept as a snapshot; then the code of today migrates it. It needs our own bench and a clone
with its history (not a shallow one, not an archive); elsewhere each patch is tested by itself, in `test_patches.py`.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inside import REPO, needs_site

host = pytest.importorskip("host.snapshots", reason="needs the whole repository")

from host.cache import key_of  # noqa: E402
from host.console import run  # noqa: E402
from host.machine import any_free_port  # noqa: E402
from host.paths import BUILD, HOST, OWN_BENCH, SNAPSHOTS  # noqa: E402
from host.services import Services, start_services  # noqa: E402
from host.site import Site, server_env  # noqa: E402

# The last commit of 0.1.0.
RELEASE = "ff01130deca208d17bd1103dd8b7361091d87dd8"
OLD_CODE = BUILD / "older"
LEFT = Path(__file__).parent / "older"
LOOK = "case_management.tests.older_site"
CANARY = "canary-of-0.1"
# Of its made-up service: a seconded worker, a closed case with an assessment that was corrected, drafts, a revised plan, a child.
JOURNEYS = ("banjo", "rowan", "basil", "clover", "lark", "coral", "bay")

pytestmark = needs_site


def git(*words: str) -> bytes | None:
	"""Return what git says, None if it cannot."""
	command = ["git", "-c", "safe.directory=*", "-C", str(REPO), *words]
	try:
		return subprocess.run(command, capture_output=True, check=True).stdout
	except (OSError, subprocess.CalledProcessError):
		return None


def drive(site: Site, *words: str, code: Path | None = None) -> Any:
	"""Run host/driver.py on a site, under today's code or another."""
	paths = [str(path) for path in (code, LEFT) if path]
	env = {**server_env(site), "PYTHONPATH": os.pathsep.join(paths)}
	command = [OWN_BENCH.python, HOST / "driver.py", site.name, *words]
	said = run(command, f"{' '.join(words)} of {site.name} failed", cwd=OWN_BENCH.sites, env=env)
	return json.loads(said.strip().splitlines()[-1])


def call(site: Site, function: str, **arguments: Any) -> Any:
	return drive(site, "execute", function, json.dumps(arguments))


@pytest.fixture(scope="module")
def services() -> Services:
	if os.environ.get("CASE_BENCH") != str(OWN_BENCH.root):
		pytest.skip("a real bench has its own sites: our own bench migrates one of 0.1")
	if git("cat-file", "-e", f"{RELEASE}^{{commit}}") is None:
		pytest.skip("the repository's history is not there: 0.1 cannot be taken from it")
	return start_services()[0]


@pytest.fixture(scope="module")
def sites(services: Services) -> Iterator[tuple[Site, Site]]:
	"""A migrated site of 0.1 and a new one, whose administrators made the same changes; both go away afterwards."""
	older = Site("older.localhost", "case_older", redis=10, port=any_free_port())
	newest = Site("newest.localhost", "case_newest", redis=12, port=any_free_port())
	restore_older(older, services)
	drive(older, "migrate")
	make_newest(newest, services)
	call(newest, "left_by_0_1.edit")
	yield older, newest
	for site in (older, newest):
		host.drop_site(site, services)


def restore_older(site: Site, services: Services) -> None:
	"""Make the site as 0.1 left it, from its snapshot or anew."""
	pristine = get_pristine(services)
	snapshot = SNAPSHOTS / f"older-{key_of(pristine.name, RELEASE, LEFT, ' '.join(JOURNEYS))}"
	if not (snapshot / "complete").is_file():
		host.restore_snapshot(site, services, pristine)
		unpack()
		drive(site, "install", code=OLD_CODE)
		drive(site, "execute", "case_management.setup.demo.load", code=OLD_CODE)
		drive(site, "execute", "left_by_0_1.edit", code=OLD_CODE)
		drive(site, "execute", "left_by_0_1.leave", code=OLD_CODE)
		for old in SNAPSHOTS.glob("older-*"):
			shutil.rmtree(old)
		host.take_snapshot(site, services, snapshot)
		shutil.rmtree(OLD_CODE)
	host.restore_snapshot(site, services, snapshot)


def get_pristine(services: Services) -> Path:
	"""Return the snapshot of a site without the app that this run has made, whatever the hour is now."""
	there = sorted(SNAPSHOTS.glob("pristine-*/complete"))
	return there[0].parent if there else host.pristine_snapshot(services)


def make_newest(site: Site, services: Services) -> None:
	snapshot = SNAPSHOTS / f"app-{host.app_key()}"
	if (snapshot / "complete").is_file():
		host.restore_snapshot(site, services, snapshot)
	else:
		host.fresh_site(site, services)


def unpack() -> None:
	"""Lay out the code of 0.1 and its made-up service, of which a part is enough."""
	shutil.rmtree(OLD_CODE, ignore_errors=True)
	OLD_CODE.mkdir(parents=True)
	archive = git("archive", RELEASE, "case_management", "fixtures")
	subprocess.run(["tar", "-x", "-C", str(OLD_CODE)], input=archive, check=True)
	path = OLD_CODE / "fixtures" / "journeys.json"
	journeys = [story for story in json.loads(path.read_text()) if story["who"] in JOURNEYS]
	path.write_text(json.dumps(journeys))


@pytest.fixture(scope="module")
def found(sites: tuple[Site, Site]) -> tuple[dict, dict]:
	"""What there is on the migrated site, and on the new one."""
	return tuple(call(site, f"{LOOK}.look", word=CANARY) for site in sites)


@pytest.fixture(scope="module")
def older(found: tuple[dict, dict]) -> dict:
	return found[0]


@pytest.fixture(scope="module")
def changed(sites: tuple[Site, Site], older: dict) -> dict:
	return call(sites[0], f"{LOOK}.change")


def test_w11_tables_have_the_columns_and_indexes_of_a_new_site(found: tuple[dict, dict]) -> None:
	migrated, new = (set(site["columns"]) for site in found)
	assert migrated ^ new == set()


def test_w11_setup_rights_and_defaults_are_those_of_a_new_site(found: tuple[dict, dict]) -> None:
	"""Also what the administrator of 0.1 had changed, which both sites have: it is neither lost nor reset."""
	migrated, new = (site["setup"] for site in found)
	assert {
		kind: sorted(set(migrated[kind]) ^ set(new[kind])) for kind in new if migrated[kind] != new[kind]
	} == {}


def test_life_l27_what_was_said_of_sensitive_domains_is_kept_apart(older: dict) -> None:
	assert {place.partition(".")[0] for place in older["places"]} == {"Sensitive Rating", "Version"}
	assert older["places"]["Sensitive Rating.possible_future_need"] >= 20
	assert older["history"] == ["Sensitive Rating"]


def test_life_l27_a_seconded_worker_opens_assessments_and_reads_none_of_it(older: dict) -> None:
	assert older["seconded"]["opened"]
	assert CANARY not in older["seconded"]["text"]


@pytest.mark.parametrize("role", ["Case Worker", "Case Manager Lead"])
def test_life_l27_case_workers_and_leaders_still_read_it(older: dict, role: str) -> None:
	assert older["kept apart"][role]


def test_life_l27_retention_dates_are_there(older: dict) -> None:
	state = older["state"]
	assert state["kept until"]
	assert (state["closed without a day"], state["dates that the daily job changes"]) == (0, 0)


def test_w11_what_follows_from_the_records_of_0_1_is_filled(older: dict) -> None:
	assert older["state"]["reassessments"]
	assert older["state"]["acknowledged without a line"] == 0


def test_w11_no_file_is_public_and_nothing_is_shared(older: dict) -> None:
	assert (older["state"]["public files"], older["state"]["shares"]) == (0, 0)


def test_w11_saving_what_was_migrated_changes_nothing_and_is_not_refused(changed: dict) -> None:
	assert changed["saved"] == {}


def test_w11_the_patches_run_again_add_and_take_nothing(changed: dict) -> None:
	assert changed["patched"] == {}
