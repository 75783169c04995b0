"""The same on a real bench: FRAPPE_BENCH names its folder, SITE one of its sites.

Its owner starts its database and its Redis. The host adds this checkout as an app, and installs the app afresh on the
site; the data of the app on that site is lost, so `make test` wants a site that allows tests.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlparse

from . import machine
from .console import run, say, step
from .demo import LOAD, print_logins
from .environment import NO_NETWORK, test_requirements
from .errors import HostError
from .paths import APP, BUILD, REPO, Bench
from .site import MAIL, Site, drive, redis_forget
from .suite import WITH_DEMO, Outcome, Suite, forget_results, wanted_parts, write_logins
from .web import start_web, stop_web

DEFAULT_PORT = 8012
DEFAULT_SITE = "test.localhost"


def test(folder: str) -> Outcome:
	parts = wanted_parts()
	site = _site(folder)
	if not _config(site).get("allow_tests"):
		raise HostError(
			f"{site.name} does not allow tests: bench --site {site.name} set-config allow_tests true"
		)
	machine.install_packages(browser=True)
	engine = _engine_line(site.bench)
	say(f"engine: {engine}")
	_add_app(site)
	_add_tools(site.bench, tests=True)
	logins = write_logins([], BUILD / "bench-logins.json")
	own_config = (site.folder / "site_config.json").read_text()
	try:
		# PDFs fetch their styles from the site's address; mail stays here.
		_set_config(site, **MAIL, host_name=site.url)
		if parts != ("static",):
			_install_afresh(site)
			with step(f"web server of {site.name}"):
				start_web(site)
		forget_results()
		suite = Suite(site, logins, Outcome(engine))
		# Inside Frappe with the defaults only, as on our own bench; what is tested from outside is the made-up service.
		suite.run(tuple(part for part in parts if part not in WITH_DEMO))
		if with_demo := tuple(part for part in WITH_DEMO if part in parts):
			write_logins(_load(site), logins)
			suite.run(with_demo)
		return suite.outcome
	finally:
		stop_web(site)
		(site.folder / "site_config.json").write_text(own_config)


def demo(folder: str) -> None:
	site = _site(folder)
	_add_app(site)
	_set_config(site, mute_emails=1)
	_add_tools(site.bench, tests=False)
	_install_afresh(site)
	logins = _load(site)
	with step(f"web server of {site.name}"):
		start_web(site)
	print_logins(site, logins, _engine_line(site.bench))
	say("it runs on in the background until: make stop")


def _site(folder: str) -> Site:
	bench = Bench(Path(folder).expanduser().resolve())
	name = os.environ.get("SITE") or DEFAULT_SITE
	for path in (bench.python, bench.sites / "apps.txt"):
		if not path.exists():
			raise HostError(f"FRAPPE_BENCH={folder} is not a bench: it has no {path.relative_to(bench.root)}")
	if not (bench.site(name) / "site_config.json").is_file():
		raise HostError(
			f"the bench has no site {name}: make it with bench new-site {name}, or name another with SITE="
		)
	port = int(os.environ.get("PORT") or DEFAULT_PORT)
	site = Site(name, database="", redis=0, port=port, bench=bench)
	_need_services(site)
	return site


def _config(site: Site) -> dict:
	"""Return the site's configuration, over that of the bench."""
	config: dict = {}
	for path in (site.bench.sites / "common_site_config.json", site.folder / "site_config.json"):
		config.update(json.loads(path.read_text()) if path.is_file() else {})
	return config


def _set_config(site: Site, **values: int | str) -> None:
	path = site.folder / "site_config.json"
	path.write_text(json.dumps({**json.loads(path.read_text()), **values}, indent=1, sort_keys=True))


def _address(config: dict, key: str) -> tuple[str, int]:
	url = urlparse(config.get(key) or "redis://127.0.0.1:6379")
	return url.hostname or "127.0.0.1", url.port or 6379


def _need_services(site: Site) -> None:
	config = _config(site)
	wanted = {"Redis cache": _address(config, "redis_cache"), "Redis queue": _address(config, "redis_queue")}
	if not config.get("db_socket"):
		wanted["database"] = (config.get("db_host") or "127.0.0.1", int(config.get("db_port") or 3306))
	for title, address in wanted.items():
		try:
			socket.create_connection(address, timeout=5).close()
		except OSError as error:
			where = f"{address[0]}:{address[1]}"
			raise HostError(
				f"the bench's {title} does not answer at {where}: start the bench first"
			) from error


def _engine_line(bench: Bench) -> str:
	code = "import frappe; print(frappe.__version__)"
	version = run([bench.python, "-W", "ignore", "-c", code], "the bench has no Frappe", cwd=bench.sites)
	return f"Frappe {version.strip().splitlines()[-1]} (bench at {bench.root})"


def _add_app(site: Site) -> None:
	"""Make this checkout an app of the bench, if it is not yet."""
	bench, link = site.bench, site.bench.root / "apps" / APP
	if not link.exists():
		link.symlink_to(REPO)
	if link.resolve() != REPO:
		raise HostError(f"{link} is another checkout: remove it there, or run its own make")
	code = f"import {APP}; print({APP}.__file__)"
	found = subprocess.run([bench.python, "-c", code], cwd=bench.sites, capture_output=True, text=True).stdout
	if str(REPO) not in found:
		with step(f"{APP} made known to the bench's Python"):
			command = [bench.python, "-m", "pip", "install", "-q", "--no-deps", "-e", REPO]
			run(command, f"{APP} cannot be installed in the bench's environment")
	apps = (bench.sites / "apps.txt").read_text().split()
	if APP not in apps:
		(bench.sites / "apps.txt").write_text("\n".join([*apps, APP]) + "\n")
	public, assets = REPO / APP / "public", bench.sites / "assets" / APP
	if public.is_dir() and not assets.exists():
		assets.unlink(missing_ok=True)
		assets.symlink_to(public)
	_forget_cache(site)


def _forget_cache(site: Site) -> None:
	"""Empty the bench's Redis cache: it may hold the list of apps as it was before."""
	url = _config(site).get("redis_cache") or ""
	host, port = _address(_config(site), "redis_cache")
	redis_forget(port, int(urlparse(url).path.strip("/") or 0), host=host)


def _add_tools(bench: Bench, *, tests: bool) -> None:
	"""Install what the bench's environment lacks, and leave alone what it has."""
	wanted = {"gunicorn": "23.0.0", **(test_requirements() if tests else {})}
	code = "import importlib.util as u, sys; print(*[n for n in sys.argv[1:] if not u.find_spec(n)])"
	printed = run([bench.python, "-c", code, *wanted], "the bench's Python does not start")
	missing = [f"{name}=={wanted[name]}" for name in printed.split()]
	if missing:
		with step(f"into the bench's environment: {', '.join(missing)}"):
			run([bench.python, "-m", "pip", "install", "-q", "--no-input", *missing], NO_NETWORK)


def _install_afresh(site: Site) -> None:
	if drive(site, "is-installed"):
		with step(f"{APP} removed from {site.name}, to begin afresh"):
			drive(site, "uninstall")
	with step(f"{APP} installed on {site.name}"):
		drive(site, "install")
	if _has_bundles():
		with step(f"bundles of {APP}"):
			_build_bundles(site.bench)


def _load(site: Site) -> list[dict]:
	with step("the demo service"):
		return drive(site, "execute", LOAD)


def _has_bundles() -> bool:
	public = REPO / APP / "public"
	return public.is_dir() and any("dist" not in path.parts for path in public.rglob("*.bundle.*"))


def _build_bundles(bench: Bench) -> None:
	"""Let the bench's own builder make the app's bundles."""
	command = ["node", "esbuild", "--apps", APP]
	run(
		command,
		"the bench cannot build bundles",
		cwd=bench.root / "apps" / "frappe",
		env={**os.environ, "CI": "1"},
	)
