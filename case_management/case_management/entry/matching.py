"""Likely matches: is the person who makes contact somebody the service knows already?

A name is compared by how it sounds, since it is heard on the phone and spelled in several ways; the sound is stored
with the name in an indexed field, so that a match is a look-up and no walk through every client. What identifies a
client is shown only to who may see them. Of others there is the code, what agrees, what the caller has entered and agrees
exactly, and whether there is an open case: enough to ask the person in front of one, and nothing to browse with.
"""

import re
from datetime import date
from itertools import permutations

import frappe
from anyascii import anyascii
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, getdate
from pypika.enums import Order
from pypika.queries import QueryBuilder, Table
from pypika.terms import Case, Criterion, Field, Star, ValueWrapper

from case_management.permissions import is_not_denied

# What the best agreement of a name and of a birth date is worth, of 100; a match counts as likely from LIKELY on.
NAME_WORTH = {"whole_name": 60, "other_name": 50, "first_name": 40}
BIRTH_WORTH = {
	"same_birth_date": 40,
	"swapped_birth_date": 30,
	"near_birth_date": 20,
	"mistyped_birth_date": 20,
	"unknown_birth_date": 0,
}
OTHER_BIRTH_DATE = -30
LIKELY = 30

ALWAYS, NEVER = ValueWrapper(1) == 1, ValueWrapper(1) == 0

# How letters sound in names, applied in this order: hard and soft letters first, then silent ones, then vowels.
SOUNDS = tuple(
	(re.compile(pattern), sound)
	for pattern, sound in (
		(r"^(KN|GN|PN)", "N"),
		(r"^WR", "R"),
		(r"^WH", "W"),
		(r"^(PS|X)", "S"),
		(r"CH(?=[RL])", "K"),
		(r"SCH|TCH|CH|SH|[CST]I(?=[AO])", "1"),
		(r"PH|V", "F"),
		(r"DG", "J"),
		(r"(?<=.)GH", ""),
		(r"G(?=[EIY])", "J"),
		(r"C(?=[EIY])|Z", "S"),
		(r"CK|C|Q", "K"),
		(r"X", "KS"),
		(r"(?<=.)[HW]", ""),
		(r"(.)\1+", r"\1"),
		(r"^[AEIOUY]+", "A"),
		(r"(?<=.)[AEIOUY]", ""),
	)
)
LONGEST_SOUND = 140
# Of a name of more words only the first are tried in another order.
WORDS_TO_ORDER = 4


def get_sound(name: str | None) -> str:
	"""Return the key of how a name sounds, one part a word: `Stephen Leigh` and `Steven Lee` are both `STFN L`.

	Accents, strokes, case and signs do not count, and a hyphen or an apostrophe joins. A name in another script is what it is
	transliterated to: `Łukasz` is `Lukasz`, `Søren` is `Soren`, and `Анна` is `Anna`.
	"""
	plain = anyascii(re.sub(r"(?<=\w)['’ʼ‐-](?=\w)", "", name or "")).upper()
	words = (get_word_sound(word) for word in re.findall(r"[A-Z]+", plain))
	return " ".join(words)[:LONGEST_SOUND].strip()


def get_word_sound(word: str) -> str:
	for pattern, sound in SOUNDS:
		word = pattern.sub(sound, word)
	return word


def keep_former_name(client: Document) -> None:
	"""Keep what a client was called before, and how it sounds: they may be asked for by it."""
	before = client.get_doc_before_save()
	if before and client.has_value_changed("preferred_name"):
		row = {"name_used": before.preferred_name, "name_sound": before.name_sound, "kind": "Former"}
		client.append("former_names", row)


def find_matches(name: str, birth_date: date | str | None, estimated: bool | int = False) -> list[dict]:
	"""Return the clients who may be the person, the likeliest first, no more than Settings say.

	A restricted client is offered only to who is on their list.

	:param estimated: the birth date is a guess, so a year before or after agrees too
	:return: rows of `client`, `score` (0 to 100), `reasons` (translated), `visible`; with `preferred_name` and
	        `birth_date` where the user may see the client, else with what `get_echo` gives
	"""
	rows = find_clients(get_sound(name), getdate(birth_date) if birth_date else None, estimated)
	seen = get_visible([row.client for row in rows])
	return [get_match(row, seen.get(row.client), name) for row in rows]


def find_clients(sound: str, birth_date: date | None, estimated: bool | int) -> list[frappe._dict]:
	"""Return code, score and what agrees of each likely match, computed by the database."""
	agreement = get_agreement(sound, birth_date, estimated).as_("agreement")
	score = get_worth(agreement, NAME_WORTH, 0) + get_worth(agreement, BIRTH_WORTH, OTHER_BIRTH_DATE)
	query = frappe.qb.from_(agreement).select(Star(agreement), score.as_("score")).where(score >= LIKELY)
	if frappe.session.user != "Administrator":
		query = query.where(is_not_denied(agreement.client, frappe.session.user))
	query = query.orderby(score, order=Order.desc).orderby(agreement.client)
	return query.limit(get_limit()).run(as_dict=True)


def get_worth(agreement: QueryBuilder, worth: dict[str, int], otherwise: int) -> Case:
	"""Return what the best agreement of a kind is worth."""
	case = Case()
	for test, points in worth.items():
		case = case.when(Field(test, table=agreement) == 1, points)
	return case.else_(otherwise)


def get_agreement(sound: str, birth_date: date | None, estimated: bool | int) -> QueryBuilder:
	"""Return the candidates with a column of 1 or 0 for each thing that may agree."""
	client, candidate = DocType("Client"), get_candidates(sound, birth_date).as_("candidate")
	tests = {**get_name_tests(client, sound), **get_birth_tests(client, birth_date, estimated)}
	tests["open_case"] = client.name.isin(get_clients_with_open_case())
	query = frappe.qb.from_(candidate).join(client).on(client.name == candidate.client)
	query = query.select(client.name.as_("client"), client.preferred_name, client.birth_date)
	return query.select(*(Case().when(test, 1).else_(0).as_(name) for name, test in tests.items()))


def get_clients_with_open_case() -> QueryBuilder:
	case = DocType("Client Case")
	return frappe.qb.from_(case).select(case.client).where(case.status != "Closed")


def get_candidates(sound: str, birth_date: date | None) -> QueryBuilder:
	"""Return the clients with a name that begins alike or the same birth date, by look-ups in indexes."""
	client = DocType("Client")
	by_name = (
		frappe.qb.from_(client)
		.select(client.name.as_("client"))
		.where(begins_alike(client.name_sound, sound))
	)
	by_date = frappe.qb.from_(client).select(client.name.as_("client")).where(client.birth_date == birth_date)
	candidates = by_name
	for clients in get_clients_by_other_name(sound):
		candidates = candidates.union(clients)
	return candidates.union(by_date) if birth_date else candidates


def get_clients_by_other_name(sound: str) -> tuple[QueryBuilder, ...]:
	"""Return the clients whose legal name begins alike, those with another recorded name that does, and those once called so."""
	identity, used = DocType("Client Identity"), DocType("Client Name Use")
	legal = frappe.qb.from_(identity).select(identity.client).where(begins_alike(identity.name_sound, sound))
	others = frappe.qb.from_(used).join(identity).on(identity.name == used.parent).select(identity.client)
	former = frappe.qb.from_(used).select(used.parent).where(used.parenttype == "Client")
	alike = begins_alike(used.name_sound, sound)
	return legal, others.where(alike), former.where(alike)


def begins_alike(column: Field, sound: str) -> Criterion:
	"""Return the condition that the first word of a name sounds as a word of `sound`, as two of them together, or as its beginning.

	Some write the family name first, and what is one word for one is two for another: Annemarie, Anne Marie.
	"""
	words = sound.split()
	pairs = ["".join(words[at : at + 2]) for at in range(len(words) - 1)]
	ways = [(column == word) | column.like(f"{word} %") for word in [*words, *pairs]]
	return (
		Criterion.any(ways + [column.like(f"{parted}%") for parted in get_parted(words)]) if words else NEVER
	)


def get_parted(words: list[str]) -> list[str]:
	"""Return the first word of a name as two, in each way that it can be parted."""
	return [f"{words[0][:at]} {words[0][at:]}" for at in range(2, len(words[0]))] if words else []


def is_same_name(column: Field, sound: str) -> Criterion:
	"""Return the condition that a name of several words sounds the same, in whatever order and however it is parted."""
	words = sound.split()
	orders = {" ".join(order) for order in permutations(words[:WORDS_TO_ORDER])} if len(words) > 1 else set()
	joined = {" ".join(["".join(words[:2]), *words[2:]])} if len(words) > 1 else set()
	parted = {" ".join([first, *words[1:]]) for first in get_parted(words)}
	return column.isin(sorted(orders | joined | parted)) if orders | parted else NEVER


def get_name_tests(client: Table, sound: str) -> dict[str, Criterion]:
	"""Return what may agree about the name: a name of several words, another name, the first word."""
	others = [client.name.isin(clients) for clients in get_clients_by_other_name(sound)]
	return {
		"whole_name": is_same_name(client.name_sound, sound),
		"other_name": Criterion.any(others),
		"first_name": begins_alike(client.name_sound, sound),
	}


def get_birth_tests(client: Table, birth_date: date | None, estimated: bool | int) -> dict[str, Criterion]:
	"""Return what may agree about the birth date; one that is not known on either side says nothing."""
	if not birth_date:
		return {**dict.fromkeys(BIRTH_WORTH, NEVER), "unknown_birth_date": ALWAYS}
	near = is_year_near(client, birth_date)
	return {
		"same_birth_date": client.birth_date == birth_date,
		"swapped_birth_date": client.birth_date == swap_day_and_month(birth_date),
		"near_birth_date": near if estimated else near & (client.birth_date_estimated == 1),
		"mistyped_birth_date": client.birth_date.isin(get_mistyped(birth_date)),
		"unknown_birth_date": client.birth_date.isnull(),
	}


def get_mistyped(day: date) -> list[date]:
	"""Return the dates that are written with one other digit."""
	text, found = f"{day:%Y%m%d}", set()
	for at in range(len(text)):
		for digit in "0123456789":
			try:
				found.add(
					date.fromisoformat(f"{(t := text[:at] + digit + text[at + 1 :])[:4]}-{t[4:6]}-{t[6:]}")
				)
			except ValueError:
				continue
	return sorted(found - {day})


def swap_day_and_month(day: date) -> date:
	"""Return the date as it reads with day and month exchanged; itself where that is no date."""
	return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def is_year_near(client: Table, birth_date: date) -> Criterion:
	first, last = date(max(birth_date.year - 1, 1), 1, 1), date(min(birth_date.year + 1, 9999), 12, 31)
	return (client.birth_date >= first) & (client.birth_date <= last)


def get_limit() -> int:
	return cint(frappe.db.get_single_value("Case Management Settings", "match_limit")) or 8


def get_visible(clients: list[str]) -> dict[str, frappe._dict]:
	"""Return name and birth date of those of the clients whom the user may see."""
	if not clients or not frappe.has_permission("Client", "read"):
		return {}
	fields = ["name", "preferred_name", "birth_date"]
	rows = frappe.get_list("Client", filters={"name": ("in", clients)}, fields=fields)
	return {row.name: row for row in rows}


def get_match(row: frappe._dict, seen: frappe._dict | None, name: str | None) -> dict:
	match = {"client": row.client, "score": max(0, min(100, row.score)), "visible": bool(seen)}
	if seen:
		match.update({"preferred_name": seen.preferred_name, "birth_date": seen.birth_date})
	else:
		match.update(get_echo(row, name))
	return {**match, "reasons": get_reasons(row, bool(seen))}


def get_echo(row: frappe._dict, name: str | None) -> dict:
	"""Return what is shown of a client whom the user does not see: what they have entered themselves, where it agrees.

	:return: `preferred_name` where it is the client's, `birth_year` where the date of birth agrees, and `open_case` where
	        that or the whole name agrees
	"""
	echo, born = {}, row.same_birth_date or row.swapped_birth_date
	if get_words(name) == get_words(row.preferred_name):
		echo["preferred_name"] = name
	if born:
		echo["birth_year"] = getdate(row.birth_date).year
	if born or row.whole_name:
		echo["open_case"] = bool(row.open_case)
	return echo


def get_words(name: str | None) -> list[str]:
	return (name or "").casefold().split()


def get_reasons(row: frappe._dict, visible: bool) -> list[str]:
	"""Return what agrees, in words. Which name it is, is said only to who may see the client."""
	names = {
		"whole_name": _("The whole name sounds alike"),
		"other_name": _("Another recorded name sounds alike"),
		"first_name": _("The first name sounds alike"),
	}
	births = {
		"same_birth_date": _("Same date of birth"),
		"swapped_birth_date": _("Same date of birth with day and month exchanged"),
		"near_birth_date": _("Estimated year of birth within a year"),
		"mistyped_birth_date": _("Date of birth with one other digit"),
	}
	name = next((text for test, text in names.items() if row[test]), None)
	birth = next((text for test, text in births.items() if row[test]), None)
	return [
		reason for reason in (name if visible or not name else _("The name sounds alike"), birth) if reason
	]
