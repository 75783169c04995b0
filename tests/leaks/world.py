"""The hidden client as the tests from outside know it: what is asked about, and its twin that does not exist."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

# What tells of the hidden client: a name of one of its records or rows, or a marker.
SECRET = re.compile(r"\b[A-Z]+-(?:20\d\d-)?0*981(?:01|03|05)\b|\b981(?:01|03|05)[0-9a-f]{5}\b|zq[0-9a-f]{10}")


@dataclass(frozen=True)
class Target:
	"""A record, a row of a table, a trace that points at records, or a report: what a path is asked about."""

	doctype: str
	name: str
	absent: str
	fields: dict[str, str]
	client: str = ""
	children: tuple["Target", ...] = ()
	fieldname: str = ""
	parent: "Target | None" = field(default=None, compare=False)
	# Of a trace: its fields of the DocType and the name it points at, and all names it points at.
	points: tuple[str, str] = ("", "")
	names: tuple[str, ...] = ()
	file_url: str = ""
	tag: str = ""

	@cached_property
	def twin(self) -> "Target":
		"""Return what does not exist: as long, and unlike in nothing else."""
		twins = {name: get_twin(name) for name in self.fields.values()}
		return replace(
			self,
			name=self.absent,
			fields={key: twins[value] for key, value in self.fields.items()},
			client=get_twin(self.client),
			children=tuple(child.twin for child in self.children),
			parent=self.parent and replace(self.parent, name=self.parent.absent),
			names=tuple(map(get_twin, self.names)),
			file_url=get_twin(self.file_url),
			tag=get_twin(self.tag),
		)

	@property
	def field(self) -> str:
		"""Return a field with a text of the record's own."""
		return next((name for name in self.fields if name != "client_name"), "name")

	@property
	def marker(self) -> str:
		return self.fields.get(self.field, self.name)

	@property
	def label(self) -> str:
		above = self.parent and self.parent.doctype
		return (
			f"{above}: {self.doctype}" if above else self.name if self.doctype == "Report" else self.doctype
		)


def get_twin(text: str) -> str:
	"""Return the twin of a name or marker: the next number, or a marker that was never written."""
	text = re.sub(r"981(01|03|05)", lambda found: f"981{int(found[1]) + 1:02}", text or "")
	return re.sub(r"zq([0-9a-f]{10})", r"zx\1", text)


@dataclass(frozen=True)
class World:
	"""One hidden client: its records, their rows, and what points at them."""

	records: tuple[Target, ...]
	rows: tuple[Target, ...]
	traces: tuple[Target, ...]
	reports: tuple[Target, ...]

	def get_targets(self, about: str) -> tuple[Target, ...]:
		targets = {"record": self.records, "row": self.rows, "trace": self.traces, "report": self.reports}
		return targets[about]


def read_world(made: dict[str, Any], reports: list[str]) -> World:
	"""Return the hidden client that `leak_world.make` answered."""
	records = tuple(get_record(record, made["traces"]) for record in made["records"])
	rows = tuple(replace(row, parent=record) for record in records for row in record.children)
	traces = get_traces(made["traces"], tuple(record.name for record in records))
	return World(records, rows, traces, tuple(Target("Report", name, name, {}) for name in reports))


def get_record(made: dict[str, Any], traces: list[dict[str, Any]]) -> Target:
	known = {"doctype": made["doctype"], "name": made["hidden"], "absent": made["absent"]}
	children = tuple(
		Target(row["doctype"], row["hidden"], row["absent"], row["fields"], fieldname=row["fieldname"])
		for row in made["children"]
	)
	own = {trace["doctype"]: trace for trace in traces if trace["about"] == made["doctype"]}
	pointing = {"file_url": own["File"]["file_url"], "tag": own["Tag Link"]["tag"]}
	return Target(**known, fields=made["fields"], client=made["client"], children=children, **pointing)


def get_traces(made: list[dict[str, Any]], names: tuple[str, ...]) -> tuple[Target, ...]:
	"""Return one target for each kind of trace; the answer about it is searched for all it points at."""
	kinds = {trace["doctype"]: trace for trace in made}
	return tuple(
		Target(
			kind,
			trace["hidden"],
			get_twin(trace["hidden"]),
			{},
			points=(trace["type_field"], trace["name_field"]),
			names=names,
		)
		for kind, trace in kinds.items()
	)
