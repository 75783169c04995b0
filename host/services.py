"""MariaDB and Redis of our own: on loopback, on free ports, with their data below `.build`.

The ports are chosen once and kept; a port that somebody else has taken meanwhile is chosen anew.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import processes
from .console import run, step
from .errors import HostError
from .machine import any_free_port, is_free
from .paths import BUILD, OWN_BENCH

DATA = BUILD / "mariadb"
# Of its own: a server deletes the temporary tables that it finds at its start, another server's too.
TEMPORARY = BUILD / "mariadb-tmp"
REDIS_DATA = BUILD / "redis"
SETTINGS = BUILD / "services.json"
MARIADB, REDIS = "mariadb", "redis"
WAIT = 60


@dataclass(frozen=True)
class Services:
	"""How to reach the two servers."""

	mariadb_port: int
	redis_port: int
	root_password: str

	def redis_url(self, database: int) -> str:
		return f"redis://127.0.0.1:{self.redis_port}/{database}"


def start_services() -> tuple[Services, bool]:
	"""Start what does not run yet. Return how to reach it, and whether anything had to be started."""
	running = processes.running(MARIADB) and processes.running(REDIS)
	services = _settings()
	if running:
		return services, False
	with step("MariaDB and Redis"):
		services = _with_free_ports(services)
		if not processes.running(MARIADB):
			_start_mariadb(services)
		if not processes.running(REDIS):
			_start_redis(services)
	return services, True


def stop_services() -> None:
	processes.stop(REDIS)
	processes.stop(MARIADB, timeout=60)


def _settings() -> Services:
	if SETTINGS.is_file():
		return Services(**json.loads(SETTINGS.read_text()))
	return _store(Services(any_free_port(), any_free_port(), secrets.token_urlsafe(18)))


def _store(services: Services) -> Services:
	SETTINGS.parent.mkdir(parents=True, exist_ok=True)
	SETTINGS.touch(mode=0o600)
	SETTINGS.write_text(json.dumps(vars(services)))
	return services


def _with_free_ports(services: Services) -> Services:
	def port(name: str, present: int) -> int:
		return present if processes.running(name) or is_free(present) else any_free_port()

	return _store(
		Services(
			port(MARIADB, services.mariadb_port), port(REDIS, services.redis_port), services.root_password
		)
	)


def _start_mariadb(services: Services) -> None:
	as_root = ["--user=root"] if os.geteuid() == 0 else []
	if not (DATA / "mysql").is_dir():
		DATA.mkdir(parents=True, exist_ok=True)
		command = ["mariadb-install-db", "--no-defaults", f"--datadir={DATA}", "--skip-test-db", *as_root]
		run([*command, "--auth-root-authentication-method=normal"], "the database server cannot be set up")
	init_file = DATA / "root.sql"
	init_file.touch(mode=0o600)
	init_file.write_text(
		"".join(
			f"CREATE OR REPLACE USER 'root'@'{host}' IDENTIFIED BY '{services.root_password}';\n"
			f"GRANT ALL ON *.* TO 'root'@'{host}' WITH GRANT OPTION;\n"
			for host in ("localhost", "127.0.0.1")
		)
	)
	TEMPORARY.mkdir(exist_ok=True)
	command = [
		_mariadbd(),
		"--no-defaults",
		*as_root,
		f"--datadir={DATA}",
		f"--tmpdir={TEMPORARY}",
		f"--init-file={init_file}",
		"--socket=mariadb.sock",
		f"--pid-file={DATA / 'mariadb.pid'}",
		"--bind-address=127.0.0.1",
		f"--port={services.mariadb_port}",
		"--character-set-server=utf8mb4",
		"--collation-server=utf8mb4_unicode_ci",
		"--skip-log-bin",
		"--skip-name-resolve",
		# Data here is made up and made again at will: speed before safety from power cuts.
		"--innodb-flush-log-at-trx-commit=0",
		"--innodb-doublewrite=0",
		"--innodb-buffer-pool-size=512M",
		"--innodb-log-file-size=256M",
		"--max-allowed-packet=256M",
	]
	processes.start(MARIADB, command, OWN_BENCH.logs / "mariadb.log")
	_wait_for("MariaDB", MARIADB, lambda: _answers_sql(services))


def _mariadbd() -> str:
	return next(
		(str(p) for p in (Path("/usr/sbin/mariadbd"), Path("/usr/libexec/mariadbd")) if p.exists()),
		"mariadbd",
	)


def _start_redis(services: Services) -> None:
	REDIS_DATA.mkdir(parents=True, exist_ok=True)
	words = f"--bind 127.0.0.1 --port {services.redis_port} --appendonly no --loglevel warning".split()
	command = ["redis-server", *words, "--save", "", "--dir", str(REDIS_DATA)]
	processes.start(REDIS, command, OWN_BENCH.logs / "redis.log")
	_wait_for("Redis", REDIS, lambda: redis_command(services.redis_port, "PING") == "+PONG")


def _wait_for(title: str, name: str, answers: Callable[[], bool]) -> None:
	deadline = time.monotonic() + WAIT
	while time.monotonic() < deadline:
		if answers():
			return
		if processes.running(name) is None:
			break
		time.sleep(0.1)
	raise HostError(f"{title} does not start: {OWN_BENCH.logs / (name + '.log')} says why")


def redis_command(port: int, *words: str, host: str = "127.0.0.1") -> str:
	"""Send one command to a Redis server, and return the first line of its answer, or nothing."""
	message = f"*{len(words)}\r\n" + "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
	try:
		with socket.create_connection((host, port), timeout=5) as connection:
			connection.sendall(message.encode())
			return connection.recv(1024).decode().split("\r\n")[0]
	except OSError:
		return ""


def client_command(services: Services, program: str = "mariadb") -> tuple[list[str], dict[str, str]]:
	"""Return the command and environment of a database client with all rights."""
	command = [program, "--no-defaults", "-h127.0.0.1", f"-P{services.mariadb_port}", "-uroot"]
	return command, {**os.environ, "MYSQL_PWD": services.root_password}


def _answers_sql(services: Services) -> bool:
	command, env = client_command(services)
	done = subprocess.run(
		[*command, "-e", "select 1"], env=env, stdin=subprocess.DEVNULL, capture_output=True
	)
	return done.returncode == 0


def sql(services: Services, statements: str) -> None:
	command, env = client_command(services)
	run(command, "the database refuses", env=env, stdin=statements)
