"""What only somebody at the server can do: through host/driver.py, on the site that CASE_SITE names."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).parent.parent

needs_site = pytest.mark.skipif(
	"CASE_SITE" not in os.environ, reason="needs a site: CASE_SITE, CASE_PYTHON, CASE_BENCH"
)


def drive(*words: str) -> Any:
	"""Run a command of host/driver.py on the site and return its answer."""
	command = [os.environ["CASE_PYTHON"], str(REPO / "host" / "driver.py"), os.environ["CASE_SITE"], *words]
	done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
	assert done.returncode == 0, done.stderr[-4000:]
	drive.said = done.stderr
	return json.loads(done.stdout.strip().splitlines()[-1])


def call(function: str, **arguments: Any) -> Any:
	return drive("execute", function, json.dumps(arguments))
