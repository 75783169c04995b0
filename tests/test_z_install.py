"""The app's life on a site: an administrator's edits outlive migrate, and uninstall leaves nothing behind.

Runs from outside and last, since it takes the app off the site; at its end the app is back, without data. CASE_SITE names
the site, CASE_PYTHON is the Python of its bench, CASE_BENCH the bench's folder.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from inside import REPO, call, drive, needs_site

LIFECYCLE = "case_management.tests.lifecycle"

EDITED = {
	"workflow": 0,
	"added permission": 1,
	"permission taken away": 0,
	"role": "/app/our-home",
	"code": "Our label",
	"deleted code": None,
	"domain": "Our words",
	"levels": 2,
	"template": 3,
	"settings": [3, 0],
	"standards": [80.0, 0, None],
	"custom field": True,
}

pytestmark = needs_site


def get_written_files() -> dict[str, str]:
	"""Return the app's data files with their contents' digest: tools that write DocTypes back change them."""
	files = (REPO / "case_management").rglob("*.json")
	return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module", autouse=True)
def app_returns() -> Iterator[None]:
	"""Put the app back, whatever happened here; no test comes after these, so the made-up service is not loaded again."""
	yield
	drive("uninstall")
	drive("install")


@pytest.fixture(scope="module")
def migrated() -> dict:
	"""Edit everything, migrate twice, and return what is there then, with the app's files before and after."""
	call(f"{LIFECYCLE}.edit")
	files = get_written_files()
	drive("migrate")
	drive("migrate")
	return {**call(f"{LIFECYCLE}.get_edits"), "files": (files, get_written_files())}


@pytest.mark.parametrize("what", EDITED)
def test_an_administrators_edit_outlives_migrate(migrated: dict, what: str) -> None:
	assert migrated[what] == EDITED[what]


def test_a_notification_that_was_switched_off_stays_off(migrated: dict) -> None:
	assert set(migrated["notifications"]) <= {0}


def test_migrate_writes_nothing_into_the_apps_folder(migrated: dict) -> None:
	before, after = migrated["files"]
	assert after == before


@pytest.fixture(scope="module")
def uninstalled(migrated: dict) -> str:
	"""Leave traces everywhere, uninstall, and return what uninstall said."""
	call(f"{LIFECYCLE}.leave_traces")
	drive("uninstall")
	return drive.said


def test_uninstall_says_what_it_deletes_and_what_keeps_it(uninstalled: str) -> None:
	assert "clients" in uninstalled
	assert "backup" in uninstalled


def test_uninstall_leaves_nothing_of_the_app(uninstalled: str) -> None:
	assert call(f"{LIFECYCLE}.find_leftovers") == []


@pytest.mark.parametrize("state", ["With Client", "Exit Planning", "Not Reached"])
def test_uninstall_takes_its_workflow_states_away(uninstalled: str, state: str) -> None:
	assert not call("frappe.client.get_list", doctype="Workflow State", filters={"name": state})


@pytest.mark.parametrize("state", ["Approved", "Rejected", "Pending"])
def test_uninstall_leaves_frappes_own_workflow_states(uninstalled: str, state: str) -> None:
	assert call("frappe.client.get_list", doctype="Workflow State", filters={"name": state})


@pytest.mark.parametrize(
	("doctype", "name"),
	[
		("Report", "Trace"),
		("Kanban Board", "Trace"),
		("Custom Field", "ToDo-trace"),
		("Custom Field", "Client-our_field"),
	],
)
def test_uninstall_takes_what_administrators_made_for_its_doctypes(
	uninstalled: str, doctype: str, name: str
) -> None:
	assert not call("frappe.client.get_list", doctype=doctype, filters={"name": name})


def test_uninstall_deletes_the_clients_files_from_the_disk(uninstalled: str) -> None:
	site = Path(os.environ["CASE_BENCH"]) / "sites" / os.environ["CASE_SITE"]
	assert not list(site.glob("private/files/trace*"))


@pytest.fixture(scope="module")
def installed_again(uninstalled: str) -> dict:
	drive("install")
	return call(f"{LIFECYCLE}.get_edits")


def test_installed_again_the_defaults_are_back(installed_again: dict) -> None:
	assert (installed_again["workflow"], installed_again["code"]) == (1, "Centrelink")
	assert installed_again["deleted code"] == "Plan Indicator-0"
	assert installed_again["settings"] == [7, 1]
	assert installed_again["standards"] == [100.0, 1, "B26"]


def test_installed_again_it_migrates(installed_again: dict) -> None:
	drive("migrate")
	assert call("frappe.client.get_list", doctype="Case Code", filters={"code_list": "Missing Data"})
