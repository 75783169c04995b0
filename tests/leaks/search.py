"""The search: questions asked by many at once, what they tell, and what they change."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from inside import Listener
from people import Person
from questions import Question, Spec
from verdict import STRAY, Secrets, get_difference, is_answer, normalise
from world import get_twin

THREADS, BATCH, CHUNK = 8, 240, 12
WORLD, CHANGES = "case_management.tests.leak_world", "case_management.tests.leak_changes"
# So many findings of a function say that it leaks; it is not asked further.
ENOUGH = 3


def get_cause(spec: Spec) -> tuple[str, str]:
	return ("address", spec.place) if spec.kind == "address" else (spec.what, spec.place)


@dataclass(frozen=True)
class Finding:
	"""What a question told or changed."""

	question: Question
	what: str

	def __str__(self) -> str:
		return f"{str(self.question)[:900]}\n\t{self.what}"


@dataclass
class Search:
	"""The people, what is hidden, and what was counted and found."""

	people: dict[str, Person]
	secrets: Secrets
	inside: Listener
	tell: Callable[[str], None]
	counts: Counter = field(default_factory=Counter)
	seen: dict[str, set] = field(default_factory=dict)
	found: list[Finding] = field(default_factory=list)
	one_is_enough: bool = False

	def __post_init__(self) -> None:
		self.pool = ThreadPoolExecutor(THREADS)
		self.inside.call(f"{CHANGES}.begin")

	def run(self, questions: Iterable[Question], seconds: float = 0) -> list[Finding]:
		"""Ask questions, for so many seconds at most, and return what was found."""
		source, before, ends = iter(questions), len(self.found), time.monotonic() + seconds
		while batch := list(islice(source, BATCH)):
			self.run_batch([question for question in batch if not self.is_enough(question)])
			self.tell(f"{self.get_size()}")
			if (seconds and time.monotonic() > ends) or (self.one_is_enough and self.found):
				break
		return self.found[before:]

	def run_batch(self, batch: list[Question]) -> None:
		"""Ask at once; where a hidden record has changed, find out by which question, and ask the others again."""
		found = [finding for finding in self.pool.map(self.judge, batch) if finding]
		if changes := self.get_changes(batch):
			self.tell(f"changed by one of {len(batch)}: {changes[:6]}")
			culprits = self.find_culprits(batch)
			self.note(culprits or [Finding(batch[0], f"or one of the next {len(batch)}: {changes}")])
			guilty = {id(finding.question) for finding in culprits}
			innocent = [question for question in batch if id(question) not in guilty]
			found = (
				[finding for finding in self.pool.map(self.judge, innocent) if finding] if guilty else found
			)
			self.get_changes(batch)
		self.inside.call(f"{WORLD}.stamp")
		self.note(found)

	def note(self, findings: list[Finding]) -> None:
		for finding in findings:
			self.found.append(finding)
			self.counts["leaks"] += 1
			self.tell(f"LEAK {finding}")

	def is_enough(self, question: Question) -> bool:
		"""Tell whether a function, or an extra argument of addresses, is known to leak: others may as well be asked."""
		spec = question.spec
		alike = [f.question.spec for f in self.found if get_cause(f.question.spec) == get_cause(spec)]
		return len(alike) >= 3 * ENOUGH or sum(found.what == spec.what for found in alike) >= ENOUGH

	def judge(self, question: Question) -> Finding | None:
		"""Ask about what is hidden and about its twin; a difference is one if it is there again."""
		self.count(question)
		person, twin = self.people[question.who], get_twin(question.ask)
		answer = person.ask(question.ask)
		if told := self.secrets.find(question.ask, answer):
			return Finding(question, f"told {', '.join(told[:4])} ({answer.status})")
		if STRAY.search(answer.text) and "." not in str(question.ask.values):
			return Finding(
				question, f"a message that has nothing to do with it: {STRAY.search(answer.text)[0]}"
			)
		if twin == question.ask or not is_answer(answer):
			return None
		other = person.ask(twin)
		said, of_twin = ("", "") if answer == other else (normalise(answer), normalise(other))
		if said == of_twin:
			return None
		again, twin_again = normalise(person.ask(question.ask)), normalise(person.ask(twin))
		if (said, of_twin) != (again, twin_again):
			self.counts["unsteady answers"] += 1
			return None
		return Finding(question, get_difference(said, of_twin))

	def count(self, question: Question) -> None:
		self.counts["questions"] += 1
		spec = question.spec
		for kind, value in (("functions", spec.what), ("shapes", spec.shape), ("people", question.who)):
			self.seen.setdefault(kind, set()).add(value)

	def get_changes(self, batch: list[Question]) -> list[dict]:
		"""Return what has changed of hidden records, or tells of them, but for words that were sent."""
		sent = self.secrets.find_parts(" ".join(str(question.ask) for question in batch))
		return [
			change
			for change in self.inside.call(f"{CHANGES}.get_changes")
			if "word" not in change["what"] or self.secrets.find_parts(" ".join(change["words"])) - sent
		]

	def find_culprits(self, batch: list[Question]) -> list[Finding]:
		"""Ask again in small parts, and where something has changed one by one, from the same beginning each time."""
		self.restore()
		culprits = []
		for start in range(0, len(batch), CHUNK):
			chunk = batch[start : start + CHUNK]
			list(self.pool.map(lambda question: self.people[question.who].ask(question.ask), chunk))
			if changes := self.get_changes(chunk):
				self.restore_changed(changes)
				culprits += self.find_changing(chunk)
		return culprits

	def find_changing(self, chunk: list[Question]) -> Iterator[Finding]:
		for question in chunk:
			self.people[question.who].ask(question.ask)
			if changes := self.get_changes([question]):
				self.restore_changed(changes)
				told = "; ".join(f"{row['table']} {row['name']} {row['what']}" for row in changes[:4])
				yield Finding(question, f"changed: {told}")

	def restore_changed(self, changes: list[dict]) -> None:
		if any(change["what"].startswith(("is gone", "is changed")) for change in changes):
			self.restore()

	def restore(self) -> None:
		self.inside.call(f"{WORLD}.restore")
		self.inside.call(f"{CHANGES}.begin")
		self.counts["restored"] += 1

	def get_size(self) -> str:
		"""Return how much was asked, and how much leaked."""
		sizes = ", ".join(f"{len(values)} {kind}" for kind, values in self.seen.items())
		return f"{sizes}: " + ", ".join(f"{number} {what}" for what, number in sorted(self.counts.items()))

	def list_found(self) -> str:
		functions = sorted({re.sub(r"\W+$", "", finding.question.spec.what) for finding in self.found})
		return f"{len(functions)} ways in: {', '.join(functions)}\n" + "\n".join(map(str, self.found[:60]))
