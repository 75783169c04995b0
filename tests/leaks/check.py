"""What a leak is: the answer about what is hidden tells more than the question did, or another thing than for its twin."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from people import THOROUGH, UNLISTED, Answer, Ask, Person
from world import SECRET, Target, World

# Some paths are asked by everybody about every DocType. By the others one person asks about each sixth DocType, and
# everybody else about each sixtieth, other ones by each path: so every pair of a person and a DocType is met by many.
SHARES = {"all": 1, "few": 120}
SHARE = SHARES.get(os.environ.get("CASE_LEAKS", ""), 60)
SHARE_OF_ONE = 1 if SHARE == 1 else 6
THREADS = 8
TWINS = (
	(re.compile(r"\b([A-Z]+-(?:20\d\d-)?0*)9810[1-6]\b"), r"\1X"),
	(re.compile(r"\b9810[1-6][0-9a-f]{5}\b"), "R"),
	(re.compile(r"z[qx][0-9a-f]{10}"), "M"),
)
# What differs from one answer to the next, whatever was asked.
PASSING = (
	(re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?"), "T"),
	(re.compile(r"\bat 0x[0-9a-f]+"), "A"),
	(re.compile(r'"execution_time": ?[\d.e-]+'), "S"),
	(re.compile(r"__frappe_exc_id\W+[0-9a-f]+"), "E"),
)
# The last line of a traceback, in a page or in JSON.
FAILURE = re.compile(r"[\w.]+(?:Error|Exception)\b[^\"\\\n<]{0,200}")
# Where the lines above it say that it happened.
PLACE = re.compile(r"(\w+\.py\W+line \d+, in \w+)")
NOT_THERE = ("Failed to get method", "has no attribute", "No module named", "not a valid API", "Page Missing")


@dataclass(frozen=True)
class Path:
	"""One way to learn of a record.

	:param ask: the question about a target; None where there is none about this DocType
	:param about: record, row (of a child table) or trace (what points at records)
	:param everybody: asked by everybody about every DocType
	:param tells: whether what it gives are names and texts; else it gives only a difference
	"""

	name: str
	ask: Callable[[Target], Ask | None] = field(compare=False)
	about: str = "record"
	everybody: bool = False

	def __str__(self) -> str:
		return self.name


def get(address: str, /, **values: Any) -> Ask:
	return Ask("GET", f"/{quote(address)}", encode(values))


def call(method: str, /, **values: Any) -> Ask:
	return Ask("GET", f"/api/method/{method}", encode(values))


def post(method: str, /, **values: Any) -> Ask:
	return Ask("POST", f"/api/method/{method}", encode(values))


def send(method: str, address: str, /, **values: Any) -> Ask:
	return Ask(method, f"/{quote(address)}", encode(values))


def encode(values: dict[str, Any]) -> dict[str, str]:
	return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}


def make_paths(
	asks: dict[str, Callable[[Target], Ask | None]], about: str = "record", everybody: bool = False
) -> list[Path]:
	return [Path(name, ask, about, everybody) for name, ask in asks.items()]


@dataclass(frozen=True)
class Leak:
	who: str
	target: Target
	what: str
	is_failure: bool = False

	def __str__(self) -> str:
		return f"{self.who} / {self.target.label}: {self.what}"


@dataclass
class Suite:
	"""The people, the hidden clients, and what was counted."""

	people: dict[str, Person]
	worlds: dict[str, World]
	counts: Counter = field(default_factory=Counter)
	absent: dict[tuple, str] = field(default_factory=dict)

	@cached_property
	def pool(self) -> ThreadPoolExecutor:
		return ThreadPoolExecutor(THREADS)

	def get_world(self, person: Person) -> World:
		return self.worlds["98103" if person.who == UNLISTED else "98101"]

	def get_size(self) -> str:
		"""Return how much was asked, and how much leaked."""
		doctypes = len({target.label for world in self.worlds.values() for target in world.records})
		counted = ", ".join(f"{number} {what}" for what, number in sorted(self.counts.items()))
		return f"{doctypes} DocTypes × {len(self.get_denied())} people × paths: {counted}"

	def get_denied(self) -> list[Person]:
		return [person for person in self.people.values() if person.who not in ("permitted", "Administrator")]

	def get_checks(self, path: Path, by_all: bool = False) -> Iterator[tuple[Person, Target]]:
		"""Return who asks about what by a path.

		:param by_all: everybody about every DocType, whatever the shares
		"""
		shift = sum(map(ord, path.name))
		for number, person in enumerate(self.get_denied()):
			share = 1 if path.everybody else SHARE_OF_ONE if person.who == THOROUGH else SHARE
			share = max(share, SHARE if SHARES["few"] == SHARE else 1)
			for place, target in enumerate(self.get_world(person).get_targets(path.about)):
				if by_all or (place + number + shift) % share == 0:
					yield person, target

	def find_leaks(self, path: Path) -> list[Leak]:
		"""Ask everybody's questions by a path, and return what leaked."""
		checks = list(self.get_checks(path))
		found = self.pool.map(lambda check: self.find_leak(path, *check), checks)
		self.counts["paths"] += 1
		leaks = [leak for leak in found if leak]
		self.counts["leaks"] += len(leaks)
		return leaks

	def is_leaking(self, path: Path) -> bool:
		"""Tell whether a path tells anybody of anything; the first leak is enough, and a server that fails is none."""
		checks = list(self.get_checks(path, by_all=True))
		for start in range(0, len(checks), 2 * THREADS):
			batch = checks[start : start + 2 * THREADS]
			leaks = self.pool.map(lambda check: self.find_leak(path, *check), batch)
			if any(leak and not leak.is_failure for leak in leaks):
				return True
		return False

	def find_leak(self, path: Path, person: Person, target: Target) -> Leak | None:
		question = path.ask(target)
		if not question:
			return None
		self.counts["checks"] += 1
		answer = person.ask(question)
		if failure := get_failure(answer):
			return Leak(person.who, target, failure, is_failure=True)
		if secrets := get_secrets(question, answer):
			return Leak(person.who, target, f"told {', '.join(secrets[:4])}{' …' if secrets[4:] else ''}")
		return self.compare(path, person, target, answer)

	def compare(self, path: Path, person: Person, target: Target, answer: Answer) -> Leak | None:
		"""Hold an answer against that about the twin; of those with the same roles one has asked for all."""
		key = (path.name, person.roles, person.who == UNLISTED, target.label)
		known = self.absent.get(key)
		if known == normalise(answer):
			return None
		self.absent[key] = known = normalise(person.ask(path.ask(target.twin)))
		if known == normalise(answer):
			return None
		return Leak(person.who, target, get_difference(normalise(answer), known))

	def find_control(self, path: Path) -> tuple[int, str]:
		"""Return about how many DocTypes somebody who may see them learns by a path, and what they are told else.

		One is enough, unless everybody is asked.
		"""
		said = ""
		for who in ("permitted", "Administrator"):
			learnt = 0
			for target in self.get_world(self.people[who]).get_targets(path.about):
				learns, words = self.learns(path, self.people[who], target)
				said, learnt = said or words, learnt + learns
				if learnt and not path.everybody:
					break
			if learnt:
				self.counts["controls"] += learnt
				return learnt, said
		return 0, said

	def learns(self, path: Path, person: Person, target: Target) -> tuple[bool, str]:
		question = path.ask(target)
		if not question:
			return False, ""
		answer = person.ask(question)
		if get_secrets(question, answer):
			return True, ""
		return normalise(answer) != normalise(person.ask(path.ask(target.twin))), answer.text[:600]


def get_failure(answer: Answer) -> str:
	"""Return how the server failed, or that it did not listen."""
	if answer.status < 500 and "CSRFTokenError" not in answer.text:
		return ""
	failures = FAILURE.findall(answer.text) or [answer.text[-300:]]
	return f"{answer.status}: {failures[-1]}, in {' < '.join(PLACE.findall(answer.text)[:-6:-1])}"


def get_secrets(question: Ask, answer: Answer) -> list[str]:
	return sorted(set(SECRET.findall(answer.text)) - set(SECRET.findall(str(question))))


def normalise(answer: Answer) -> str:
	"""Return an answer without the names in it, and without what differs each time."""
	text = f"{answer.status} {answer.kind} {answer.text}"
	for pattern, instead in (*TWINS, *PASSING):
		text = pattern.sub(instead, text)
	return text


def get_difference(one: str, other: str) -> str:
	"""Return the first place where two answers part."""
	place = next(
		(at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
	)
	start = max(0, place - 40)
	return f"hidden “{one[:15]} … {one[start : place + 120]}” absent “{other[:15]} … {other[start : place + 120]}”"


def list_leaks(path: Path, leaks: Iterable[Leak]) -> str:
	lines = sorted(map(str, leaks))
	return f"{path.name}: {len(lines)} leaks\n" + "\n".join(lines[:40])
