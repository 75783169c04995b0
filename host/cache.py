"""What was built is kept with a key of what it was built from; another key means: build again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

IGNORED_FOLDERS = {"__pycache__", "node_modules", "dist"}


def files_below(folder: Path) -> Iterable[Path]:
	"""Yield the files below a folder in a fixed order, without what tools leave behind."""
	for path in sorted(folder.rglob("*")):
		parts = path.relative_to(folder).parts
		left_behind = path.suffix == ".pyc" or any(
			part in IGNORED_FOLDERS or part[0] == "." for part in parts
		)
		if path.is_file() and not left_behind:
			yield path


def key_of(*parts: str | Path) -> str:
	"""Return a short hash of texts, files, and folders of files."""
	digest = hashlib.sha256()
	for part in parts:
		if isinstance(part, str):
			digest.update(part.encode() + b"\0")
			continue
		for path in [part] if part.is_file() else files_below(part):
			digest.update(str(path.relative_to(part)).encode() + b"\0" + path.read_bytes() + b"\0")
	return digest.hexdigest()[:16]


def is_current(marker: Path, key: str) -> bool:
	"""Return whether the marker file holds the key."""
	return marker.is_file() and marker.read_text().strip() == key


def set_current(marker: Path, key: str) -> None:
	marker.write_text(key + "\n")
