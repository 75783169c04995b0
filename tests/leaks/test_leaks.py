"""Nobody learns of a client hidden from them: every path × every DocType about a client × everybody.

`CASE_LEAKS=all` asks everybody about every DocType by every path, for an hour; `CASE_LEAKS=few` tries each path in a
moment.
"""

import pytest
from check import NOT_THERE, Path, Suite, list_leaks
from inside import needs_site
from paths_desk import PATHS as DESK
from paths_more import PATHS as MORE
from paths_rest import PATHS as REST

pytestmark = needs_site


@pytest.mark.parametrize("path", [*REST, *DESK, *MORE], ids=str)
def test_a_path_tells_nobody_of_a_hidden_client(path: Path, suite: Suite) -> None:
	leaks = suite.find_leaks(path)
	learnt, said = suite.find_control(path)
	if leaks:
		pytest.fail(list_leaks(path, leaks), pytrace=False)
	if not learnt and any(words in said for words in NOT_THERE):
		suite.counts["not on this engine"] += 1
		pytest.skip(f"not on this engine: {said[:200]}")
	assert learnt, f"nobody learns anything by {path}, so that the check could not fail: {said}"
