"""Where everything is. Nothing is written outside BUILD, but for installed system packages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HOST = Path(__file__).resolve().parent
REPO = HOST.parent
BUILD = REPO / ".build"
DOWNLOADS = BUILD / "downloads"
NODE = BUILD / "node"
DIST = BUILD / "dist"
SNAPSHOTS = BUILD / "snapshots"
RESULTS = BUILD / "results"
APP = "case_management"


@dataclass(frozen=True)
class Bench:
	"""The folders of a bench, ours or a real one."""

	root: Path

	@property
	def sites(self) -> Path:
		return self.root / "sites"

	@property
	def logs(self) -> Path:
		return self.root / "logs"

	@property
	def python(self) -> Path:
		return self.root / "env" / "bin" / "python"

	@property
	def pids(self) -> Path:
		return BUILD / "pids"

	def site(self, name: str) -> Path:
		return self.sites / name


OWN_BENCH = Bench(BUILD / "bench")
ENGINE_PARENT = OWN_BENCH.root / "build"
ENGINE = ENGINE_PARENT / "frappe"
