"""PDF by wkhtmltopdf, the build of Debian included.

Styles and pictures are put into the page before, so that the program reads nothing from disk or network. Debian's build
cannot repeat a header and a footer on each page; with it they stay where they are in the document: first and last.
"""

from __future__ import annotations

import base64
import contextlib
import io
import logging
import mimetypes
import os
import subprocess
import tempfile
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlparse

import cssutils
from bs4 import BeautifulSoup
from frappe.core.doctype.file.utils import find_file_by_url
from frappe.utils.jinja_globals import bundled_asset, is_rtl
from pypdf import PdfReader, PdfWriter

import frappe
from frappe import _
from frappe.utils import cstr

PAGE_STYLES = {
	"margin-top",
	"margin-bottom",
	"margin-left",
	"margin-right",
	"page-size",
	"page-width",
	"page-height",
}
PAGE_STYLES |= {"header-spacing", "orientation"}
FLAGS = (
	"print-media-type",
	"background",
	"images",
	"quiet",
	"disable-javascript",
	"disable-local-file-access",
)
TIMEOUT = 120

# It complains of every modern style property.
cssutils.log.setLevel(logging.CRITICAL)


def get_pdf(html: str, options: dict | None = None, output: PdfWriter | None = None):
	"""Return a page as PDF.

	:param options: Options of wkhtmltopdf by their long names, and `password`.
	:param output: Add the pages to this writer, and return it.
	"""
	html, options = prepare_options(html, dict(options or {}))
	password = options.pop("password", None)
	try:
		data = _wkhtmltopdf(html, options)
	finally:
		cleanup(options)

	if output is not None:
		output.append_pages_from_reader(PdfReader(io.BytesIO(data)))
		return output
	writer = PdfWriter()
	writer.append_pages_from_reader(PdfReader(io.BytesIO(data)))
	if password:
		writer.encrypt(password)
	return get_file_data_from_writer(writer)


def _wkhtmltopdf(html: str, options: dict) -> bytes:
	command = ["wkhtmltopdf", "--load-error-handling", "ignore", "--load-media-error-handling", "ignore"]
	for name, value in options.items():
		command.append(f"--{name}")
		if value not in (None, ""):
			command.append(str(value))
	env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
	try:
		done = subprocess.run(
			[*command, "-", "-"], input=html.encode(), capture_output=True, env=env, timeout=TIMEOUT
		)
	except FileNotFoundError:
		frappe.throw(_("wkhtmltopdf is not installed: no PDF can be made"))
	if not done.stdout.startswith(b"%PDF"):
		frappe.log_error(title="wkhtmltopdf", message=done.stderr.decode(errors="replace"))
		frappe.throw(_("PDF generation failed"))
	return done.stdout


def get_chrome_pdf(*args, **kwargs) -> bytes | None:
	"""Frappe's other way to a PDF is not there: wkhtmltopdf makes it."""
	return None


def get_file_data_from_writer(writer: PdfWriter) -> bytes:
	stream = io.BytesIO()
	writer.write(stream)
	return stream.getvalue()


# --- what print formats hook into


def pdf_body_html(template, args, **kwargs) -> str:
	"""Render a print format."""
	try:
		return template.render(args, filters={"len": len})
	except Exception as error:
		frappe.throw(
			_("Error in print format: {0}").format(error),
			exc=frappe.PrintFormatError,
			title=_("Print Format Error"),
		)


def pdf_header_html(soup, head, content, styles, html_id, css) -> str:
	"""Render the page that is repeated at the head of every page."""
	return frappe.render_template(
		"templates/print_formats/pdf_header_footer.html",
		{
			"head": head,
			"content": content,
			"styles": styles,
			"html_id": html_id,
			"css": css,
			"lang": frappe.local.lang,
			"layout_direction": "rtl" if is_rtl() else "ltr",
		},
	)


def pdf_footer_html(soup, head, content, styles, html_id, css) -> str:
	"""Render the page that is repeated at the foot of every page."""
	return pdf_header_html(soup=soup, head=head, content=content, styles=styles, html_id=html_id, css=css)


# --- options


def prepare_options(html: str, options: dict) -> tuple[str, dict]:
	"""Return the page as wkhtmltopdf gets it, and all options: ours, those of the page, those of Print Settings."""
	options.update(dict.fromkeys(FLAGS), encoding="UTF-8")
	for side in ("margin-left", "margin-right"):
		options.setdefault(side, "15mm")
	html, found = read_options_from_html(html)
	options.update(found)

	def setting(name: str):
		return frappe.db.get_single_value("Print Settings", name)

	size = options.pop("page-size", None) or setting("pdf_page_size") or "A4"
	if size == "Custom":
		options["page-height"] = options.get("page-height") or setting("pdf_page_height")
		options["page-width"] = options.get("page-width") or setting("pdf_page_width")
	else:
		options["page-size"] = size
	return html, options


def read_options_from_html(html: str) -> tuple[str, dict]:
	soup = BeautifulSoup(html, "html5lib")
	inline_assets(soup)
	options = prepare_header_footer(soup)
	toggle_visible_pdf(soup)
	options.update(
		{style.name: style.value for style in get_print_format_styles(soup) if style.name in PAGE_STYLES}
	)
	return str(soup), options


def get_print_format_styles(soup) -> list:
	"""Return the style properties of the class print-format itself."""
	sheet = cssutils.parseString(
		"".join(cstr(tag.string) for tag in soup.find_all("style") if not tag.get("data-asset"))
	)
	rules = (rule for rule in sheet if isinstance(rule, cssutils.css.CSSStyleRule))
	ours = (
		rule for rule in rules if ".print-format" in [part.strip() for part in rule.selectorText.split(",")]
	)
	return [style for rule in ours for style in rule.style]


def prepare_header_footer(soup) -> dict:
	"""Take header and footer out of the page and into files, or leave them in it for a build that cannot repeat."""
	options = {}
	for html_id, margin in (("header-html", "margin-top"), ("footer-html", "margin-bottom")):
		content = soup.find(id=html_id)
		if not content:
			options[margin] = "15mm"
		elif is_wkhtmltopdf_valid():
			options[html_id] = _repeated_part(soup, html_id, content.extract())
		elif html_id == "footer-html":
			content.parent.append(content.extract())
	return options


def _repeated_part(soup, html_id: str, content) -> str:
	for tag in soup.find_all(id=html_id):
		tag.extract()
	toggle_visible_pdf(content)
	css = frappe.read_file(
		os.path.join(frappe.local.sites_path, bundled_asset("print.bundle.css").lstrip("/"))
	)
	hook = frappe.get_hooks("pdf_" + html_id.replace("-", "_"))[-1]
	html = frappe.get_attr(hook)(
		soup=soup,
		head=soup.find("head").contents,
		content=content,
		styles=soup.find_all("style"),
		html_id=html_id,
		css=css,
	)
	with tempfile.NamedTemporaryFile("w", prefix="frappe-pdf-", suffix=".html", delete=False) as file:
		file.write(html)
	return file.name


def cleanup(options: dict) -> None:
	for name in ("header-html", "footer-html"):
		if options.get(name):
			with contextlib.suppress(FileNotFoundError):
				os.remove(options[name])


def toggle_visible_pdf(soup) -> None:
	"""Show what is for PDF only, and take out what is not for PDF."""
	for tag in soup.find_all(class_="visible-pdf"):
		tag["class"].remove("visible-pdf")
	for tag in soup.find_all(class_="hidden-pdf"):
		tag.extract()


# --- styles and pictures


def inline_assets(soup) -> None:
	"""Put the style sheets and pictures of this site into the page."""
	for link in soup.find_all("link", rel="stylesheet"):
		content = _read_asset(cstr(link.get("href")))
		if content is not None:
			style = soup.new_tag("style")
			style["data-asset"] = "1"
			style.string = content.decode(errors="replace")
			link.replace_with(style)
	for image in soup.find_all("img", src=True):
		if data := _picture(image["src"]):
			image["src"] = data


def inline_private_images(html: str) -> str:
	soup = BeautifulSoup(html, "html.parser")
	inline_assets(soup)
	return str(soup)


def _read_asset(address: str) -> bytes | None:
	"""Return a file below `assets`, or None."""
	path = unquote(urlparse(address).path)
	folder = os.path.realpath(os.path.join(frappe.local.sites_path, "assets"))
	name = os.path.normpath(os.path.join(folder, path.removeprefix("/assets/")))
	if not path.startswith("/assets/") or not name.startswith(folder + os.sep) or not os.path.isfile(name):
		return None
	with open(name, "rb") as file:
		return file.read()


def _picture(source: str) -> str | None:
	"""Return a picture of this site as a data address, if the user may see it."""
	address = urlparse(source)
	kind = mimetypes.guess_type(address.path)[0] or ""
	if not kind.startswith("image/"):
		return None
	content = _read_asset(source)
	if content is None:
		try:
			file = find_file_by_url(
				unquote(address.path), name=(parse_qs(address.query).get("fid") or [None])[0]
			)
			content = file.get_content() if file else None
		except Exception:
			frappe.logger("pdf").error("A picture cannot be put into the PDF", exc_info=True)
	if content is None:
		return None
	content = content.encode() if isinstance(content, str) else content
	return f"data:{kind};base64,{base64.b64encode(content).decode()}"


# --- about the program, and about uploaded files


@lru_cache
def _wkhtmltopdf_answer() -> str:
	try:
		return subprocess.run(["wkhtmltopdf", "--version"], capture_output=True, text=True, timeout=30).stdout
	except (OSError, subprocess.SubprocessError):
		return ""


@frappe.whitelist()
def is_wkhtmltopdf_valid() -> bool:
	"""Return whether this build can repeat headers and footers."""
	return "patched qt" in _wkhtmltopdf_answer().lower()


def get_wkhtmltopdf_version() -> str:
	words = _wkhtmltopdf_answer().split()
	return words[1] if len(words) > 1 else "0"


def pdf_contains_js(content: bytes | None = None, path: str | None = None) -> bool:
	"""Return whether a PDF carries JavaScript: in its names, or as an action of the document or of a page."""
	if content is None and path:
		with open(path, "rb") as file:
			content = file.read()
	try:
		reader = PdfReader(io.BytesIO(content or b""))
		places = [reader.trailer["/Root"], *reader.pages]
	except Exception:
		return False
	if "/JavaScript" in (places[0].get("/Names") or {}):
		return True
	actions = [place.get(key) for place in places for key in ("/OpenAction", "/AA")]
	return any(
		"/JS" in str(action.get_object() if hasattr(action, "get_object") else action)
		for action in actions
		if action
	)
