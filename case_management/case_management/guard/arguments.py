"""What a request says: its arguments as Frappe's functions will read them, and the client DocTypes that it names.

Arguments come as text, and lists and documents as JSON in it, in which a letter can be written in more than one way. So
whatever is asked about a request is asked of its arguments after they were read.
"""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils.caching import site_cache

from case_management.case_management.guard.addresses import get_doctype
from case_management.case_management.guard.referencing import get_tables
from case_management.permissions import CLIENT_RECORDS

# How often JSON may stand within JSON: a document in an argument of a method's.
DEPTH = 12
# Within how many seconds an administrator's new table of a client record is known by its name.
KNOWN_FOR = 60
# Arguments and fields by which Frappe takes the name of a DocType.
FILTERS = ("filters", "or_filters")
# Arguments that are one record's name.
NUMBERED = ("dn", "docname", "name", "reference_docname", "reference_name", "source_name")
KINDS = (
	"doc",
	"dt",
	"reference_dt",
	"reference_type",
	"document_type",
	"doc_type",
)


def get_arguments() -> dict[str, Any]:
	"""Return the request's arguments, those that are JSON as what they hold.

	A number is made the text that it is in an address: a database finds a name by a number that it begins with.
	"""
	for key, value in frappe.form_dict.items():
		if type(value) is int and key in NUMBERED:
			frappe.form_dict[key] = str(value)
	return {key: parse(value) for key, value in frappe.form_dict.items()}


def parse(value: Any, depth: int = DEPTH) -> Any:
	"""Return what a text holds as JSON, at any depth; anything else as it is."""
	if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
		try:
			value = json.loads(value)
		except (ValueError, RecursionError):
			return value
	if not depth:
		return value
	if isinstance(value, dict):
		return {key: parse(inner, depth - 1) for key, inner in value.items()}
	return [parse(inner, depth - 1) for inner in value] if isinstance(value, list) else value


def walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
	"""Yield each text, number and object in an argument, with the key under which it stands; and each key, under none."""
	yield key, value
	if isinstance(value, dict):
		for inner_key, inner in value.items():
			yield "", inner_key
			yield from walk(inner, str(inner_key))
	elif isinstance(value, list):
		for inner in value:
			yield from walk(inner, key)


def get_mentioned(given: dict[str, Any]) -> set[str]:
	"""Return the client DocTypes, and the tables of theirs, that a request names where a DocType is named.

	A customer may be called like one of them, or somebody may look for the word.

	:param given: the request's arguments, as `get_arguments` returns them
	"""
	names = get_client_doctypes()
	named = {
		value for key, value in walk(given) if isinstance(value, str) and value in names and is_place(key)
	}
	return named | ({get_doctype()} & names)


def is_place(key: str) -> bool:
	"""Tell whether the name of a DocType may stand at a key: of its own, in a filter's row, or as a key itself."""
	return not key or is_kind(key) or key.endswith("_type") or key in FILTERS


def is_misspelt(given: dict[str, Any]) -> bool:
	"""Tell whether a client DocType is named in a spelling that only a database takes for its name."""
	doctypes = [value for key, value in walk(given) if is_kind(key) and isinstance(value, str)]
	return any(is_other_spelling(doctype) for doctype in [*doctypes, get_doctype() or ""])


def is_other_spelling(doctype: str) -> bool:
	return doctype not in get_client_doctypes() and fold(doctype) in get_folded_doctypes()


def is_kind(key: str) -> bool:
	"""Tell whether an argument or a field holds the name of a DocType."""
	return "doctype" in key or key in KINDS


def fold(text: str) -> str:
	"""Return a text without what a database passes over when it compares: case, accents, blanks, invisible letters."""
	letters = unicodedata.normalize("NFKD", text[:140])
	return "".join(letter for letter in letters if unicodedata.category(letter)[0] not in "MCZ").casefold()


@site_cache(ttl=KNOWN_FOR)
def get_client_doctypes() -> frozenset[str]:
	"""Return the names of the client DocTypes and of their tables, an administrator's custom tables included."""
	return frozenset([*CLIENT_RECORDS, *get_tables()])


@site_cache(ttl=KNOWN_FOR)
def get_folded_doctypes() -> frozenset[str]:
	return frozenset(fold(name) for name in get_client_doctypes())


@site_cache(ttl=KNOWN_FOR)
def get_stems() -> tuple[str, ...]:
	"""Return what stands in each name of a client DocType, folded: names that begin with another's are found by it."""
	names = sorted(get_folded_doctypes(), key=len)
	return tuple(name for at, name in enumerate(names) if not any(stem in name for stem in names[:at]))


def get_text() -> str | None:
	"""Return all that a request says, in small letters without blanks; None where letters may be written in another way.

	A letter may be written as an escape, or be one that a database takes for another.
	"""
	values = [value if isinstance(value, str) else str(value) for value in frappe.form_dict.values()]
	text = "".join([get_doctype() or "", *values, *frappe.form_dict])
	return "".join(text.split()).lower() if text.isascii() and "\\u" not in text else None


def may_say(text: str | None, words: tuple[str, ...]) -> bool:
	"""Tell whether a request says one of some words, or could; most on a site say none, and are not looked at further.

	:param text: as `get_text` returns it
	"""
	return text is None or any(word in text for word in words)
