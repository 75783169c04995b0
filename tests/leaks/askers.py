"""The processes of the site that answer questions, without a server between."""

import os
import pickle
import subprocess
import tempfile
from pathlib import Path
from queue import Queue
from typing import Any

SCRIPT = Path(__file__).with_name("asked.py")
PROCESSES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


class Process:
	"""One process, which answers one question at a time."""

	def __init__(self, without: str) -> None:
		self.errors = tempfile.TemporaryFile()  # noqa: SIM115 (it stays as long as the process)
		env = {**os.environ, "CASE_WITHOUT": without}
		pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.errors}
		self.process = subprocess.Popen([os.environ["CASE_PYTHON"], str(SCRIPT)], env=env, **pipes)

	def read(self) -> Any:
		try:
			return pickle.load(self.process.stdout)
		except EOFError:
			self.errors.seek(0)
			raise AssertionError(self.errors.read()[-4000:].decode(errors="replace")) from None

	def ask(self, request: dict[str, Any]) -> dict[str, Any]:
		pickle.dump(request, self.process.stdin)
		self.process.stdin.flush()
		return self.read()

	def end(self) -> None:
		self.process.stdin.close()
		self.process.wait(60)


class Processes:
	"""As many processes as there are cores, each asked by whoever finds it free."""

	def __init__(self, without: str = "{}", number: int = PROCESSES) -> None:
		self.all = [Process(without) for _ in range(number)]
		self.free: Queue[Process] = Queue()

	def __enter__(self) -> "Processes":
		for process in self.all:
			assert process.read() == "ready"
			self.free.put(process)
		return self

	def __exit__(self, *_error: object) -> None:
		for process in self.all:
			process.end()

	def ask(self, request: dict[str, Any]) -> dict[str, Any]:
		process = self.free.get()
		try:
			return process.ask(request)
		finally:
			self.free.put(process)
