"""What the answers to the sweep's questions tell: a difference between a record and its twin, or what was not asked."""

import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from check import THREADS, get_difference, get_secrets, normalise
from people import Answer, Ask, Person
from sweep import Question, get_word
from sweep_lists import LEFT_TO_FRAPPE
from world import Target

# What is no text is not compared: a PDF says when it was made.
TEXTS = ("application/json", "text/html", "text/plain", "text/csv")
# Names that Frappe has just given, and times as people write them.
PASSING = (
	(re.compile(r"\b(?=[a-z]*\d)[a-z0-9]{10}\b"), "H"),
	(re.compile(r"\d\d-\d\d-\d{4}(,? \d\d:\d\d(:\d\d)?)?"), "T"),
	(re.compile(r"\b[0-9a-f]{32,}\b"), "H"),
)


@dataclass(frozen=True)
class Found:
	"""What somebody has learned from a function."""

	who: str
	question: Question
	what: str

	def __str__(self) -> str:
		return f"{self.who}: {self.question}: {self.what}\n    {self.question.ask}"


@dataclass
class Sweep:
	"""Somebody who asks questions, and what they learned."""

	person: Person
	counts: Counter = field(default_factory=Counter)

	def ask_all(self, questions: Iterable[Question]) -> list[Found]:
		with ThreadPoolExecutor(THREADS) as pool:
			return [row for row in pool.map(self.learn, questions) if row]

	def get_told(self, questions: Iterable[Question]) -> set[str]:
		"""Return the functions that tell something to somebody who may know; only those that read are asked."""
		reading = [question for question in questions if question.ask.method == "GET"]
		with ThreadPoolExecutor(THREADS) as pool:
			return {
				question.path
				for question, told in zip(reading, pool.map(self.is_told, reading), strict=True)
				if told
			}

	def is_told(self, question: Question) -> bool:
		answer = self.ask(question.ask)
		if get_secrets(question.ask, answer):
			return True
		said, of_twin = self.compare(question, answer) if question.tells_apart else ("", "")
		return said != of_twin

	def learn(self, question: Question) -> Found | None:
		"""Ask about the record and its twin; a difference is one if it is there again."""
		answer = self.ask(question.ask)
		if secrets := get_secrets(question.ask, answer):
			return Found(self.person.who, question, f"told {', '.join(secrets[:4])}")
		if not question.tells_apart:
			return None
		said, of_twin = self.compare(question, answer)
		if said == of_twin:
			return None
		again, of_twin_again = self.compare(question, self.ask(question.ask))
		if (said, of_twin) != (again, of_twin_again):
			self.counts["unsteady answers"] += 1
			return None
		return Found(self.person.who, question, get_difference(said, of_twin))

	def compare(self, question: Question, answer: Answer) -> tuple[str, str]:
		target, of_twin = question.target, self.ask(question.twin)
		if (answer.status, answer.text) == (of_twin.status, of_twin.text):
			return "", ""
		return strip(answer, target), strip(of_twin, target.twin)

	def ask(self, question: Ask) -> Answer:
		self.counts["calls"] += 1
		return self.person.ask(question)


def strip(answer: Answer, target: Target) -> str:
	"""Return an answer without what was asked, and without what differs each time."""
	if not answer.kind.startswith(TEXTS):
		answer = replace(answer, text="")
	text = answer.text
	for word, instead in ((target.name, "N"), (target.marker, "M"), (get_word(target), "M")):
		for known in {word, word.lower(), quote(word), word.replace("-", "_").lower()}:
			text = text.replace(known, instead)
	text = normalise(replace(answer, text=text))
	for pattern, instead in PASSING:
		text = pattern.sub(instead, text)
	return text


def get_leaks(found: list[Found]) -> list[Found]:
	"""Return what was learned by functions that are not knowingly left to Frappe."""
	return [row for row in found if row.question.path not in LEFT_TO_FRAPPE]


def list_found(found: list[Found]) -> str:
	functions = sorted({row.question.path for row in found})
	lines = sorted(map(str, found))
	return f"{len(functions)} functions tell: {', '.join(functions)}\n" + "\n".join(lines[:60])
