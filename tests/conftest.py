"""What the tests from outside share: the address, who may sign in, and sessions of REST and of a real browser.

The site holds the made-up service of `fixtures/`. The environment says where it is: `CASE_URL`, and `CASE_LOGINS`, a
JSON list of `role`, `user` and `password`, or the path of a file that holds it.
"""

import functools
import json
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

CHROMIUM, CHROMEDRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"


def pytest_configure() -> None:
	"""Let "today" be the site's: rules about dates follow its time zone, not that of the machine the tests run on."""
	if not (url := os.environ.get("CASE_URL")):
		return
	page = requests.get(f"{url.rstrip('/')}/login", timeout=60).text
	os.environ["TZ"] = re.search(r"time_zone\W+system\W+([\w/+-]+)", page)[1]
	time.tzset()


@pytest.fixture(scope="session", autouse=True)
def localhost_names() -> Iterator[None]:
	"""Let names below `localhost` be this machine (RFC 6761), which not every resolver knows."""
	resolve = socket.getaddrinfo

	def resolve_localhost(host: str, *args, **kwargs) -> list:
		return resolve("127.0.0.1" if str(host).endswith(".localhost") else host, *args, **kwargs)

	socket.getaddrinfo = resolve_localhost
	yield
	socket.getaddrinfo = resolve


@pytest.fixture(scope="session")
def case_url() -> str:
	"""The address of the site, without a slash at its end."""
	url = os.environ.get("CASE_URL")
	if not url:
		pytest.skip("CASE_URL is not set: `make test` serves a site and sets it")
	return url.rstrip("/")


@pytest.fixture(scope="session")
def staff() -> list[dict]:
	"""Everybody who may sign in: `role`, `user` and `password`."""
	given = os.environ.get("CASE_LOGINS", "[]")
	return json.loads(given if given.lstrip().startswith("[") else Path(given).read_text())


@pytest.fixture(scope="session")
def logins(staff: list[dict]) -> dict[str, dict]:
	"""The first `user` and `password` of each role."""
	found: dict[str, dict] = {}
	for row in staff:
		found.setdefault(row["role"], {"user": row["user"], "password": row["password"]})
	return found


@pytest.fixture(scope="session")
def login_as(case_url: str) -> Callable[[str, str], requests.Session]:
	"""Sign in afresh by user and password: a session that may POST until the Desk is opened in it."""

	def sign_in(user: str, password: str) -> requests.Session:
		session = requests.Session()
		# A server closes a connection that was idle for a while, maybe just when it is used again.
		session.headers.update({"Accept": "application/json", "Connection": "close"})
		answer = session.post(f"{case_url}/api/method/login", {"usr": user, "pwd": password}, timeout=60)
		assert answer.ok, f"{user} cannot sign in: {answer.text[:500]}"
		return session

	return sign_in


@pytest.fixture(scope="session")
def login(login_as: Callable, logins: dict[str, dict]) -> Callable[[str], requests.Session]:
	"""Sign in afresh as the first who has a role."""
	return lambda role: login_as(logins[role]["user"], logins[role]["password"])


@pytest.fixture(scope="session")
def session(login: Callable[[str], requests.Session]) -> Callable[[str], requests.Session]:
	"""As `login`, but one session a role for all tests."""
	return functools.cache(login)


@pytest.fixture
def read(case_url: str, session: Callable[[str], requests.Session]) -> Callable:
	"""Read over REST as a role: one record by its name, or a list by filters."""

	def get(role: str, doctype: str, name: str | None = None, **query) -> dict | list[dict]:
		address = f"{case_url}/api/resource/{quote(doctype)}" + (f"/{quote(name)}" if name else "")
		parameters = {
			key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()
		}
		answer = session(role).get(address, params=parameters, timeout=60)
		assert answer.ok, f"{role} cannot read {doctype} {name or ''}: {answer.text[:500]}"
		return answer.json()["data"]

	return get


@pytest.fixture
def act(case_url: str, session: Callable[[str], requests.Session]) -> Callable:
	"""Take an action of a record over REST as a role, and return its answer."""

	def post(role: str, doctype: str, name: str, method: str, **values) -> dict:
		given = {"dt": doctype, "dn": name, "method": method, "args": json.dumps(values)}
		answer = session(role).post(f"{case_url}/api/method/run_doc_method", given, timeout=60)
		assert answer.ok, f"{role} cannot {method} {name}: {answer.text[:500]}"
		return answer.json().get("message")

	return post


@pytest.fixture(scope="session")
def browser(case_url: str) -> Iterator:
	"""A Chromium without a window; what it logs is kept for the test to look at."""
	webdriver = pytest.importorskip("selenium.webdriver")
	if not Path(CHROMEDRIVER).exists():
		pytest.skip("there is no chromedriver")
	options = webdriver.ChromeOptions()
	options.binary_location = CHROMIUM
	for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1500,1600"):
		options.add_argument(argument)
	options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
	driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
	yield driver
	driver.quit()
