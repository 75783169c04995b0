"""The statistical linkage key SLK-581 (METEOR 686238): counts people once across services without naming them."""

import re
import unicodedata
from datetime import date

import frappe
from frappe.utils import getdate

from case_management.case_management.record.actions import store

SEXES = ("1", "2", "3", "9")
UNKNOWN_SEX = "9"


def make_linkage_key(
	given_name: str | None, family_name: str | None, birth_date: date | str | None, sex: str | None
) -> str | None:
	"""Return the key: letters 2, 3 and 5 of the family name, 2 and 3 of the given name, DDMMYYYY, sex.

	:param given_name: the legal given name; a missing one gives 99
	:param family_name: the legal family name; a missing one gives 999
	:param birth_date: known or estimated; without one there is no key, since the standard gives no date to invent
	:param sex: the code recorded for statistics: 1 male, 2 female, 3 other; anything else is 9, unknown
	:return: 14 characters, None without a date of birth
	"""
	if not birth_date:
		return None
	family = pick_letters(family_name, (2, 3, 5))
	given = pick_letters(given_name, (2, 3))
	return f"{family}{given}{getdate(birth_date):%d%m%Y}{sex if sex in SEXES else UNKNOWN_SEX}"


def pick_letters(name: str | None, places: tuple[int, ...]) -> str:
	"""Return the letters at these places (counted from 1): 2 where the name is too short, 9 where there is none.

	Only letters count, not hyphens, apostrophes, spaces or digits; an accented letter counts as its base letter.
	"""
	letters = get_letters(name)
	if not letters:
		return "9" * len(places)
	return "".join(letters[place - 1] if place <= len(letters) else "2" for place in places)


def get_letters(name: str | None) -> str:
	"""Return the letters A to Z of a name, in upper case and without accents."""
	return re.sub("[^A-Z]", "", unicodedata.normalize("NFKD", name or "").upper())


def update_linkage_key(client: str) -> None:
	"""Make the key of a client's identity record anew, where there is one: their date of birth has changed."""
	if name := frappe.db.get_value("Client Identity", {"client": client}, "name"):
		store(frappe.get_doc("Client Identity", name))
