"""What a person sees while waiting: one line for each step, with its seconds."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .errors import HostError
from .paths import BUILD

LOG = BUILD / "host.log"


def say(line: str) -> None:
	print(line, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
	"""Print the title, run the block, and print how long it took."""
	print(f"{title:<58}", end=" ", flush=True)
	started = time.monotonic()
	try:
		yield
	except BaseException:
		print("failed", flush=True)
		raise
	print(f"{time.monotonic() - started:6.1f} s", flush=True)


def run(
	command: Sequence[str | Path],
	failure: str,
	*,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	stdin: str | None = None,
) -> str:
	"""Run a command quietly and return what it printed.

	All output goes to the log. When the command fails, HostError says `failure`, the last line it printed and
	where the rest is.
	"""
	words = [str(word) for word in command]
	try:
		done = subprocess.run(
			words,
			cwd=cwd,
			env=dict(env) if env is not None else None,
			input=stdin if stdin is not None else "",
			stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT,
			text=True,
			errors="replace",
		)
	except FileNotFoundError as error:
		raise HostError(f"{failure}: the program {words[0]} is not on this machine") from error
	LOG.parent.mkdir(parents=True, exist_ok=True)
	with LOG.open("a") as log:
		log.write(f"\n$ {Path(words[0]).name} {' '.join(words[1:])}\n{done.stdout}")
	if done.returncode:
		said = [line.strip() for line in done.stdout.splitlines() if line.strip()]
		last = said[-1] if said else f"exit code {done.returncode}"
		raise HostError(f"{failure}: {last} (the whole output is in {LOG})")
	return done.stdout
