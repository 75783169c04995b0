"""The made-up service as it is written down in `fixtures/` at the root of the repository."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import frappe
from frappe.utils import add_days, add_years, getdate

# Ends of mobile numbers that are kept for fiction.
PHONES = ("006", "156", "157", "158", "159", "110", "313", "737")


@cache
def read_file(path: Path) -> str:
	return path.read_text(encoding="utf-8")


def read(name: str) -> list | dict:
	"""Return the content of a file of the fixtures, a fresh copy each time."""
	folder = Path(frappe.get_app_source_path("case_management", "fixtures")).resolve()
	return json.loads(read_file(folder / f"{name}.json"))


def get_words() -> dict:
	return read("words")


def get_people() -> dict[str, dict]:
	"""Return the clients by their key, each with a number by which what is not written down varies."""
	return {person["key"]: {**person, "number": number} for number, person in enumerate(read("people"))}


def get_code(code_list: str, value: str | int | None) -> str | None:
	"""Return the name of a Case Code: the list and the code as the standards write it."""
	return None if value is None else f"{code_list}-{value}"


def get_day(offset: int) -> date:
	"""Return the day that lies `offset` days from today; the fixtures count so that they never grow old."""
	return getdate(add_days(getdate(), offset))


def get_birth_date(person: dict) -> date:
	"""Return the birthday of a person who has the age of the fixtures today."""
	number = person.get("number", 0)
	return getdate(add_days(add_years(getdate(), -person["age"]), -(11 + 37 * number % 340)))


def get_phone(number: int) -> str:
	"""Return one of the numbers that are kept free for made-up people in Australia."""
	return f"0491 570 {PHONES[number % len(PHONES)]}"
