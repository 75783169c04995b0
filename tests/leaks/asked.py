"""Answers questions in a process of the site: through the application that the server serves, each in a transaction that is undone.

Run by the Python of the bench's environment, with the environment of host/wsgi.py. Reads pickled requests, and writes for
each what was answered, what was changed of what is hidden, and whether the answer hangs on what is hidden.
"""

import gc
import io
import os
import pickle
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

CONTENT = {"CONTENT_TYPE": "Content-Type", "CONTENT_LENGTH": "Content-Length"}
# Of these a request only asks, and never sets.
READING = (
	"GET",
	"HGET",
	"MGET",
	"HMGET",
	"HGETALL",
	"HVALS",
	"HKEYS",
	"EXISTS",
	"HEXISTS",
	"KEYS",
	"SMEMBERS",
)


class Site:
	"""The application, the one connection it uses, and what was made meanwhile."""

	def __init__(self) -> None:
		import frappe
		from undoing import Connection

		from host.wsgi import application

		self.application, self.frappe = application, frappe
		self.files: list[str] = []
		self.connect()
		kind = type(frappe.local.db)
		self.connection = Connection(kind.get_connection(frappe.local.db))
		kind.get_connection = lambda db: self.connection
		self.connection.begin()
		frappe.destroy()
		sys.addaudithook(self.note_file)
		self.watch_cache()
		self.in_site("begin")

	def connect(self) -> None:
		self.frappe.init(os.environ["CASE_SITE"], sites_path=".")
		self.frappe.connect()

	def in_site(self, function: str, *given: Any) -> Any:
		"""Call a function of leak_changes, which sees what was written and not yet undone."""
		from case_management.tests import leak_changes

		self.connect()
		try:
			return getattr(leak_changes, function)(*given)
		finally:
			self.frappe.destroy()

	def note_file(self, event: str, given: tuple) -> None:
		"""Note a file of the site's that is opened to be written, or is given another name."""
		if event == "open" and isinstance(given[1], str) and set(given[1]) & set("wxa"):
			self.files.append(str(given[0]))
		elif event == "os.rename":
			self.files.append(str(given[1]))

	def watch_cache(self) -> None:
		"""Note what is read of what is hidden in the cache."""
		from redis import Redis
		from world import is_about_hidden

		original = Redis.execute_command

		def execute(cache: Redis, *given: Any, **options: Any) -> Any:
			answer = original(cache, *given, **options)
			noted = self.connection.noted
			if answer and not noted.tells_apart and str(given[0]).upper() in READING:
				noted.tells_apart = is_about_hidden(f"{given[1:]} {answer}")
			return answer

		Redis.execute_command = execute

	def answer(self, request: dict[str, Any]) -> dict[str, Any]:
		self.connection.begin()
		self.files.clear()
		answer = self.ask(request)
		noted = self.connection.noted
		answer |= {"tells_apart": noted.tells_apart, "changes": list(self.get_changes())}
		self.connection.begin()
		return answer

	def ask(self, request: dict[str, Any]) -> dict[str, Any]:
		started: list[Any] = ["500", ()]
		try:
			with closing(self.application(get_environ(request), partial(put, started))) as given:
				data = b"".join(given)
		except Exception as error:
			# A server says no more than that.
			data = type(error).__name__.encode()
		return {"status": int(started[0].split()[0]), "headers": dict(started[1]), "data": data}

	def get_changes(self) -> Iterator[dict]:
		noted = self.connection.noted
		if noted.written:
			written = [list(row) for row in noted.written]
			yield from self.in_site("get_changes", written)
		files = {file for file in map(get_full_path, self.files) if re.search("/(private|public)/", file)}
		if files:
			yield from self.in_site("get_made", sorted(files))


def get_full_path(file: str) -> str:
	return str(Path(file).resolve())


def put(started: list[Any], status: str, headers: list, *_error: Any) -> None:
	started[:] = status, headers


def get_environ(request: dict[str, Any]) -> dict[str, Any]:
	path, _, query = request["address"].partition("?")
	from urllib.parse import unquote_to_bytes

	body = request["body"] or b""
	environ = {
		"REQUEST_METHOD": request["method"],
		"SCRIPT_NAME": "",
		"PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
		"QUERY_STRING": query,
		"RAW_URI": request["address"],
		"REQUEST_URI": request["address"],
		"SERVER_NAME": "127.0.0.1",
		"SERVER_PORT": "80",
		"HTTP_HOST": "127.0.0.1",
		"REMOTE_ADDR": "127.0.0.1",
		"SERVER_PROTOCOL": "HTTP/1.1",
		"wsgi.version": (1, 0),
		"wsgi.url_scheme": "http",
		"wsgi.input": io.BytesIO(body),
		"wsgi.errors": sys.stderr,
		"wsgi.multithread": False,
		"wsgi.multiprocess": True,
		"wsgi.run_once": False,
		"CONTENT_LENGTH": str(len(body)),
	}
	for name, value in request["headers"].items():
		key = name.upper().replace("-", "_")
		environ[key if key in CONTENT else f"HTTP_{key}"] = value
	return environ


def main() -> None:
	answers = os.fdopen(os.dup(1), "wb")
	# What is printed on the way is no answer.
	os.dup2(2, 1)
	here = Path(__file__).resolve().parent
	sys.path[:0] = [str(here.parent.parent), str(here)]
	os.chdir(Path(os.environ["CASE_BENCH"], "sites"))
	site = Site()
	# What stays is not looked through again and again.
	gc.freeze()
	gc.set_threshold(20_000)
	pickle.dump("ready", answers)
	answers.flush()
	while True:
		try:
			request = pickle.load(sys.stdin.buffer)
		except EOFError:
			return
		pickle.dump(site.answer(request), answers)
		answers.flush()


if __name__ == "__main__":
	main()
