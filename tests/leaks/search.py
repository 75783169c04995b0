"""The search: questions, what they tell, and what they change."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from askers import PROCESSES
from people import Answer, Person
from questions import Question, Spec
from verdict import STRAY, Secrets, get_difference, is_answer, normalise
from world import get_twin

THREADS, BATCH, FOREVER = 2 * PROCESSES, 480, 10**6
WORLD = "case_management.tests.leak_world"
FEW = 60
# One in so many is compared with what is absent although the answer cannot hang on what is hidden.
SAMPLE = 20
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
	tell: Callable[[str], None]
	counts: Counter = field(default_factory=Counter)
	seen: dict[str, set] = field(default_factory=dict)
	found: list[Finding] = field(default_factory=list)
	one_is_enough: bool = False

	def run(self, questions: Iterable[Question], seconds: float = 0) -> list[Finding]:
		"""Ask questions, for so many seconds at most, and return what was found."""
		source, before, ends = iter(questions), len(self.found), time.monotonic() + (seconds or FOREVER)
		with ThreadPoolExecutor(THREADS) as pool:
			while batch := list(islice(source, FEW if self.one_is_enough else BATCH)):
				self.note(filter(None, pool.map(self.judge, filter(self.is_worth_asking, batch))))
				self.tell(f"{self.get_size()}")
				if time.monotonic() > ends or (self.one_is_enough and self.found):
					break
		return self.found[before:]

	def note(self, findings: Iterable[Finding]) -> None:
		for finding in findings:
			self.found.append(finding)
			self.counts["leaks"] += 1
			self.tell(f"LEAK {finding}")

	def is_worth_asking(self, question: Question) -> bool:
		"""Tell whether a function, or an extra argument of addresses, is not yet known to leak: others may as well be asked."""
		spec = question.spec
		alike = [f.question.spec for f in self.found if get_cause(f.question.spec) == get_cause(spec)]
		return len(alike) < 3 * ENOUGH and sum(found.what == spec.what for found in alike) < ENOUGH

	def judge(self, question: Question) -> Finding | None:
		"""Ask about what is hidden and about its twin; a difference is one if it is there again."""
		self.count(question)
		person, twin = self.people[question.who], get_twin(question.ask, question.subject)
		answer = person.ask(question.ask)
		if told := self.secrets.find(question.ask, answer):
			return Finding(question, f"told {', '.join(told[:4])} ({answer.status})")
		if STRAY.search(answer.text) and "." not in str(question.ask.values):
			return Finding(
				question, f"a message that has nothing to do with it: {STRAY.search(answer.text)[0]}"
			)
		if changes := self.get_changes(question, answer):
			told = "; ".join(f"{row['table']} {row['name']} {row['what']}" for row in changes[:4])
			return Finding(question, f"changed: {told}")
		if twin == question.ask or not is_answer(answer):
			return None
		if not answer.tells_apart and not self.is_sample(question):
			return None
		self.counts["compared with what is absent"] += 1
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

	def is_sample(self, question: Question) -> bool:
		"""Tell whether a question is asked about what is absent although nothing was read that hangs on what is hidden.

		One in so many is, which would show that more is read than is noted.
		"""
		return not question.spec.get_chance(self.counts["questions"]).randrange(SAMPLE) or "files/" in str(
			question.ask
		)

	def get_changes(self, question: Question, answer: Answer) -> list[dict]:
		"""Return what was changed of hidden records, or tells of them, but for words that were sent."""
		sent = self.secrets.find_parts(str(question.ask))
		return [
			change
			for change in answer.changes
			if "word" not in change["what"] or self.secrets.find_parts(" ".join(change["words"])) - sent
		]

	def get_size(self) -> str:
		"""Return how much was asked, and how much leaked."""
		sizes = ", ".join(f"{len(values)} {kind}" for kind, values in self.seen.items())
		return f"{sizes}: " + ", ".join(f"{number} {what}" for what, number in sorted(self.counts.items()))

	def list_found(self) -> str:
		functions = sorted({re.sub(r"\W+$", "", finding.question.spec.what) for finding in self.found})
		return f"{len(functions)} ways in: {', '.join(functions)}\n" + "\n".join(map(str, self.found[:60]))
