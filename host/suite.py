"""`make test`: the same suite on our engine and on a real bench, with the engine named at both ends."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .console import say
from .errors import HostError
from .paths import APP, REPO, RESULTS
from .site import Site, server_env

PARTS = ("static", "app", "demo", "browser", "leaks", "outside")
# What is asked of a site that has the made-up service, as which it must not be changed before the first of them.
WITH_DEMO = ("demo", "browser", "leaks", "outside")
DEMO = REPO / APP / "tests" / "test_demo.py"
BROWSER = REPO / "tests" / "test_browser.py"
LEAKS = REPO / "tests" / "leaks"
NO_TEST_FOUND = 5


@dataclass
class Outcome:
	"""What ran on which engine, summed over all runs."""

	engine: str
	passed: int = 0
	failed: int = 0
	skipped: int = 0
	broken: list[str] = field(default_factory=list)

	def add(self, other: Outcome) -> None:
		self.passed += other.passed
		self.failed += other.failed
		self.skipped += other.skipped
		self.broken += other.broken

	def line(self) -> str:
		skipped = f", {self.skipped} skipped" if self.skipped else ""
		return f"{self.passed} passed, {self.failed} failed{skipped}"

	@property
	def ok(self) -> bool:
		return not self.failed and not self.broken


@dataclass(frozen=True)
class Suite:
	"""The tests of this checkout, on one site."""

	site: Site
	logins: Path
	outcome: Outcome
	# Another suite runs beside this one: what it prints is shown in one piece, when a part is done.
	beside_another: bool = False
	# Its site has an address at which it answers.
	served: bool = True

	def run(self, parts: tuple[str, ...]) -> Outcome:
		for part in parts:
			getattr(self, f"_{part}")()
		return self.outcome

	def _static(self) -> None:
		for command in (
			["check", "--output-format", "concise", "."],
			["format", "--check", "--output-format", "concise", "."],
		):
			self._check(f"ruff {command[0]}", [self.site.bench.python, "-m", "ruff", *command])
		self._pytest("static", REPO / "tests" / "static", cwd=REPO)

	def _app(self) -> None:
		self._pytest("app", REPO / APP / "tests", f"--ignore={DEMO}", cwd=self.site.bench.sites)

	def _demo(self) -> None:
		self._pytest("demo", DEMO, cwd=self.site.bench.sites)

	def _browser(self) -> None:
		self._pytest("browser", BROWSER, cwd=REPO)

	def _leaks(self) -> None:
		self._pytest("leaks", LEAKS, cwd=REPO)

	def _outside(self) -> None:
		others = [f"--ignore={path}" for path in (REPO / "tests" / "static", BROWSER, LEAKS)]
		self._pytest("outside", REPO / "tests", *others, cwd=REPO)

	def _check(self, title: str, command: list[str | Path]) -> None:
		if self._call(f"=== {title}", command, cwd=REPO):
			self.outcome.failed += 1
		else:
			self.outcome.passed += 1

	def _pytest(self, title: str, folder: Path, *arguments: str, cwd: Path) -> None:
		report = RESULTS / f"{title}.xml"
		command = [self.site.bench.python, "-m", "pytest", folder, *arguments, f"--junitxml={report}"]
		command += [f"--rootdir={REPO}", *shlex.split(os.environ.get("ARGS", ""))]
		code = self._call(f"=== tests: {title}", command, cwd=cwd, env=self._env())
		self._count(title, report, code)

	def _call(self, title: str, command: list[str | Path], **options: Any) -> int:
		"""Run a command, show what it prints, and return its exit code."""
		if not self.beside_another:
			say(f"\n{title}")
			return subprocess.run(command, stdin=subprocess.DEVNULL, **options).returncode
		say(f"{title}: begun")
		log = RESULTS / f"{re.sub('[^a-z]+', '-', title.lower()).strip('-')}.log"
		with log.open("w") as output:
			done = subprocess.run(
				command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options
			)
		say(f"\n{title}\n{log.read_text(errors='replace').rstrip()}")
		return done.returncode

	def _env(self) -> dict[str, str]:
		return {
			**server_env(self.site),
			"CASE_SITE": self.site.name,
			**({"CASE_URL": self.site.url} if self.served else {}),
			"CASE_BENCH": str(self.site.bench.root),
			"CASE_PYTHON": str(self.site.bench.python),
			"CASE_LOGINS": str(self.logins),
			"CASE_ENGINE": self.outcome.engine,
			"PYTHONUNBUFFERED": "1",
		}

	def _count(self, title: str, report: Path, code: int) -> None:
		"""Add up a report: tests, not the subtests within them."""
		root = ET.parse(report).getroot() if report.is_file() else ET.Element("none")
		results = [{child.tag for child in case} for case in root.iter("testcase")]
		failed = sum(bool(tags & {"failure", "error"}) for tags in results)
		skipped = sum("skipped" in tags for tags in results)
		self.outcome.failed += failed
		self.outcome.skipped += skipped
		self.outcome.passed += len(results) - failed - skipped
		if code not in (0, NO_TEST_FOUND) and not failed:
			self.outcome.broken.append(title)
			self.outcome.failed += 1


def forget_results() -> None:
	"""Empty the folder of reports, which each run begins with."""
	shutil.rmtree(RESULTS, ignore_errors=True)
	RESULTS.mkdir(parents=True)


def wanted_parts() -> tuple[str, ...]:
	"""Return the parts to run, as the environment variable ONLY says."""
	only = os.environ.get("ONLY")
	if not only:
		return PARTS
	if only not in PARTS:
		raise HostError(f"ONLY={only} is not known: it is one of {', '.join(PARTS)}")
	return (only,)


def write_logins(logins: list[dict], path: Path) -> Path:
	path.parent.mkdir(parents=True, exist_ok=True)
	path.touch(mode=0o600)
	path.write_text(json.dumps(logins, indent=1))
	return path
