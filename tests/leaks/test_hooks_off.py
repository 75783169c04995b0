"""The leak suite sees leaks: without any one of the app's protections a path of it fails."""

from collections.abc import Iterator

import pytest
from check import Path, Suite
from inside import call, needs_site
from paths_desk import PATHS as DESK
from paths_more import PATHS as MORE
from paths_rest import PATHS as REST

HOOKS = "case_management.tests.leak_hooks"
# Each hook that protects, and paths of which one leaks without it: a version of Frappe may have closed another.
PROTECTIONS = [
	("permission_query_conditions", ("REST list of all",)),
	("permission_query_conditions", ("REST rows of all",)),
	("permission_query_conditions", ("REST list of what points at it",)),
	("has_permission", ("private file",)),
	(
		"override_whitelisted_methods",
		("workflow state count", "tagged documents", "client.get_count by a field"),
	),
	("before_request", ("REST read",)),
	("before_request", ("client.has_permission",)),
]

pytestmark = needs_site


@pytest.fixture
def without(hook: str) -> Iterator[None]:
	call(f"{HOOKS}.take_away", hook=hook)
	yield
	call(f"{HOOKS}.put_back")


@pytest.mark.parametrize(("hook", "names"), PROTECTIONS, ids=lambda given: str(given))
def test_a_path_leaks_without_a_protection(
	hook: str, names: tuple[str, ...], suite: Suite, without: None
) -> None:
	paths: list[Path] = [path for path in (*REST, *DESK, *MORE) if path.name in names]
	assert len(paths) == len(names)
	assert any(suite.is_leaking(path) for path in paths), f"{names} tell nothing without {hook}"
