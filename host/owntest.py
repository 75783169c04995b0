"""`make test` on our own bench: a site of its own, always made afresh."""

from __future__ import annotations

import os

from . import own
from .console import say, step
from .demo import LOAD
from .engine import ENGINE_LINE
from .machine import any_free_port, is_free
from .paths import BUILD
from .services import stop_services
from .site import Site, drive
from .snapshots import fresh_site
from .suite import Outcome, Suite, wanted_parts, write_logins
from .web import start_web, stop_web

DEFAULT_PORT = 8011


def test() -> Outcome:
	parts = wanted_parts()
	say(f"engine: {ENGINE_LINE}")
	running, started = own.prepare(tests=True)
	site = Site("test.localhost", "case_test", redis=2, port=_port(), allow_tests=True)
	logins = write_logins([], BUILD / "test-logins.json")
	suite = Suite(site, logins, Outcome(ENGINE_LINE))
	try:
		if parts != ("static",):
			fresh_site(site, running)
			with step("the demo service"):
				write_logins(drive(site, "execute", LOAD), logins)
			with step(f"web server of {site.name}"):
				start_web(site)
		outcome = suite.run(parts)
	finally:
		stop_web(site)
		if started:
			stop_services()
	return outcome


def _port() -> int:
	"""Return the port asked for, or the usual one, or any if another checkout tests at the same time."""
	if asked := os.environ.get("PORT"):
		return int(asked)
	if is_free(DEFAULT_PORT):
		return DEFAULT_PORT
	port = any_free_port()
	say(f"port {DEFAULT_PORT} is taken, so the test site is served at {port}")
	return port
