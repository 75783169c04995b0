"""The web server of a site, and for the demo a worker for background jobs."""

from __future__ import annotations

import time
import urllib.error
import urllib.request

from . import processes
from .errors import HostError
from .machine import need_port
from .paths import HOST, OWN_BENCH, REPO
from .site import Site, server_env

WAIT = 90


def start_web(site: Site, *, workers: int = 4) -> None:
	"""Serve a site with gunicorn, and return when it answers."""
	name = f"web-{site.name}"
	processes.stop(name)
	need_port(site.port)
	log = site.bench.logs / f"{name}.log"
	command = [
		site.bench.python,
		*("-m", "gunicorn", "host.wsgi:application"),
		*("--chdir", site.bench.sites, "--pythonpath", REPO),
		*("--bind", f"127.0.0.1:{site.port}"),
		*("--workers", str(workers), "--worker-class", "gthread", "--threads", "1"),
		*("--timeout", "120", "--graceful-timeout", "5", "--keep-alive", "75"),
		# Our version of gunicorn would write a socket into the home folder.
		*(["--no-control-socket"] if site.bench == OWN_BENCH else []),
	]
	processes.start(name, command, log, cwd=site.bench.sites, env=server_env(site))
	deadline = time.monotonic() + WAIT
	while not answers(site):
		if processes.running(name) is None or time.monotonic() > deadline:
			processes.stop(name)
			raise HostError(f"the web server of {site.name} does not answer: {log} says why")
		time.sleep(0.2)


def stop_web(site: Site) -> None:
	processes.stop(f"web-{site.name}")


def is_served(site: Site) -> bool:
	return processes.running(f"web-{site.name}") is not None and answers(site)


def answers(site: Site) -> bool:
	try:
		with urllib.request.urlopen(f"{site.url}/api/method/ping", timeout=10) as response:
			return response.status == 200
	except (urllib.error.URLError, OSError):
		return False


def start_worker(site: Site) -> None:
	"""Run background jobs of a site as they come."""
	name = f"worker-{site.name}"
	processes.stop(name)
	command = [site.bench.python, HOST / "driver.py", site.name, "worker"]
	processes.start(
		name, command, site.bench.logs / f"{name}.log", cwd=site.bench.sites, env=server_env(site)
	)


def stop_worker(site: Site) -> None:
	processes.stop(f"worker-{site.name}")
