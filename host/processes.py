"""Programs in the background: started with a record, and stopped only by that record.

A record holds the process id, the time the process started and the boot it belongs to, so that another program which
was given the same id later is never ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from .paths import BUILD

PIDS = BUILD / "pids"


def _boot_id() -> str:
	return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _started_at(pid: int) -> str | None:
	"""Return the kernel's start time of a live process, or None when it is gone."""
	try:
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return None
	return None if fields[0] == "Z" else fields[19]


def start(
	name: str,
	command: Sequence[str | Path],
	log: Path,
	*,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
) -> int:
	"""Start a program in a session of its own, record it under `name`, and return its process id."""
	PIDS.mkdir(parents=True, exist_ok=True)
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("ab") as output:
		process = subprocess.Popen(
			[str(word) for word in command],
			cwd=cwd,
			env=dict(env) if env is not None else None,
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=output,
			start_new_session=True,
		)
	record = {"pid": process.pid, "started": _started_at(process.pid), "boot": _boot_id()}
	(PIDS / f"{name}.json").write_text(json.dumps(record))
	return process.pid


def running(name: str) -> int | None:
	"""Return the process id recorded under `name` if that very process still runs."""
	try:
		record = json.loads((PIDS / f"{name}.json").read_text())
	except (OSError, ValueError):
		return None
	if record["boot"] != _boot_id() or record["started"] is None:
		return None
	return record["pid"] if _started_at(record["pid"]) == record["started"] else None


def stop(name: str, timeout: float = 30) -> bool:
	"""End the process recorded under `name`, and return whether there was one."""
	pid = running(name)
	if pid is not None:
		os.kill(pid, signal.SIGTERM)
		deadline = time.monotonic() + timeout
		while running(name) is not None:
			if time.monotonic() > deadline:
				os.kill(pid, signal.SIGKILL)
				break
			_reap(pid)
			time.sleep(0.05)
	(PIDS / f"{name}.json").unlink(missing_ok=True)
	return pid is not None


def _reap(pid: int) -> None:
	"""Collect a child of this very run, so that it does not stay as a zombie."""
	with contextlib.suppress(ChildProcessError):
		os.waitpid(pid, os.WNOHANG)


def recorded() -> list[str]:
	"""Return the names of all records."""
	return sorted(path.stem for path in PIDS.glob("*.json")) if PIDS.is_dir() else []
