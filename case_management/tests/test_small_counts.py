"""Small counts are not told, nor left over where the others of a sum are taken from it (B24, C16)."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from unittest import TestCase

import frappe
from frappe.core.doctype.report.report import get_report_module_dotted_path

from case_management.case_management.record.small_counts import Equation, Told, Whole, get_legend, get_shown
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_user

SMALL = 5
UNTOLD = "n.p."
Texts = tuple[int | str, ...]


def tell(parts: tuple[int, ...], rest: int | None = None, is_whole_shown: bool = True) -> Texts:
	"""Return what is told of parts, and of what they add up to with the rest."""
	counts = {(0, str(place)): part for place, part in enumerate(parts)}
	cells = tuple(counts)
	if is_whole_shown:
		counts[0, "whole"] = sum(parts) + (rest or 0)
	told = Told(counts, SMALL)
	told.protect([Equation((0, "whole") if is_whole_shown else None, cells, rest is not None)])
	return tuple(map(told.get_text, counts))


def could_be(text: int | str, most: int) -> range:
	"""Return what a count may be by what is told of it."""
	if text == UNTOLD:
		return range(most + 1)
	if isinstance(text, int):
		return range(text, text + 1)
	return range(1, SMALL) if text == f"<{SMALL}" else range(SMALL, most + 1)


def read(texts: Texts, has_rest: bool) -> Iterator[tuple[int, ...]]:
	"""Return all parts, and the rest, that a reader of a row may think of."""
	*parts, whole = texts
	most = max(could_be(whole, 0), default=0)
	for thought in product(*[could_be(text, most) for text in parts]):
		rest = [total - sum(thought) for total in could_be(whole, most)]
		yield from ((*thought, left) for left in rest if left == 0 or (has_rest and left > 0))


class TestSmallCounts(TestCase):
	def assert_none_is_worked_out(self, counts: tuple[int, ...], has_rest: bool) -> None:
		parts, rest = (counts[:-1], counts[-1]) if has_rest else (counts, None)
		texts = tell(parts, rest)
		thoughts = [set(column) for column in zip(*read(texts, has_rest), strict=True)]
		for count, thought in zip(counts, thoughts, strict=False):
			self.assertIn(count, thought, texts)
			if 0 < count < SMALL:
				self.assertGreater(len(thought), 1, f"{counts} told as {texts}")

	def test_none_can_be_worked_out_of_parts_and_their_whole(self) -> None:
		for counts in product(range(11), repeat=3):
			self.assert_none_is_worked_out(counts, has_rest=False)

	def test_none_can_be_worked_out_of_some_parts_and_a_whole(self) -> None:
		for counts in product(range(11), repeat=3):
			self.assert_none_is_worked_out(counts, has_rest=True)

	def test_none_can_be_worked_out_by_who_knows_how_it_is_done(self) -> None:
		"""All rows that are told alike are thought of, and no others."""
		most, alike = 16, defaultdict(set)
		for parts in product(range(most), repeat=3):
			alike[tell(parts)].add(parts)
		for texts, rows in alike.items():
			if max(map(max, rows)) < most - 1:
				for column in map(set, zip(*rows, strict=True)):
					self.assertFalse(len(column) == 1 and 0 < min(column) < SMALL, f"{rows} told as {texts}")

	def test_what_tells_nothing_of_a_few_is_told(self) -> None:
		self.assertEqual(tell((7, 0, 30)), (7, 0, 30, 37))
		self.assertEqual(tell((5, 6)), (5, 6, 11))
		self.assertEqual(tell((3,), rest=9), ("<5", 12))

	def test_one_more_part_is_a_bound_where_one_is_small(self) -> None:
		self.assertEqual(tell((3, 20, 40)), ("<5", "≥5", 40, 63))

	def test_a_part_is_a_bound_where_few_are_not_of_it(self) -> None:
		self.assertEqual(tell((48,), rest=2), ("≥5", 50))

	def test_two_small_ones_hide_each_other(self) -> None:
		self.assertEqual(tell((2, 3, 40)), ("<5", "<5", 40, 45))

	def test_nothing_is_told_of_parts_that_hide_nothing(self) -> None:
		self.assertEqual(tell((4, 4, 0)), (UNTOLD, UNTOLD, 0, 8))

	def test_a_whole_that_others_know_counts_as_told(self) -> None:
		self.assertEqual(tell((3, 20), is_whole_shown=False), ("<5", "≥5"))
		self.assertEqual(tell((2, 1), is_whole_shown=False), ("<5", "<5"))


class TestShownRows(CaseTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.auditor = make_user("Case Auditor")
		cls.lead = make_user("Case Manager Lead")

	def test_rows_of_a_program_hide_each_other(self) -> None:
		rows = [{"program": program, "cases": cases} for program, cases in (("A", 3), ("A", 20), ("B", 9))]
		with self.as_user(self.auditor):
			self.assertEqual([row["cases"] for row in get_shown(rows, across=("cases",))], ["<5", "≥5", 9])

	def test_a_share_is_told_of_exact_counts_only(self) -> None:
		rows = [{"all": 63, "a": 3, "b": 20, "c": 40, "share": 63.5, "of_b": 31.7}]
		shares = {"share": ("c", "all"), "of_b": ("b", "all")}
		with self.as_user(self.auditor):
			row = get_shown(rows, (Whole("all", ("a", "b", "c")),), shares=shares)[0]
		self.assertEqual((row["share"], row["of_b"]), (63.5, None))

	def test_what_stands_for_a_count_is_explained_to_who_sees_it(self) -> None:
		with self.as_user(self.auditor):
			self.assertIn("&lt;5", get_legend())
		with self.as_user(self.lead):
			self.assertIsNone(get_legend())

	def test_a_leader_sees_them_as_they_are(self) -> None:
		rows = [{"program": "A", "all": 3, "part": 1, "share": 33.3}]
		with self.as_user(self.lead):
			shown = get_shown(
				rows, (Whole("all", ("part",), rest=True),), ("all",), {"share": ("part", "all")}
			)
		self.assertEqual(shown, rows)

	def test_every_report_says_what_its_shares_are_computed_of(self) -> None:
		for name in frappe.get_all("Report", {"module": "Case Management"}, pluck="name"):
			module = frappe.get_module(get_report_module_dotted_path("Case Management", name))
			if hasattr(module, "get_shown") and hasattr(module, "SUMS"):
				with self.subTest(name), self.as_user(self.auditor):
					columns = module.execute({})[0]
					shares = {row["fieldname"] for row in columns if row["fieldtype"] == "Percent"}
					counts = {row["fieldname"] for row in columns} - shares
					self.assertEqual(set(getattr(module, "SHARES", {})), shares)
					for whole, parts, _rest in module.SUMS:
						self.assertLessEqual({whole, *parts}, counts)
					within = {
						(whole, parts[0]) for whole, parts, rest in module.SUMS if rest and len(parts) == 1
					}
					through = {
						(whole, part) for whole, middle in within for of, part in within if of == middle
					}
					self.assertLessEqual(through, within, "who is not of a part's part is of the whole, too")
