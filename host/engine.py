"""The engine: fetched from the Python package registry, renamed, put in order and repaired.

The package is Frappe's source under another name. The name is put back, modules go back to where Frappe has them, the
version is set, and `repair.py` does the rest. The result is a plain package found by one .pth line.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import zipfile
from pathlib import Path

from .cache import is_current, key_of, set_current
from .console import run, step
from .errors import HostError
from .paths import DOWNLOADS, ENGINE, ENGINE_PARENT, HOST, OWN_BENCH, REPO
from .repair import REPAIRS, apply_repairs

PACKAGE, VERSION = "monoframe", "0.0.1"
WHEEL = f"{PACKAGE}-{VERSION}-py3-none-any.whl"
SHA256 = "192e1430290ba868e515186a1e21bbdc7190a66fffbfaf35d5296bfca83a70ca"
ENGINE_LINE = f"Frappe 16-derived engine ({PACKAGE} {VERSION})"
FRAPPE_VERSION = "16.0.0"

TEXT_SUFFIXES = {
	".py",
	"._py",
	".js",
	".ts",
	".vue",
	".json",
	".html",
	".scss",
	".css",
	".less",
	".txt",
	".csv",
	".md",
}
TEXT_SUFFIXES |= {".xml", ".svg", ".jinja", ".sql", ".raw", ""}
MOVED = {
	"model/module_utils.py": "modules/utils.py",
	"model/import_doc.py": "modules/import_file.py",
	"model/export.py": "modules/export_file.py",
	"patches.py": "modules/patch_handler.py",
	"tests/utils.py": "tests/utils/__init__.py",
}
# Hooks name pictures that the package has under another name.
COPIED = {"public/images/frappe-framework-logo.svg": "public/images/frappe-logo.svg"}
DOTTED = [
	(r"frappe\.model\.module_utils\b", "frappe.modules.utils"),
	(r"from frappe\.model import module_utils\b", "from frappe.modules import utils as module_utils"),
	(r"frappe\.model\.import_doc\b", "frappe.modules.import_file"),
	(r"frappe\.model\.export\b", "frappe.modules.export_file"),
	(r"frappe\.patches\b(?!\.v\d)", "frappe.modules.patch_handler"),
]
DOTTED_SUFFIXES = {".py", ".js", ".json", ".txt", ".vue", ".html"}


def engine_key() -> str:
	"""Return the key of the engine: the package and everything that changes it."""
	return key_of(SHA256, HOST / "engine.py", HOST / "repair.py", REPAIRS)


def build_engine() -> bool:
	"""Build the engine if it is not there as it should be, and return whether it was built anew."""
	marker, key = ENGINE_PARENT / ".key", engine_key()
	if is_current(marker, key):
		return False
	wheel = _fetch()
	with step("engine: put in order and repaired"):
		shutil.rmtree(ENGINE_PARENT, ignore_errors=True)
		with zipfile.ZipFile(wheel) as archive:
			archive.extractall(ENGINE_PARENT, [n for n in archive.namelist() if n.startswith(f"{PACKAGE}/")])
		(ENGINE_PARENT / PACKAGE).rename(ENGINE)
		_rename_back()
		_move_back()
		_set_version()
		apply_repairs(ENGINE_PARENT)
		set_current(marker, key)
	return True


def link_into_env() -> None:
	"""Let the environment's Python find the engine and this checkout."""
	(packages,) = (OWN_BENCH.root / "env/lib").glob("python3*/site-packages")
	(packages / "case_management_host.pth").write_text(f"{ENGINE_PARENT}\n{REPO}\n")


def _fetch() -> Path:
	wheel = DOWNLOADS / WHEEL
	if not wheel.is_file():
		with step(f"{PACKAGE} {VERSION} from the package registry"):
			DOWNLOADS.mkdir(parents=True, exist_ok=True)
			command = [
				"-m",
				"pip",
				"download",
				"-q",
				"--no-deps",
				"--dest",
				DOWNLOADS,
				f"{PACKAGE}=={VERSION}",
			]
			python = OWN_BENCH.python if OWN_BENCH.python.exists() else sys.executable
			run([python, *command], f"{PACKAGE} {VERSION} cannot be fetched, is there a network?")
	found = hashlib.sha256(wheel.read_bytes()).hexdigest()
	if found != SHA256:
		wheel.unlink()
		raise HostError(
			f"{WHEEL} has the hash {found[:12]}… and not {SHA256[:12]}…: it was deleted, try again"
		)
	return wheel


def _rename_back() -> None:
	spellings = [(word(PACKAGE), word("frappe")) for word in (str.lower, str.capitalize, str.upper)]
	for path in sorted(ENGINE.rglob("*"), key=lambda path: -len(path.parts)):
		if path.is_file() and path.suffix in TEXT_SUFFIXES:
			data = path.read_bytes()
			try:
				text = data.decode()
			except UnicodeDecodeError:
				continue
			for old, new in spellings:
				text = text.replace(old, new)
			if text.encode() != data:
				path.write_bytes(text.encode())
		if PACKAGE in path.name:
			path.rename(path.with_name(path.name.replace(PACKAGE, "frappe")))


def _move_back() -> None:
	for old, new in MOVED.items():
		if not (ENGINE / old).is_file():
			raise HostError(f"the engine has no file {old} to move: is it another version of the package?")
		content = (ENGINE / old).read_text()
		(ENGINE / old).unlink()
		(ENGINE / new).parent.mkdir(parents=True, exist_ok=True)
		(ENGINE / new).write_text(content)
	for old, new in COPIED.items():
		shutil.copy(ENGINE / old, ENGINE / new)
	changes = [(re.compile(old), new) for old, new in DOTTED]
	for path in ENGINE.rglob("*"):
		if path.suffix in DOTTED_SUFFIXES and path.is_file():
			before = text = path.read_text()
			for pattern, new in changes:
				text = pattern.sub(new, text)
			if text != before:
				path.write_text(text)


def _set_version() -> None:
	init = ENGINE / "__init__.py"
	text, count = re.subn(
		r'^__version__ = ".*"$', f'__version__ = "{FRAPPE_VERSION}"', init.read_text(), flags=re.M
	)
	if count != 1:
		raise HostError("the engine's frappe/__init__.py has no line __version__")
	init.write_text(text)
