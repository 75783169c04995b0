"""Those who ask, what they ask, and what they are told."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from askers import Processes
from urllib3.filepost import encode_multipart_formdata

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
	values: dict[str, Any] | list
	style: str = "query"

	def __str__(self) -> str:
		return f"{self.method} {self.address} {self.style} {json.dumps(self.values, ensure_ascii=False)}"


@dataclass(frozen=True)
class Answer:
	"""What the site said: status, kind, where else to go, and content.

	:param tells_apart: whether anything was read that hangs on what is hidden
	:param changes: what was changed of it, or tells of it
	"""

	status: int
	kind: str
	headers: str
	data: bytes
	tells_apart: bool = field(default=True, compare=False)
	changes: tuple[dict, ...] = field(default=(), compare=False)

	@property
	def text(self) -> str:
		return self.data.decode(errors="replace")


@dataclass
class Person:
	"""Somebody who signs in by `sign_in`, which returns the number of a session; or a guest."""

	who: str
	processes: Processes
	sign_in: Callable[[], str]
	sid: str = field(default="")

	def ask(self, question: Ask) -> Answer:
		"""Ask; who was signed out, or has to prove a form, signs in again."""
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
		address, kind, body = get_request(question)
		headers = {"Accept": "application/json", "Cookie": f"sid={self.sid}"}
		headers |= {"Content-Type": kind} if kind else {}
		request = {"method": question.method, "address": address, "headers": headers, "body": body}
		return read_answer(self.processes.ask(request))


def get_request(question: Ask) -> tuple[str, str, bytes]:
	"""Return the address of a question, the kind of its body, and its body."""
	if question.style == "json":
		return question.address, "application/json", json.dumps(question.values).encode()
	values = encode(question.values)
	if question.style == "query":
		return f"{question.address}?{urlencode(values)}" if values else question.address, "", b""
	if question.style == "multipart":
		body, kind = encode_multipart_formdata(values)
		return question.address, kind, body
	return question.address, "application/x-www-form-urlencoded", urlencode(values).encode()


def read_answer(given: dict[str, Any]) -> Answer:
	headers = {name.lower(): value for name, value in given["headers"].items()}
	told = [headers.get(name, "") for name in ("location", "content-disposition", "x-frappe-message")]
	kind = headers.get("content-type", "").split(";")[0]
	return Answer(
		given["status"], kind, " ".join(told), given["data"], given["tells_apart"], tuple(given["changes"])
	)


def encode(values: dict[str, Any]) -> dict[str, str]:
	return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
