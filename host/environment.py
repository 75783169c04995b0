"""The Python environment of the bench: dependencies of the engine, and the tools of the tests."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .cache import is_current, key_of, set_current
from .console import run, step
from .paths import HOST, OWN_BENCH

ENGINE_REQUIREMENTS = HOST / "requirements-engine.txt"
TEST_REQUIREMENTS = HOST / "requirements-tests.txt"
NO_NETWORK = "Python packages cannot be installed, is there a network?"


def build_env(*, tests: bool) -> None:
	"""Make the environment, or bring it up to what the requirements say."""
	env = OWN_BENCH.root / "env"
	marker, key = env / ".key", key_of(sys.version, ENGINE_REQUIREMENTS)
	if not is_current(marker, key):
		with step("Python environment (about 120 packages)"):
			shutil.rmtree(env, ignore_errors=True)
			run([sys.executable, "-m", "venv", env], "the Python environment cannot be made")
			_pip_install(OWN_BENCH.python, "-r", ENGINE_REQUIREMENTS)
			set_current(marker, key)
	if tests:
		_add_test_tools(env)


def _add_test_tools(env: Path) -> None:
	marker, key = env / ".key-tests", key_of(TEST_REQUIREMENTS)
	if not is_current(marker, key):
		with step("tools of the tests"):
			_pip_install(OWN_BENCH.python, "-r", TEST_REQUIREMENTS, "-c", ENGINE_REQUIREMENTS)
			set_current(marker, key)


def _pip_install(python: Path, *what: str | Path) -> None:
	command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", *what]
	run(command, NO_NETWORK)


def test_requirements() -> dict[str, str]:
	"""Return the pinned version of each tool of the tests."""
	lines = (line.split("#")[0].strip() for line in TEST_REQUIREMENTS.read_text().splitlines())
	return dict(line.split("==") for line in lines if line)
