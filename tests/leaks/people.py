"""Those who ask: everybody from whom the client is hidden, and who may see it."""

import json
from dataclasses import dataclass
from typing import Any

import urllib3

GUEST = "guest"
# Asks about every DocType by every path: has the rights of a worker, and only the rule is in the way.
THOROUGH = "worker of another case"
# Whose hidden client is the restricted one.
UNLISTED = "not listed"


@dataclass(frozen=True)
class Answer:
	"""What the site said: status, kind and text."""

	status: int
	kind: str
	text: str


@dataclass(frozen=True)
class Ask:
	"""A question over HTTP."""

	method: str
	address: str
	values: dict[str, Any]
	json: bool = False

	def __str__(self) -> str:
		return f"{self.method} {self.address} {self.values}"


@dataclass(frozen=True)
class Person:
	"""Somebody who has signed in, or a guest."""

	who: str
	roles: tuple[str, ...]
	sid: str
	pool: urllib3.HTTPConnectionPool

	def ask(self, question: Ask) -> Answer:
		"""Ask over a connection that stays open."""
		headers = {"Accept": "application/json", "Cookie": f"sid={self.sid}"}
		given = {"fields": question.values, "headers": headers, "redirect": False}
		if question.json:
			headers["Content-Type"] = "application/json"
			given = {"body": json.dumps(question.values), "headers": headers, "redirect": False}
		elif question.method in ("POST", "PUT"):
			given["encode_multipart"] = False
		answer = self.pool.request(question.method, question.address, **given)
		kind = answer.headers.get("Content-Type", "").split(";")[0]
		return Answer(answer.status, kind, answer.data.decode(errors="replace"))
