"""Sites and their configuration; what is done inside a site is done by driver.py."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .console import run
from .paths import APP, HOST, OWN_BENCH, Bench
from .services import Services, redis_command

ADMIN_PASSWORD = "admin"
# Time zones without summer time, and the hours of UTC at which it is between noon and eight there.
AFTERNOONS = {
	"Australia/Perth": range(4, 12),
	"Atlantic/Reykjavik": range(12, 20),
	"Pacific/Pitcairn": (*range(20, 24), *range(4)),
}


def get_time_zone() -> str:
	"""Return a time zone in which it is afternoon: no day begins or ends while the tests speak of today."""
	hour = datetime.now(timezone.utc).hour
	return next(zone for zone, hours in AFTERNOONS.items() if hour in hours)


SETUP = {"language": "English", "country": "Australia", "time_zone": get_time_zone(), "currency": "AUD"}
# Mail is written into the queue, as with a real account, and never leaves it.
MAIL = {"mute_emails": 1, "mail_server": "localhost", "auto_email_id": "no-reply@example.com"}
# Sites made from one snapshot read what is encrypted in it; there is nothing real to protect.
MADE_UP_KEY = b"case-management-host-made-up-key"


@dataclass(frozen=True)
class Site:
	"""A site, its database, its pair of Redis databases, and the port it is served at."""

	name: str
	database: str
	redis: int
	port: int
	bench: Bench = OWN_BENCH
	allow_tests: bool = False

	@property
	def folder(self) -> Path:
		return self.bench.site(self.name)

	@property
	def url(self) -> str:
		return f"http://127.0.0.1:{self.port}"


PRISTINE = Site("pristine.localhost", "case_pristine", redis=4, port=8010)


def drive(site: Site, *words: str) -> Any:
	"""Run host/driver.py on a site and return what it printed as JSON."""
	command = [site.bench.python, HOST / "driver.py", site.name, *words]
	env = server_env(site)
	printed = run(command, f"{words[0]} of {site.name} failed", cwd=site.bench.sites, env=env)
	lines = printed.strip().splitlines()
	return json.loads(lines[-1]) if lines else None


def server_env(site: Site) -> dict[str, str]:
	"""Return the environment of what works on a site: nothing of the caller's that Frappe would listen to."""
	env = {
		name: value for name, value in os.environ.items() if not name.startswith("FRAPPE_") and name != "CI"
	}
	return {**env, "CASE_BENCH": str(site.bench.root), "CASE_SITE": site.name, "FRAPPE_SITE": site.name}


def lay_out_bench(services: Services) -> None:
	"""Make the folders and files that a bench has."""
	bench = OWN_BENCH
	for folder in (bench.sites, bench.logs, bench.root / "config"):
		folder.mkdir(parents=True, exist_ok=True)
	(bench.sites / "apps.txt").write_text(f"frappe\n{APP}\n")
	shared = {
		"db_type": "mariadb",
		"db_host": "127.0.0.1",
		"db_port": services.mariadb_port,
		"redis_cache": services.redis_url(0),
		"redis_queue": services.redis_url(1),
		"default_site": "demo.localhost",
		"developer_mode": 0,
		"use_mysqlclient": 1,
	}
	_write_json(bench.sites / "common_site_config.json", shared)


def _write_json(path: Path, content: dict[str, Any]) -> None:
	path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


def write_site_config(site: Site, services: Services, password: str) -> None:
	"""Write the site's configuration: no mail goes out, nothing runs by the clock, there is no realtime."""
	config = {
		"db_name": site.database,
		"db_user": site.database,
		"db_password": password,
		"db_host": "127.0.0.1",
		"db_port": services.mariadb_port,
		"db_type": "mariadb",
		"redis_cache": services.redis_url(site.redis),
		"redis_queue": services.redis_url(site.redis + 1),
		"host_name": site.url,
		**MAIL,
		"disable_async": 1,
		"pause_scheduler": 1,
		"allow_tests": int(site.allow_tests),
		"admin_password": ADMIN_PASSWORD,
		"encryption_key": base64.urlsafe_b64encode(MADE_UP_KEY).decode(),
	}
	for folder in ("public/files", "private/files", "private/backups", "locks", "logs"):
		(site.folder / folder).mkdir(parents=True, exist_ok=True)
	_write_json(site.folder / "site_config.json", config)


def refresh_site_config(site: Site, services: Services) -> None:
	"""Tell an existing site the present ports."""
	config = json.loads((site.folder / "site_config.json").read_text())
	write_site_config(site, services, config["db_password"])


def forget_cache(site: Site, services: Services) -> None:
	for database in (site.redis, site.redis + 1):
		redis_forget(services.redis_port, database)


def redis_forget(port: int, database: int = 0, host: str = "127.0.0.1") -> None:
	redis_command(
		port, "EVAL", f"redis.call('SELECT', {database}); return redis.call('FLUSHDB')", "0", host=host
	)
