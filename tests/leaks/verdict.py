"""What a leak is: a part of a canary, or a name nobody gave; or another answer than for what is not there."""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from people import Answer, Ask
from world import CODE

RUN = re.compile("[ghj-npqrstvwxz]{6,}")
PART = 6
ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
# What is no text is searched, and not compared: a PDF says when it was made.
TEXTS = ("application/json", "text/")
# The page of the Desk says the same whatever is asked for, and what it says of the person is kept from others.
DESK = re.compile(r"frappe\.boot ?= ?")
# A function of another name is looked for where a text was given.
STRAY = re.compile(r"App \w+ is not installed")
# What differs from one answer to the next, whatever was asked; and the names of what is hidden and of its twin.
PASSING = (
	(re.compile("981(?:0[1-8])"), "98100"),
	(re.compile("９８１０[１-８]"), "98100"),
	# Codes of what has been made meanwhile.
	(re.compile(r"\b[A-Z]{2,5}-(?:20\d\d-)?\d{5}\b"), "C"),
	# Of several links that are not seen the first is named; one that the caller's own record holds already is not new.
	(re.compile(r"[\w ]+: there is no [\w ]+ C that you see"), "a link is not seen"),
	# Letter by letter, or each letter once in whatever order.
	(re.compile("'9', '8', '1', '0', '[1-8]'"), "98100"),
	(re.compile(r"characters: \{[^}]*\}"), "L"),
	(re.compile("z[qx](?=[g-z])"), "zq"),
	(re.compile(r"\d{4}-\d\d-\d\d[ T+]\d\d(:|%3A)\d\d(:|%3A)\d\d(\.\d+)?"), "T"),
	(re.compile(r"\d\d-\d\d-\d{4}(,? \d\d:\d\d(:\d\d)?)?"), "T"),
	(re.compile(r"\bat 0x[0-9a-f]+"), "A"),
	(re.compile(r'"(execution_time|creation|modified)": ?"?[\d.e-]+"?'), "S"),
	(re.compile(r"__frappe_exc_id\W+[0-9a-f]+"), "E"),
)
HASH = re.compile("[a-z0-9]{10,}")
# Whoever asks too often, or beside another who changes the same, is told so.
NO_ANSWER = (b"QueryDeadlockError", b"QueryTimeoutError", b"RateLimitExceededError", b"TooManyRequestsError")


class Secrets:
	"""The words of the hidden clients."""

	def __init__(self, canaries: Iterable[str]) -> None:
		self.parts = {part for canary in canaries for part in get_parts(canary)}

	def find(self, ask: Ask, answer: Answer) -> list[str]:
		"""Return what an answer tells, in whatever form, that was not in the question."""
		asked = str(ask).lower()
		told = set()
		for text in get_texts(answer.data + answer.headers.encode()):
			told |= {part for part in self.find_parts(text) if part not in asked}
			codes = self.find_codes(answer, text)
			told |= {code for code in codes if code.lower().removeprefix("tab") not in asked}
		return sorted(told)

	def find_codes(self, answer: Answer, text: str) -> list[str]:
		"""Return names; but for the page that says “not found”, which Frappe keeps with the address of who asked first."""
		is_kept = answer.status == 404 and answer.kind == "text/html"
		return [] if is_kept or "981" not in text else CODE.findall(text)

	def find_parts(self, text: str) -> set[str]:
		return {part for run in RUN.findall(text.lower()) for part in get_parts(run)} & self.parts


def get_parts(word: str) -> Iterator[str]:
	return (word[at : at + PART] for at in range(len(word) - PART + 1))


def get_texts(data: bytes, depth: int = 0) -> Iterator[str]:
	"""Yield what can be read in a file: itself, what is packed in it, what a PDF says, what is written in base64."""
	yield re.sub(r"\\+[ntr]", " ", data.replace(b"\0", b"").decode(errors="replace"))
	if depth > 3:
		return
	if b"PK\x03\x04" in data[:4]:
		for content in unpack(data):
			yield from get_texts(content, depth + 1)
	elif data[:5] == b"%PDF-":
		yield read_pdf(data)
	for found in ENCODED.findall(data):
		yield from get_texts(decode(found), depth + 3)


def unpack(data: bytes) -> Iterator[bytes]:
	try:
		with zipfile.ZipFile(io.BytesIO(data)) as archive:
			yield from map(archive.read, archive.namelist())
	except zipfile.BadZipFile:
		return


def read_pdf(data: bytes) -> str:
	from pypdf import PdfReader
	from pypdf.errors import PyPdfError

	try:
		return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
	except PyPdfError:
		return ""


def decode(text: bytes) -> bytes:
	try:
		return base64.b64decode(
			text[: len(text.rstrip(b"=")) // 4 * 4], altchars=b"-_" if set(text) & set(b"-_") else None
		)
	except binascii.Error:
		return b""


def normalise(answer: Answer) -> str:
	"""Return an answer without the names in it, and without what differs each time."""
	text = answer.text if answer.kind.startswith(TEXTS) and not DESK.search(answer.text) else ""
	text = f"{answer.status} {answer.kind} {answer.headers} {text}"
	for pattern, instead in PASSING:
		text = pattern.sub(instead, text)
	return HASH.sub(hide_hash, text)


def hide_hash(found: re.Match) -> str:
	"""Return H for a name that Frappe has just given, or for a sum of something."""
	word = found[0]
	is_name = len(word) == 10 and not word.isalpha()
	return "H" if is_name or (len(word) >= 32 and not set(word) - set("0123456789abcdef")) else word


def is_answer(answer: Answer) -> bool:
	return answer.status != 429 and not any(words in answer.data for words in NO_ANSWER)


def get_difference(one: str, other: str) -> str:
	"""Return the first place where two answers part."""
	place = next(
		(at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
	)
	start = max(0, place - 60)
	return f"hidden “{one[:15]} … {one[start : place + 120]}” absent “{other[:15]} … {other[start : place + 120]}”"
