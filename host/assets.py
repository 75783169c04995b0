"""What the browser gets: bundles built by one Node script, for the engine and for the app.

Bundles are kept by a key of their sources, so a repaired Python function costs no new build.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .cache import is_current, key_of, set_current
from .console import run, step
from .errors import HostError
from .paths import APP, DIST, ENGINE, HOST, NODE, OWN_BENCH, REPO

SOURCES = HOST / "assets"
MODULES = NODE / "node_modules"
APP_PACKAGE = REPO / APP


def build_assets() -> bool:
	"""Build what is missing or changed. Return whether anything was built."""
	assets = OWN_BENCH.sites / "assets"
	assets.mkdir(parents=True, exist_ok=True)
	_link(ENGINE / "public", assets / "frappe")
	if (APP_PACKAGE / "public").is_dir():
		_link(APP_PACKAGE / "public", assets / APP)
	bundles, built = _bundles("frappe", ENGINE)
	app_bundles, app_built = _bundles(APP, APP_PACKAGE)
	content = json.dumps({**bundles, **app_bundles}, indent=1)
	target = assets / "assets.json"
	changed = not target.is_file() or target.read_text() != content
	target.write_text(content)
	(assets / "assets-rtl.json").write_text("{}")
	return built or app_built or changed


def _link(target: Path, link: Path) -> None:
	if link.is_symlink() or link.exists():
		if link.is_symlink() and link.readlink() == target:
			return
		shutil.rmtree(link) if link.is_dir() and not link.is_symlink() else link.unlink()
	link.symlink_to(target)


def _has_bundles(package: Path) -> bool:
	public = package / "public"
	return public.is_dir() and any(path for path in public.rglob("*.bundle.*") if "dist" not in path.parts)


def _bundles(app: str, package: Path) -> tuple[dict[str, str], bool]:
	"""Return the addresses of an app's bundles by name, and whether they had to be built."""
	if not _has_bundles(package):
		return {}, False
	key = key_of(SOURCES, package / "public")
	dist = DIST / f"{app}-{key}"
	built = not (dist / "bundles.json").is_file()
	if built:
		_install_modules()
		_link(MODULES, ENGINE / "public" / "node_modules")
		with step(f"bundles of {app}"):
			_build(app, package, dist)
	for old in DIST.glob(f"{app}-*"):
		if old != dist:
			shutil.rmtree(old)
	_link(dist, package / "public" / "dist")
	return json.loads((dist / "bundles.json").read_text()), built


def _build(app: str, package: Path, dist: Path) -> None:
	shutil.rmtree(dist, ignore_errors=True)
	apps = {"frappe": {"package": str(ENGINE)}, app: {"package": str(package), "dist": str(dist)}}
	config = json.dumps({"modules": str(MODULES), "apps": apps, "build": [app]})
	printed = run(["node", SOURCES / "build.mjs", config], f"the bundles of {app} cannot be built")
	bundles = json.loads(printed.strip().splitlines()[-1])
	if not bundles:
		raise HostError(f"no bundle was built for {app}: look for *.bundle.* below its public folder")
	(dist / "bundles.json").write_text(json.dumps(bundles))


def _install_modules() -> None:
	marker, key = NODE / ".key", key_of(SOURCES / "package-lock.json")
	if is_current(marker, key):
		return
	with step("Node packages (about 190)"):
		NODE.mkdir(parents=True, exist_ok=True)
		for name in ("package.json", "package-lock.json"):
			shutil.copy(SOURCES / name, NODE / name)
		command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
		run(command, "Node packages cannot be installed, is there a network?", cwd=NODE)
		set_current(marker, key)
