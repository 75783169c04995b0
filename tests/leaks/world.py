"""The clients as the tests from outside know them: what is asked about, and its twin that does not exist."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from people import Ask

HIDDEN, RESTRICTED, LINKED, SEEN = "98101", "98103", "98107", "98109"
# A name of a record or row that nobody may learn; the linked client's stand in what may be seen.
CODE = re.compile(r"\b[A-Z]+-(?:20\d\d-)?0*981(?:01|03|05)\b|\b981(?:01|03|05)[0-9a-f]{5}\b", re.IGNORECASE)
# Letters that no text holds.
PRIVATE_USE = 0xE000
WRITTEN = ("owner", "creation", "modified_by", "idx")
WORD = re.compile("zq(?=[g-z])")
NUMBER = re.compile("981(01|03|05)")


@dataclass(frozen=True)
class Subject:
	"""A record, a row of a table, or what points at a record: what is asked about.

	:param fields: its canaries by field
	:param links: its fields that link to clients' records, and the DocTypes of those
	:param above: of a row, the record it belongs to; of what points at another, its fields for DocType and name
	:param seen: the same of the client who is seen, whole
	:param linked: for each link of the one who is seen that leads to what nobody may see, that
	:param has_random_name: nobody who does not have it can ask for it: that it is there tells nothing, what it says does
	:param named: by what it can be shown: print formats, reports, web forms, by the parameters that are given them
	"""

	doctype: str
	name: str
	fields: dict[str, str]
	kind: str = "record"
	links: dict[str, str] = field(default_factory=dict)
	above: dict[str, str] = field(default_factory=dict)
	rows: tuple["Subject", ...] = ()
	seen: dict[str, Any] = field(default_factory=dict)
	linked: tuple[tuple[str, "Subject"], ...] = ()
	named: dict[str, list[str]] = field(default_factory=dict)
	has_random_name: bool = False

	def __hash__(self) -> int:
		return hash((self.doctype, self.name))

	@property
	def number(self) -> str:
		return re.search("981(01|03|05|07|09)", self.name)[0]

	@property
	def own(self) -> "Subject":
		"""Return the same of the client who is seen."""
		return replace(self, name=self.name.replace(self.number, SEEN))

	def pick(self, chance: random.Random) -> tuple[str, str]:
		"""Return one of the fields with a canary, and the canary."""
		return chance.choice(sorted(self.fields.items())) if self.fields else ("name", self.name)


def read_subjects(made: dict[str, Any], number: str) -> list[Subject]:
	"""Return what there is of the hidden client: records, their rows, and what points at them."""
	world, seen = made[number], made[SEEN]["documents"]
	records = {row["doctype"]: read_record(row) for row in made[LINKED]["records"]}
	links = {row["doctype"]: row["links"] for row in made[SEEN]["records"]}
	subjects = []
	for row in map(read_record, world["records"]):
		own = strip(seen[row.doctype])
		linked = tuple(
			(name, records[to]) for name, to in links[row.doctype].items() if LINKED in own.get(name, "")
		)
		row = replace(row, seen=own, linked=linked)
		subjects += [row, *row.rows]
	return subjects + [read_trace(row) for row in world["traces"] if "981" in row["name"]]


def strip(document: dict[str, Any]) -> dict[str, Any]:
	"""Return a document without what is empty, and what only code writes."""
	rows = {key: list(map(strip, value)) for key, value in document.items() if isinstance(value, list)}
	values = {key: value for key, value in document.items() if value and key[0] != "_" and key not in WRITTEN}
	return values | {key: row for key, row in rows.items() if row}


def read_record(made: dict[str, Any]) -> Subject:
	rows = tuple(
		Subject(row["doctype"], row["name"], row["fields"], "row", row["links"], row["above"])
		for row in made["rows"]
	)
	return Subject(
		made["doctype"], made["name"], made["fields"], links=made["links"], rows=rows, named=made["named"]
	)


def read_trace(made: dict[str, Any]) -> Subject:
	kind, name = made["about"]
	above = {"above": {"doctype": kind, "name": name}, "has_random_name": made["has_random_name"]}
	return Subject(made["doctype"], made["name"], made["fields"], "trace", **above)


def get_twin(ask: Ask, subject: Subject) -> Ask:
	"""Return the same question about what does not exist: the next number, a word that was never written.

	A name that chance gave stays: who asks for it must have seen it before.
	"""
	kept = (subject.name, get_wide(subject.name)) if subject.has_random_name else ()

	def turn(text: str) -> str:
		for place, name in enumerate(kept):
			text = text.replace(name, chr(PRIVATE_USE + place))
		text = get_twin_text(text)
		for place, name in enumerate(kept):
			text = text.replace(chr(PRIVATE_USE + place), name)
		return text

	values = json.loads(turn(json.dumps(ask.values, ensure_ascii=False)))
	return replace(ask, address=turn(ask.address), values=values)


def get_wide(text: str) -> str:
	"""Return a text in letters of full width, which a database may take for the same."""
	return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def get_twin_text(text: str) -> str:
	text = re.sub("９８１０([１３５])", lambda found: "９８１０" + chr(ord(found[1]) + 1), text)
	text = NUMBER.sub(lambda found: f"981{int(found[1]) + 1:02}", text)
	return WORD.sub("zx", text)


def is_about_hidden(text: str) -> bool:
	"""Tell whether a text holds a name or a word of what is hidden, or the beginning of one."""
	return (
		("981" in text and bool(NUMBER.search(text)))
		or "９８１" in text
		or ("zq" in text and bool(WORD.search(text)))
	)


def get_canaries(made: dict[str, Any]) -> Iterator[str]:
	"""Yield all words of the hidden clients."""
	for number in (HIDDEN, RESTRICTED, LINKED):
		yield from get_words(made, number)


def get_words(made: dict[str, Any], number: str) -> set[str]:
	"""Return the words that stand in the records of a client and nowhere else."""
	return set(re.findall("z[qv][g-z]{10}", json.dumps(made[number])))
