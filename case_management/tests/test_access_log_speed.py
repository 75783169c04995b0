"""Nobody waits for the access log: a read takes as long with it as without (issue 4: at most 10 % more).

The same read is timed with and without the log in turn, in one run, through Frappe's own web application, until its
answer is there. Each writes its line, since no look goes on here. The medians of `READS` reads are compared: most of
the kind that costs least, of which the log could be the largest part.

The allowance for a busy machine: a ratio counts that is reached in one of `ROUNDS` rounds. Beside it stands, to be read
and not judged, the ratio until the line is written too: that is what the server, not the reader, spends on it.
"""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from unittest.mock import patch

import frappe
import frappe.app
from frappe.auth import HTTPRequest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from case_management.case_management.guard import gate
from case_management.case_management.keeping.traces import delete_records
from case_management.case_management.looking import access_log
from case_management.case_management.looking.access_log import log_request
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client

READS = {"REST": 200, "list": 60, "form": 30, "print": 30}
ROUNDS = 3
MOST = 1.10
LOG = "Client Access Log"


class TestSpeed(CaseTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.client = make_client("Speedy").name
		frappe.db.commit()
		cls.addClassCleanup(cls.clear)

	@classmethod
	def clear(cls) -> None:
		frappe.db.rollback()
		delete_records(LOG, frappe.get_all(LOG, {"client": cls.client}, pluck="name"))
		delete_records("Client", [cls.client])
		frappe.db.commit()

	def get_reads(self) -> dict[str, tuple[str, dict]]:
		record = {"doctype": "Client", "name": self.client}
		fields = '["name", "safe_contact_note", "birth_date"]'
		return {
			"REST": (f"/api/resource/Client/{self.client}", {}),
			"form": ("/api/method/frappe.desk.form.load.getdoc", record),
			"print": ("/printview", record),
			"list": ("/api/resource/Client", {"fields": fields, "filters": f'{{"name": "{self.client}"}}'}),
		}

	def test_b26_a_read_is_not_slower_by_more_than_a_tenth(self) -> None:
		for name, read in self.get_reads().items():
			with self.subTest(name):
				self.assertLessEqual(self.get_best(name, read), MOST)
		self.assertGreaterEqual(self.count_lines(), sum(READS.values()))

	def get_best(self, name: str, read: tuple[str, dict]) -> float:
		"""Return the smallest ratio of some rounds; the next is run only where one was too slow."""
		best = float("inf")
		for _round in range(ROUNDS):
			with_log, without, written = in_thread(time_reads, frappe.local.site, READS[name], *read)
			best = min(best, with_log / without)
			print(
				f"\n{name}: {without * 1000:.2f} ms, with the log {with_log * 1000:.2f} ms"
				f" ({with_log / without:.3f}), with its line written {written * 1000:.2f} ms"
			)
			if best <= MOST:
				break
		return best

	def count_lines(self) -> int:
		frappe.db.rollback()
		return frappe.db.count(LOG, {"client": self.client})


def in_thread(function: Callable, *given: object) -> tuple:
	"""Call a function in a thread, which has a connection of its own."""
	with ThreadPoolExecutor(1) as pool:
		return pool.submit(function, *given).result()


def time_reads(site: str, reads: int, path: str, query: dict) -> tuple[float, float, float]:
	"""Return the median seconds until the answer with the log and without, and with it until the line is written."""
	timed: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
	with as_administrator(site), patch.object(access_log, "MINUTES", 0):
		for number in range(-5, reads):
			for logs in (True, False) if number % 2 else (False, True):
				with patch.object(access_log, "log_request", log_request if logs else log_nothing):
					took = time_read(path, query)
				if number >= 0:
					timed[logs].append(took)
	answered, written = zip(*timed[True], strict=True)
	return median(answered), median(row[0] for row in timed[False]), median(written)


def log_nothing(response: Response | None = None, request: Request | None = None) -> None:
	"""Be in the place of the hook that writes the log."""


def time_read(path: str, query: dict) -> tuple[float, float]:
	"""Return the seconds until a read was answered, and until all that follows the answer was done."""
	client = Client(frappe.app.application)
	gc.collect(0)
	start = perf_counter()
	answer = client.get(path, query_string=query, headers={"Authorization": "token of:nobody"})
	assert answer.data and answer.status_code == 200, answer.get_data(as_text=True)[-2000:]
	answered = perf_counter() - start
	answer.close()
	return answered, perf_counter() - start


@contextmanager
def as_administrator(site: str) -> Iterator[None]:
	"""Let each request of this thread be Administrator's, to whom reading costs least."""

	def sign_in() -> None:
		given = frappe.local.form_dict
		frappe.set_user("Administrator")
		frappe.local.form_dict = given

	with (
		patch.object(frappe.app, "_site", site),
		patch.object(frappe.app, "validate_auth", sign_in),
		patch.object(gate, "validate_auth", sign_in),
		patch.object(HTTPRequest, "validate_csrf_token", lambda _self: None),
	):
		yield
