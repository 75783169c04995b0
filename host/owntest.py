"""`make test` on our own bench: three sites, always made afresh, whose tests run beside each other.

Two are served with the made-up service: one for the tests of itself, in a browser and the search for ways in, one for all
other tests from outside.
In the third, which has the defaults only, the tests inside Frappe run. What one waits for, a browser or an answer, leaves a processor to
the others.
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
from .snapshots import copy_site, fresh_site
from .suite import WITH_DEMO, Outcome, Suite, forget_results, wanted_parts, write_logins
from .web import start_web, stop_web

DEFAULT_PORT = 8011
# Not served itself: the styles of its PDFs come from the address of another.
INSIDE = Site("inside.localhost", "case_inside", redis=6, port=DEFAULT_PORT, allow_tests=True)


def test() -> Outcome:
	parts = wanted_parts()
	say(f"engine: {ENGINE_LINE}")
	running, started = own.prepare(tests=True)
	served = {
		Site("test.localhost", "case_test", redis=2, port=_port(), allow_tests=True): ("outside",),
		Site("desk.localhost", "case_desk", redis=8, port=any_free_port(), allow_tests=True): (
			"demo",
			"browser",
			"leaks",
		),
	}
	logins = write_logins([], BUILD / "test-logins.json")
	forget_results()
	try:
		return _run(parts, running, served, logins)
	finally:
		for site in served:
			stop_web(site)
		if started:
			stop_services()


def _run(
	parts: tuple[str, ...], running: Services, served: dict[Site, tuple[str, ...]], logins: Path
) -> Outcome:
	"""Run what needs no made-up service beside what needs one; each site has its parts, one after the other."""
	outcomes = []

	def suite(site: Site, is_served: bool = True) -> Suite:
		outcomes.append(Outcome(ENGINE_LINE))
		return Suite(site, logins, outcomes[-1], beside_another=len(parts) > 1, served=is_served)

	inside = tuple(part for part in parts if part not in WITH_DEMO)
	wanted = {site: tuple(part for part in own if part in parts) for site, own in served.items()}
	sites = [site for site, own in wanted.items() if own]
	for site in ([INSIDE] if "app" in parts else []) + sites[:1]:
		fresh_site(site, running)
	with ThreadPoolExecutor() as pool:
		jobs = [pool.submit(suite(INSIDE, is_served=False).run, inside)]
		if sites:
			_serve(sites, running, logins)
		jobs += [pool.submit(suite(site).run, wanted[site]) for site in sites]
		for job in jobs:
			job.result()
	total = Outcome(ENGINE_LINE)
	for outcome in outcomes:
		total.add(outcome)
	return total


def _serve(sites: list[Site], running: Services, logins: Path) -> None:
	"""Load the made-up service into the first of some sites, make the others like it, and serve them all."""
	started = time.monotonic()
	first, *others = sites
	write_logins(drive(first, "execute", LOAD), logins)
	for site in others:
		copy_site(first, site, running)
	for site in sites:
		start_web(site)
	seconds = time.monotonic() - started
	say(f"{', '.join(site.name for site in sites)} with the demo service, served after {seconds:.0f} s")


def _port() -> int:
	"""Return the port asked for, or the usual one, or any if another checkout tests at the same time."""
	if asked := os.environ.get("PORT"):
		return int(asked)
	if is_free(DEFAULT_PORT):
		return DEFAULT_PORT
	port = any_free_port()
	say(f"port {DEFAULT_PORT} is taken, so the test site is served at {port}")
	return port
