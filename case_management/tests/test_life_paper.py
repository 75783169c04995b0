"""Life: what people say is in any script, and a paper shows it (L21)."""

import re

import frappe

from case_management.tests.plan_base import SupportTestCase
from case_management.tests.plan_factories import make_active_plan, make_support_case

WORDS = ("<b>x</b>", "أريد بيتًا 2026-12-01", "😀", "ง" * 140)


class TestPaper(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_active_plan(make_support_case(), goal=" ".join(WORDS[1:]))

	def test_life_l21_every_print_format_shows_any_script(self) -> None:
		formats = frappe.get_all("Print Format", {"module": "Case Management"}, ["name", "html"])
		self.assertEqual(len(formats), 5)
		for row in formats:
			html = (
				frappe.db.get_value("Print Format", row.name, "html")
				or frappe.get_doc("Print Format", row.name).html
			)
			with self.subTest(print_format=row.name):
				self.assertIn("any_script.html", html or self.read(row.name))

	def read(self, name: str) -> str:
		folder = frappe.scrub(name)
		return frappe.read_file(
			frappe.get_app_path(
				"case_management", "case_management", "print_format", folder, f"{folder}.html"
			)
		)

	def test_life_l21_words_of_a_goal_are_whole_in_their_own_direction_and_break(self) -> None:
		html = frappe.get_print("Support Plan", self.plan.name, "Support Plan for the Client")
		for word in WORDS[1:]:
			self.assertIn(word, html)
		style = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
		for rule in (
			"overflow-wrap: anywhere",
			"unicode-bidi: plaintext",
			"Noto Sans Arabic",
			"Noto Color Emoji",
		):
			self.assertIn(rule, style)
