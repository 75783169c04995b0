"""`make demo`: a made-up service to look at, served in the background."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from . import own, processes
from .cache import is_current, key_of, set_current
from .console import say, step
from .engine import ENGINE_LINE
from .machine import need_port
from .paths import BUILD, REPO
from .services import Services
from .site import Site, drive, forget_cache, refresh_site_config
from .snapshots import app_key, fresh_site
from .web import is_served, start_web, start_worker

DEFAULT_PORT = 8010
LOAD = "case_management.setup.demo.load"
STATE = BUILD / "demo"


def demo() -> None:
	started = time.monotonic()
	site = Site("demo.localhost", "case_demo", redis=0, port=int(os.environ.get("PORT") or DEFAULT_PORT))
	if not is_served(site):
		need_port(site.port)
	running, _ = own.prepare(tests=False)
	changed = _bring_up_to_date(site, running)
	if changed or not is_served(site):
		with step(f"web server and worker of {site.name}"):
			start_web(site)
			start_worker(site)
	print_logins(site, json.loads((STATE / "logins.json").read_text()), ENGINE_LINE)
	say(f"ready in {time.monotonic() - started:.0f} s; it runs on in the background until: make stop")


def _bring_up_to_date(site: Site, running: Services) -> bool:
	"""Make or migrate the demo site, load the service, and return whether the web server has to start again."""
	STATE.mkdir(parents=True, exist_ok=True)
	engine_marker, app_marker, load_marker = STATE / "engine.key", STATE / "app.key", STATE / "load.key"
	engine, app = key_of(ENGINE_LINE), app_key()
	served = processes.running(f"web-{site.name}") is not None
	if not (site.folder / "site_config.json").is_file() or not is_current(engine_marker, engine):
		_stop_servers(site)
		fresh_site(site, running)
		load_marker.unlink(missing_ok=True)
	elif not is_current(app_marker, app):
		_stop_servers(site)
		refresh_site_config(site, running)
		with step("app or engine changed: migrate"):
			forget_cache(site, running)
			drive(site, "migrate")
	else:
		refresh_site_config(site, running)
	changed = not served or not is_current(app_marker, app)
	set_current(engine_marker, engine)
	set_current(app_marker, app)
	load = key_of(app, REPO / "fixtures") if (REPO / "fixtures").is_dir() else app
	if not is_current(load_marker, load):
		with step("the demo service"):
			store_logins(drive(site, "execute", LOAD))
		set_current(load_marker, load)
	return changed


def _stop_servers(site: Site) -> None:
	for name in (f"web-{site.name}", f"worker-{site.name}"):
		processes.stop(name)


def store_logins(logins: list[dict[str, Any]]) -> None:
	path = STATE / "logins.json"
	path.touch(mode=0o600)
	path.write_text(json.dumps(logins, indent=1))


def print_logins(site: Site, logins: list[dict[str, Any]], engine: str) -> None:
	say(f"\nengine: {engine}\naddress: {site.url}\n")
	width = max((len(str(login["role"])) for login in logins), default=0)
	wide = max((len(str(login["user"])) for login in logins), default=0)
	for login in logins:
		say(f"  {login['role']:<{width}}  {login['user']:<{wide}}  {login['password']}")
	say("")
