"""What the machine must have before anything starts: Python, room, system packages, free ports."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from .console import run, say, step
from .errors import HostError
from .paths import REPO

LEAST_PYTHON = (3, 10)
FIRST_UNKNOWN_PYTHON = (3, 14)
ROOM_IN_MB = 2500
LEAST_NODE = 18


def _program(*names: str) -> Callable[[], bool]:
	return lambda: any(shutil.which(name) or Path("/usr/sbin", name).exists() for name in names)


def _has_python_headers() -> bool:
	return Path(sysconfig.get_paths()["include"], "Python.h").is_file()


def _has_venv() -> bool:
	return importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None


def _has_mariadb_headers() -> bool:
	return any(Path(folder, "mariadb/mysql.h").is_file() for folder in ("/usr/include", "/usr/local/include"))


def _has_inter() -> bool:
	return any(
		Path(folder).is_dir() and any(Path(folder).rglob("Inter*")) for folder in ("/usr/share/fonts",)
	)


# Debian package: how to see without asking the package manager that it is not needed.
PACKAGES: dict[str, Callable[[], bool]] = {
	"mariadb-server": _program("mariadbd"),
	"redis-server": _program("redis-server"),
	"libmariadb-dev": _has_mariadb_headers,
	"pkg-config": _program("pkg-config"),
	"build-essential": _program("gcc", "cc"),
	"python3-dev": _has_python_headers,
	"python3-venv": _has_venv,
	"nodejs": _program("node"),
	"npm": _program("npm"),
	"wkhtmltopdf": _program("wkhtmltopdf"),
}
# Nice to have in PDFs: installed along, never asked for.
OPTIONAL_PACKAGES: dict[str, Callable[[], bool]] = {"fonts-inter": _has_inter}
BROWSER_PACKAGES: dict[str, Callable[[], bool]] = {
	"chromium": _program("chromium", "google-chrome"),
	"chromium-driver": _program("chromedriver"),
}


def check_python() -> None:
	if not LEAST_PYTHON <= sys.version_info[:2] < FIRST_UNKNOWN_PYTHON:
		have = ".".join(map(str, sys.version_info[:3]))
		raise HostError(
			f"python3 is {have}, but 3.10 to 3.13 is needed: run with one, as in make PYTHON=python3.12 demo"
		)


def check_room() -> None:
	free = shutil.disk_usage(REPO).free // 1_000_000
	if free < ROOM_IN_MB:
		raise HostError(
			f"only {free} MB free on the disk of {REPO}, {ROOM_IN_MB} MB are needed: make room first"
		)


def install_packages(*, browser: bool) -> None:
	"""Install the system packages that are missing, and say which."""
	wanted = {**PACKAGES, **(BROWSER_PACKAGES if browser else {})}
	missing = [name for name, is_there in wanted.items() if not is_there()]
	if missing:
		_apt_install(missing + [name for name, is_there in OPTIONAL_PACKAGES.items() if not is_there()])
	still = [name for name in missing if not wanted[name]()]
	if still:
		raise HostError(f"{', '.join(still)} cannot be found after installing: install by hand and run again")
	_check_node()


def _apt_install(missing: list[str]) -> None:
	names = " ".join(missing)
	if not shutil.which("apt-get"):
		raise HostError(
			f"missing on this machine: {names}; there is no apt-get here, so install these by hand"
		)
	if os.geteuid() != 0:
		raise HostError(
			f"missing on this machine: {names}; run as root, or first: sudo apt-get install {names}"
		)
	say(f"system packages missing here, to be installed with apt: {names}")
	env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
	with step("apt-get update"), _policy_without_services():
		run(
			["apt-get", "update", "-q"],
			"the list of system packages cannot be had, is there a network?",
			env=env,
		)
	with step(f"apt-get install ({len(missing)} packages)"), _policy_without_services():
		command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing]
		run(command, "system packages cannot be installed", env=env)


class _policy_without_services:
	"""While packages are installed, keep Debian from starting the machine-wide servers they bring."""

	path = Path("/usr/sbin/policy-rc.d")

	def __enter__(self) -> None:
		self.ours = not self.path.exists()
		if self.ours:
			self.path.write_text("#!/bin/sh\nexit 101\n")
			self.path.chmod(0o755)

	def __exit__(self, *_: object) -> None:
		if self.ours:
			self.path.unlink(missing_ok=True)


def _check_node() -> None:
	version = run(["node", "--version"], "node does not answer").strip()
	if int(version.lstrip("v").split(".")[0]) < LEAST_NODE:
		raise HostError(f"node is {version}, but {LEAST_NODE} or later is needed: install a newer Node.js")


def is_free(port: int) -> bool:
	"""Return whether a server could listen on this loopback port."""
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			return False
	return True


def any_free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def need_port(port: int) -> None:
	if not is_free(port):
		raise HostError(
			f"port {port} is taken by another program: stop it, or choose another, as in PORT={port + 100}"
		)
