"""`make test` on our own bench: two sites, always made afresh, whose tests run beside each other.

One is served with the made-up service, for the tests from outside; in the other, which has the defaults only, the tests inside
Frappe run. One processor is mostly waiting for a browser or a server's answer while the other works.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import own
from .console import say
from .demo import LOAD
from .engine import ENGINE_LINE
from .machine import any_free_port, is_free
from .paths import BUILD
from .services import Services, stop_services
from .site import Site, drive
from .snapshots import fresh_site
from .suite import Outcome, Suite, forget_results, wanted_parts, write_logins
from .web import start_web, stop_web

DEFAULT_PORT = 8011
# Not served itself: the styles of its PDFs come from the address of the other.
INSIDE = Site("inside.localhost", "case_inside", redis=6, port=DEFAULT_PORT, allow_tests=True)


def test() -> Outcome:
	parts = wanted_parts()
	say(f"engine: {ENGINE_LINE}")
	running, started = own.prepare(tests=True)
	served = Site("test.localhost", "case_test", redis=2, port=_port(), allow_tests=True)
	logins = write_logins([], BUILD / "test-logins.json")
	forget_results()
	try:
		return _run(parts, running, served, logins)
	finally:
		stop_web(served)
		if started:
			stop_services()


def _run(parts: tuple[str, ...], running: Services, served: Site, logins: Path) -> Outcome:
	"""Run what needs no served site beside what needs one."""
	beside = "outside" in parts and len(parts) > 1
	inside = Suite(INSIDE, logins, Outcome(ENGINE_LINE), beside_another=beside, served=False)
	outside = Suite(served, logins, Outcome(ENGINE_LINE), beside_another=beside)
	for site, needs in ((INSIDE, "app"), (served, "outside")):
		if needs in parts:
			fresh_site(site, running)
	jobs = [lambda: inside.run(tuple(part for part in parts if part != "outside"))]
	if "outside" in parts:
		jobs.append(lambda: _serve_and_run(outside))
	with ThreadPoolExecutor() as pool:
		for job in [pool.submit(job) for job in jobs]:
			job.result()
	inside.outcome.add(outside.outcome)
	return inside.outcome


def _serve_and_run(outside: Suite) -> None:
	started = time.monotonic()
	write_logins(drive(outside.site, "execute", LOAD), outside.logins)
	start_web(outside.site)
	seconds = time.monotonic() - started
	say(f"{outside.site.name} with the demo service, served after {seconds:.0f} s")
	outside.run(("outside",))


def _port() -> int:
	"""Return the port asked for, or the usual one, or any if another checkout tests at the same time."""
	if asked := os.environ.get("PORT"):
		return int(asked)
	if is_free(DEFAULT_PORT):
		return DEFAULT_PORT
	port = any_free_port()
	say(f"port {DEFAULT_PORT} is taken, so the test site is served at {port}")
	return port
