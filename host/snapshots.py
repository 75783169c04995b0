"""Sites kept as snapshots, and put back in seconds.

Two kinds: a pristine site with nothing but the framework, and the same with this very app installed. Both are kept by a
key of what they were made from.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path

from .cache import files_below, key_of
from .console import run, step
from .engine import engine_key
from .errors import HostError
from .paths import APP, HOST, REPO, SNAPSHOTS
from .services import Services, client_command, sql
from .site import ADMIN_PASSWORD, PRISTINE, SETUP, Site, drive, forget_cache, write_site_config

KEPT_APP_SNAPSHOTS = 2


def pristine_snapshot(services: Services) -> Path:
	"""Return the snapshot of a site with nothing but the framework and a completed setup; make it if need be."""
	folder = SNAPSHOTS / f"pristine-{key_of(engine_key(), HOST / 'driver.py', json.dumps(SETUP))}"
	if (folder / "complete").is_file():
		return folder
	with step("a pristine site, kept for later"):
		_make_pristine_site(services)
		shutil.rmtree(SNAPSHOTS, ignore_errors=True)
		take_snapshot(PRISTINE, services, folder)
		drop_site(PRISTINE, services)
	return folder


def _make_pristine_site(services: Services) -> None:
	drop_site(PRISTINE, services)
	password = secrets.token_urlsafe(12)
	write_site_config(PRISTINE, services, password)
	options = {
		"db_name": PRISTINE.database,
		"db_user": PRISTINE.database,
		"db_password": password,
		"db_root_username": "root",
		"db_root_password": services.root_password,
		"db_host": "127.0.0.1",
		"db_port": services.mariadb_port,
		"db_type": "mariadb",
		"admin_password": ADMIN_PASSWORD,
		"mariadb_user_host_login_scope": "%",
		"force": True,
	}
	drive(PRISTINE, "new-site", json.dumps(options))
	drive(PRISTINE, "complete-setup", *SETUP.values())


def take_snapshot(site: Site, services: Services, folder: Path) -> None:
	"""Keep a site's database and files."""
	shutil.rmtree(folder, ignore_errors=True)
	folder.mkdir(parents=True)
	command, env = client_command(services, "mariadb-dump")
	dump = [
		*command,
		"--single-transaction",
		"--quick",
		f"--result-file={folder / 'database.sql'}",
		site.database,
	]
	run(dump, "the database cannot be kept", env=env)
	for kind in ("public", "private"):
		shutil.copytree(site.folder / kind, folder / kind)
	(folder / "complete").touch()


def restore_snapshot(site: Site, services: Services, folder: Path) -> None:
	"""Make the site anew from a snapshot; whatever was there is gone."""
	drop_site(site, services)
	password = secrets.token_urlsafe(12)
	for kind in ("public", "private"):
		shutil.copytree(folder / kind, site.folder / kind, dirs_exist_ok=True)
	write_site_config(site, services, password)
	dump = folder / "database.sql"
	sql(
		services,
		f"CREATE DATABASE `{site.database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n"
		f"CREATE OR REPLACE USER '{site.database}'@'%' IDENTIFIED BY '{password}';\n"
		f"GRANT ALL ON `{site.database}`.* TO '{site.database}'@'%';\n"
		f"USE `{site.database}`;\nSET foreign_key_checks = 0, unique_checks = 0;\nSOURCE {dump}\n",
	)


def copy_site(site: Site, to: Site, services: Services) -> None:
	"""Make another site that has what this one has."""
	folder = SNAPSHOTS / f"copy-of-{site.database}"
	with step(f"{to.name} as a copy of {site.name}"):
		take_snapshot(site, services, folder)
		restore_snapshot(to, services, folder)
		shutil.rmtree(folder)


def drop_site(site: Site, services: Services) -> None:
	sql(services, f"DROP DATABASE IF EXISTS `{site.database}`;\nDROP USER IF EXISTS '{site.database}'@'%';\n")
	shutil.rmtree(site.folder, ignore_errors=True)
	forget_cache(site, services)


# --- the app


def app_key() -> str:
	"""Return the key of what a site with the app depends on: engine and app, without the app's tests and bundles."""
	package = REPO / APP
	if not (package / "hooks.py").is_file():
		raise HostError(f"there is no app in {package}: run this in a checkout of the whole project")
	files = [path for path in files_below(package) if "tests" not in path.relative_to(package).parts]
	names = "\n".join(str(path.relative_to(package)) for path in files)
	return key_of(engine_key(), names, *files)


def fresh_site(site: Site, services: Services) -> None:
	"""Make the site anew, with the app installed: from its own snapshot, or from the pristine one."""
	pristine = pristine_snapshot(services)
	with_app = SNAPSHOTS / f"app-{app_key()}"
	if (with_app / "complete").is_file():
		os.utime(with_app)
		with step(f"{site.name} from the snapshot with this very app"):
			restore_snapshot(site, services, with_app)
		return
	with step(f"{site.name} from the pristine snapshot"):
		restore_snapshot(site, services, pristine)
	with step(f"{APP} installed on {site.name}"):
		drive(site, "install")
		take_snapshot(site, services, with_app)
	kept = sorted(SNAPSHOTS.glob("app-*"), key=lambda path: path.stat().st_mtime, reverse=True)
	for old in kept[KEPT_APP_SNAPSHOTS:]:
		shutil.rmtree(old)
