"""python3 -m host demo|test|stop|clean"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .console import say
from .errors import HostError
from .paths import BUILD
from .suite import Outcome


@contextmanager
def _alone() -> Iterator[None]:
	"""Let only one run at a time make things in this checkout."""
	BUILD.mkdir(parents=True, exist_ok=True)
	with (BUILD / "lock").open("w") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			say("another run is at work in this checkout: waiting for its end")
			fcntl.flock(lock, fcntl.LOCK_EX)
		yield


def demo() -> int:
	from . import demo as own_demo
	from . import realbench

	bench = os.environ.get("FRAPPE_BENCH")
	realbench.demo(bench) if bench else own_demo.demo()
	return 0


def test() -> int:
	from . import owntest, realbench

	bench = os.environ.get("FRAPPE_BENCH")
	outcome = realbench.test(bench) if bench else owntest.test()
	return _tell(outcome)


def _tell(outcome: Outcome) -> int:
	for title in outcome.broken:
		say(f"the {title} tests did not run to their end")
	say(f"\nengine: {outcome.engine}, {outcome.passed + outcome.failed} tests ran on it")
	say(outcome.line())
	return 0 if outcome.ok else 1


def stop() -> int:
	from . import processes
	from .services import stop_services

	names = processes.recorded()
	for name in names:
		if name.startswith(("web-", "worker-")):
			processes.stop(name)
	stop_services()
	say(f"stopped: {', '.join(names)}" if names else "nothing was running")
	return 0


def clean() -> int:
	stop()
	shutil.rmtree(BUILD, ignore_errors=True)
	say(f"removed: {BUILD}")
	return 0


COMMANDS: dict[str, Callable[[], int]] = {"demo": demo, "test": test, "stop": stop, "clean": clean}


def main() -> int:
	if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
		print(f"usage: python3 -m host {'|'.join(COMMANDS)}", file=sys.stderr)
		return 2
	command = sys.argv[1]
	try:
		if command == "stop":
			return stop()
		with _alone():
			return COMMANDS[command]()
	except HostError as error:
		print(f"error: {error}", file=sys.stderr, flush=True)
		return 2
	except KeyboardInterrupt:
		print("stopped by the keyboard; what runs in the background ends with: make stop", file=sys.stderr)
		return 130


if __name__ == "__main__":
	sys.exit(main())
