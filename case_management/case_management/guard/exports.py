"""Formulas in what is exported: text that a spreadsheet would run is made text that it shows.

A caller's name may be `=HYPERLINK(…)`: opened in a spreadsheet it would send the row to somebody. Frappe writes such text
as it is, and in XLSX even as a formula.
"""

import csv
import re
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

import frappe
import openpyxl
from frappe.utils import cint
from werkzeug.wrappers import Response

# How a spreadsheet begins a formula; white space before it is passed over.
FORMULA = re.compile(r"^\s*[=+\-@]\s*\S|^[\t\r]")
# Numbers, dates and telephone numbers begin with a sign too, and call nothing.
NUMBER = re.compile(r"^\s*[+-]?[\d\s().,/-]*\d[\d\s().,/-]*%?\s*$")
MODULE = "Case Management"
CSV, XLSX = ".csv", ".xlsx"


def disarm(response: Response | None) -> None:
	"""Make formulas in a download of the app's records and reports plain text, whichever way it was exported."""
	name = get_file_name(response)
	if not name.endswith((CSV, XLSX)) or not is_ours(frappe.form_dict):
		return
	response.data = disarm_csv(response.data) if name.endswith(CSV) else disarm_xlsx(response.data)


def get_file_name(response: Response | None) -> str:
	disposition = response.headers.get("Content-Disposition", "") if response else ""
	return disposition.partition("filename")[2].strip("*=\"' ").lower()


def is_ours(form: dict) -> bool:
	"""Tell whether a request names a DocType or a report of the app."""
	named = {value for value in form.values() if isinstance(value, str)}
	for kind in ("DocType", "Report"):
		if frappe.get_all(kind, {"name": ("in", named), "module": MODULE}, limit=1):
			return True
	return False


def is_formula(cell: object) -> bool:
	return isinstance(cell, str) and bool(FORMULA.match(cell)) and not NUMBER.match(cell)


def disarm_csv(content: bytes) -> bytes:
	"""Return the file with an apostrophe before each formula, which is how a spreadsheet marks text."""
	form = frappe.form_dict
	delimiter = (form.get("csv_delimiter") or ",")[0]
	csv.field_size_limit(max(csv.field_size_limit(), len(content)))
	rows = list(csv.reader(StringIO(content.decode("utf-8"), newline=""), delimiter=delimiter))
	if not any(is_formula(cell) for row in rows for cell in row):
		return content
	quoting = cint(form.get("csv_quoting") or csv.QUOTE_NONNUMERIC)
	# Read again every cell is text: all are quoted where texts were.
	quoting = csv.QUOTE_ALL if quoting in (csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC) else csv.QUOTE_MINIMAL
	file = StringIO(newline="")
	writer = csv.writer(file, delimiter=delimiter, quoting=quoting)
	writer.writerows([f"'{cell}" if is_formula(cell) else cell for cell in row] for row in rows)
	return file.getvalue().encode("utf-8")


def disarm_xlsx(content: bytes) -> bytes:
	"""Return the file with its formulas as text: what an export writes is values."""
	if not has_formulas(content):
		return content
	book = openpyxl.load_workbook(BytesIO(content))
	for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
		if cell.data_type == "f":
			cell.data_type, cell.quotePrefix = "s", True
	file = BytesIO()
	book.save(file)
	return file.getvalue()


def has_formulas(content: bytes) -> bool:
	try:
		with ZipFile(BytesIO(content)) as parts:
			sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
			return any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in sheets)
	except BadZipFile:
		return False
