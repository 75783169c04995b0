"""Those who ask, what they ask, and what they are told."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import urllib3

GUEST, CONTROL = "guest", "permitted"
# Whose hidden client is the restricted one.
UNLISTED = "not listed"
# Who works with clients, and so gets far; and who does not.
NEAR = ("worker of another case", "seconded", "intake worker", "in conflict", "lead of another program")
FAR = (
	"declared by the client",
	"former team member",
	UNLISTED,
	"seconded until yesterday",
	"auditor",
	"admin",
	"system manager",
	"without a role",
	"website user",
	GUEST,
)


@dataclass(frozen=True)
class Ask:
	"""A question over HTTP.

	:param style: where its values stand: query, form, multipart or json
	"""

	method: str
	address: str
	values: dict[str, Any]
	style: str = "query"

	def __str__(self) -> str:
		return f"{self.method} {self.address} {self.style} {json.dumps(self.values, ensure_ascii=False)}"


@dataclass(frozen=True)
class Answer:
	"""What the site said: status, kind, where else to go, and content."""

	status: int
	kind: str
	headers: str
	data: bytes

	@property
	def text(self) -> str:
		return self.data.decode(errors="replace")


@dataclass
class Person:
	"""Somebody who signs in by `sign_in`, which returns the number of a session; or a guest."""

	who: str
	pool: urllib3.HTTPConnectionPool
	sign_in: Callable[[], str]
	sid: str = field(default="")

	def ask(self, question: Ask) -> Answer:
		"""Ask over a connection that stays open; who was signed out, or has to prove a form, signs in again."""
		answer = self.send(question)
		if (
			b"CSRFTokenError" in answer.data
			or b"Session Expired" in answer.data
			or b"session_expired" in answer.data
		):
			self.sid = self.sign_in()
			answer = self.send(question)
		return answer

	def send(self, question: Ask) -> Answer:
		self.sid = self.sid or self.sign_in()
		headers = {"Accept": "application/json", "Cookie": f"sid={self.sid}"}
		address, given = question.address, {"headers": headers, "redirect": False}
		if question.style == "json":
			headers["Content-Type"] = "application/json"
			given["body"] = json.dumps(question.values)
		elif question.style == "query":
			address = f"{address}?{urlencode(encode(question.values))}" if question.values else address
		else:
			given.update(fields=encode(question.values), encode_multipart=question.style == "multipart")
		call = self.pool.request_encode_body if "fields" in given else self.pool.urlopen
		answer = call(question.method, address, **given)
		kind = answer.headers.get("Content-Type", "").split(";")[0]
		told = [
			answer.headers.get(name, "") for name in ("Location", "Content-Disposition", "X-Frappe-Message")
		]
		return Answer(answer.status, kind, " ".join(told), answer.data)


def encode(values: dict[str, Any]) -> dict[str, str]:
	return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
