"""Counts of a few people or events, which could point to somebody: who is told them, and how they are kept from others.

A small count is told as less than a number (Settings say which). Where counts add up, one that is not told is what the
others leave of their sum; so another one is told as a bound only, until none can be worked out: complementary
suppression, as statistical offices do it. What it cannot hide: two periods a day apart, each told by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import cint, escape_html

COUNTS_EXACTLY = frozenset(("Case Manager Lead",))
# A row's number and a fieldname.
Cell = tuple[int, str]
# The least and the most that a count can be, as it is told.
Bounds = tuple[float, float]
UNTOLD = (0, inf)


class Whole(NamedTuple):
	"""A count of a row that others of it make up.

	:param whole: its fieldname
	:param parts: theirs
	:param rest: there may be what belongs to none of the parts
	"""

	whole: str
	parts: tuple[str, ...]
	rest: bool = False


class Equation(NamedTuple):
	"""Cells that add up to another one, or to what was counted in all, which other reports tell."""

	whole: Cell | None
	parts: tuple[Cell, ...]
	rest: bool = False


class Told:
	"""What is told of the counts in cells, at first each by itself.

	:param counts: the exact counts
	:param small: the number below which a count is small
	"""

	def __init__(self, counts: dict[Cell, int], small: int) -> None:
		self.counts, self.small = counts, small
		self.bounds = {cell: self.get_bounds(count) for cell, count in counts.items()}

	def get_bounds(self, count: int) -> Bounds:
		return (1, self.small - 1) if self.is_small(count) else (count, count)

	def is_small(self, count: int) -> bool:
		return 0 < count < self.small

	def is_exact(self, cell: Cell) -> bool:
		low, high = self.bounds[cell]
		return low == high and not self.is_small(self.counts[cell])

	def protect(self, equations: list[Equation]) -> None:
		"""Tell less, until no small count is narrowed down by the others of its equations."""
		changed = True
		while changed:
			changed = False
			for equation in equations:
				while self.is_narrowed(equation) and self.hide(equation):
					changed = True

	def is_narrowed(self, equation: Equation) -> bool:
		"""Tell whether the others of an equation leave fewer numbers for a small count of it than there are small ones.

		Where the whole is small too all of them are few in any case, and more than one is enough.
		"""
		terms = self.get_terms(equation)
		enough = 1 if self.is_small(-terms[-1][0]) else self.small - 2
		least = (-others for others in sum_others([high for _count, (_low, high) in terms]))
		most = (-others for others in sum_others([low for _count, (low, _high) in terms]))
		for (count, (low, high)), lowest, highest in zip(terms, least, most, strict=True):
			span = min(high, highest) - max(low, lowest)
			if self.is_small(abs(count)) and low < high and span < enough:
				return True
		return False

	def get_terms(self, equation: Equation) -> list[tuple[int, Bounds]]:
		"""Return what comes to nothing when it is added: parts and rest, less the whole; each with its bounds."""
		parts = [(self.counts[cell], self.bounds[cell]) for cell in equation.parts]
		total = sum(count for count, _bounds in parts)
		whole = self.counts[equation.whole] if equation.whole else total
		low, high = self.bounds[equation.whole] if equation.whole else self.get_bounds(whole)
		rest = [(whole - total, (1 if self.is_small(whole - total) else 0, inf))] if equation.rest else []
		return [*parts, *rest, (-whole, (-high, -low))]

	def hide(self, equation: Equation) -> bool:
		"""Tell one part less that is told exactly as a bound; where there is none, nothing of any part.

		It is the first one, not the smallest: which one it is says nothing.
		"""
		parts = [cell for cell in equation.parts if self.counts[cell]]
		if exact := [cell for cell in parts if self.is_exact(cell)]:
			self.bounds[exact[0]] = (self.small, inf)
			return True
		changed = any(self.bounds[cell] != UNTOLD for cell in parts)
		self.bounds.update(dict.fromkeys(parts, UNTOLD))
		return changed

	def get_text(self, cell: Cell) -> int | str:
		"""Return a count as it is told: a number, what it is less or no less than, or that it is not published."""
		low, high = self.bounds[cell]
		if self.is_small(self.counts[cell]) and high < inf:
			return f"<{self.small}"
		return _("n.p.") if (low, high) == UNTOLD else f"≥{low}" if high == inf else low


def sum_others(numbers: list[float]) -> Iterator[float]:
	"""Return for each number the sum of the others; some may be infinite, all of one sign."""
	finite = sum(number for number in numbers if abs(number) < inf)
	endless = [number for number in numbers if abs(number) == inf]
	for number in numbers:
		if abs(number) < inf:
			yield endless[0] if endless else finite - number
		else:
			yield endless[0] if len(endless) > 1 else finite


def get_shown(
	rows: Iterable[dict],
	sums: Iterable[Whole] = (),
	across: Iterable[str] = (),
	shares: dict[str, tuple[str, ...]] | None = None,
	by: str = "program",
) -> list[dict]:
	"""Return rows as the user may see them: who does not see small counts is told none that could be worked out.

	:param rows: each a dict; its whole numbers are counts
	:param sums: what adds up within each row
	:param across: the counts whose sum over the rows of a program is told by another report, or by a share
	:param shares: share → the counts of its row that it is computed of; it is told only where all of them are
	:param by: the fieldname of the program, or of what else rows are of
	"""
	rows = list(rows)
	if counts_exactly():
		return rows
	told = Told(get_counts(rows), get_small_count())
	told.protect([*get_equations_within(told, rows, sums), *get_equations_across(rows, across, by)])
	return [get_shown_row(told, number, row, shares or {}) for number, row in enumerate(rows)]


def get_legend() -> str | None:
	"""Return what stands for the counts that are not told as they are, for whom that is so."""
	if counts_exactly():
		return None
	legend = _(
		"Counts below {0} are shown as <{0}. ≥{0} and n.p. (not published) keep them from being worked out."
	)
	return escape_html(legend.format(get_small_count()))


def get_counts(rows: list[dict]) -> dict[Cell, int]:
	counts = {(number, key): value for number, row in enumerate(rows) for key, value in row.items()}
	return {cell: value for cell, value in counts.items() if isinstance(value, int)}


def get_equations_within(told: Told, rows: list[dict], sums: Iterable[Whole]) -> Iterator[Equation]:
	"""Return the sums of each row that has their counts, and for which they hold: a need may have two sources."""
	for number in range(len(rows)):
		for whole, parts, rest in sums:
			cells = [(number, part) for part in parts]
			if told.counts.keys() >= {(number, whole), *cells}:
				over = told.counts[number, whole] - sum(told.counts[cell] for cell in cells)
				if over == 0 or (rest and over > 0):
					yield Equation((number, whole), tuple(cells), rest)


def get_equations_across(rows: list[dict], across: Iterable[str], by: str) -> Iterator[Equation]:
	numbers = defaultdict(list)
	for number, row in enumerate(rows):
		numbers[row.get(by)].append(number)
	for field in across:
		for of_program in numbers.values():
			yield Equation(None, tuple((number, field) for number in of_program))


def get_shown_row(told: Told, number: int, row: dict, shares: dict[str, tuple[str, ...]]) -> dict:
	counts = {key: told.get_text((number, key)) for key in row if (number, key) in told.counts}
	cells = {share: [(number, part) for part in shares[share]] for share in row.keys() & shares.keys()}
	untold = [share for share in cells if not all(map(told.is_exact, cells[share]))]
	return {**row, **counts, **dict.fromkeys(untold)}


def counts_exactly() -> bool:
	"""Tell whether the user sees small counts as they are."""
	user = frappe.session.user
	return user == "Administrator" or bool(COUNTS_EXACTLY.intersection(frappe.get_roles(user)))


def get_small_count() -> int:
	"""Return the number of people or events below which a count is not told (5 by default)."""
	return cint(frappe.get_cached_value("Case Management Settings", None, "small_count"))


def may_tell(count: int) -> bool:
	"""Tell whether the user sees what is computed from so many people or events: an average, or a sum of hours."""
	return counts_exactly() or count >= get_small_count()


def get_share(part: int, whole: int, exact: bool | None = None) -> float | None:
	"""Return how many percent a part is; None where nothing was counted.

	Who does not see small counts does not see a share either from which one could be worked out.

	:param exact: tell it in any case; by default as the user's roles say
	"""
	if not whole:
		return None
	is_exact = counts_exactly() if exact is None else exact
	if not is_exact and any(0 < count < get_small_count() for count in (part, whole - part, whole)):
		return None
	return round(100 * part / whole, 1)
