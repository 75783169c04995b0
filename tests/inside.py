"""What only somebody at the server can do: through host/driver.py, on the site that CASE_SITE names."""

import json
import os
import subprocess
import tempfile
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


class Listener:
	"""A process that stays, and in which called functions may keep something."""

	def __enter__(self) -> "Listener":
		command = [
			os.environ["CASE_PYTHON"],
			str(REPO / "host" / "driver.py"),
			os.environ["CASE_SITE"],
			"listen",
		]
		self.errors = tempfile.TemporaryFile("w+")
		pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.errors}
		self.process = subprocess.Popen(command, **pipes, text=True)
		return self

	def __exit__(self, *_error: object) -> None:
		self.process.stdin.close()
		self.process.wait(60)

	def call(self, function: str, **arguments: Any) -> Any:
		self.process.stdin.write(f"{json.dumps([function, arguments])}\n")
		self.process.stdin.flush()
		line = self.process.stdout.readline()
		if not line:
			self.errors.seek(0)
			raise AssertionError(self.errors.read()[-4000:])
		return json.loads(line)


def call(function: str, **arguments: Any) -> Any:
	return drive("execute", function, json.dumps(arguments))
