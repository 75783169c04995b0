"""A connection to the database on which nothing is kept, and which notes what goes over it.

What Frappe commits is a savepoint, so that a question can be asked in a transaction that is undone when it is answered: each is
asked of the same site, and what it wrote is known. It is noted, too, whether anything was read that hangs on what is hidden:
where nothing was, the answer is that for what is not there.
"""

import re
from contextlib import closing
from typing import Any

from world import get_twin_text, is_about_hidden

KEPT = "kept_by_the_question"
WRITES = re.compile(
	r"\s*(insert(?:\s+ignore)?\s+into|replace\s+into|update|delete\s+from)\s+[`\"]?(tab[^`\"]+|\w+)",
	re.IGNORECASE,
)
# What ends a transaction whether one wants it or not, or waits for no end of it.
LASTING = ("alter", "create", "drop", "truncate", "rename", "optimize", "analyze")


class LastingError(Exception):
	"""A statement that could not be undone."""


class Noted:
	"""What was written and read in answering one question."""

	def __init__(self) -> None:
		self.tells_apart = False
		self.written: list[tuple[str, str, str]] = []

	@property
	def text(self) -> str:
		return " ".join(text for _kind, _table, text in self.written)

	@property
	def tables(self) -> set[str]:
		return {table for _kind, table, _text in self.written}


class Connection:
	"""A connection that stays open; one question is answered on it at a time."""

	def __init__(self, real: Any) -> None:
		self.real, self.noted = real, Noted()

	def begin(self) -> None:
		self.real.rollback()
		with closing(self.real.cursor()) as cursor:
			cursor.execute(f"savepoint {KEPT}")
		self.noted = Noted()

	def close(self) -> None:
		"""Stay open."""

	def cursor(self, *given: Any, **named: Any) -> "Cursor":
		return Cursor(self, self.real.cursor(*given, **named))

	def __getattr__(self, name: str) -> Any:
		return getattr(self.real, name)


class Cursor:
	"""A cursor that notes each statement; it is the real one for all else."""

	def __init__(self, connection: Connection, real: Any) -> None:
		self.__dict__.update(owner=connection, real=real)

	def __getattr__(self, name: str) -> Any:
		return getattr(self.real, name)

	def __setattr__(self, name: str, value: Any) -> None:
		setattr(self.real, name, value)

	def __iter__(self) -> Any:
		return iter(self.real)

	def execute(self, query: Any, values: Any = None) -> Any:
		words = (query if isinstance(query, str) else str(query)).split(None, 2)
		first = words[0].lower().rstrip(";") if words else ""
		if first == "rollback" and words[1:2] != ["to"]:
			return self.undo()
		if first in ("commit", "start", "begin"):
			return self.real.execute(f"savepoint {KEPT}")
		if first in LASTING:
			raise LastingError(first)
		try:
			done = self.real.execute(query, values)
		except Exception:
			self.owner.noted.tells_apart = True
			raise
		self.note(first, str(query))
		return done

	def undo(self) -> Any:
		"""Undo what was not kept; all, if the database has done so already."""
		try:
			return self.real.execute(f"rollback to savepoint {KEPT}")
		except Exception:
			self.owner.real.rollback()
			return self.real.execute(f"savepoint {KEPT}")

	def note(self, first: str, query: str) -> None:
		noted = self.owner.noted
		statement = get_statement(self.real) or query
		if found := WRITES.match(statement):
			kind, table = found[1].split()[0].lower(), found[2]
			noted.written.append((kind, table, statement))
			changes = kind in ("update", "delete", "replace") and self.real.rowcount
			noted.tells_apart |= bool(changes) and is_about_hidden(statement)
		elif not noted.tells_apart and first in ("select", "show", "with", "explain", "("):
			noted.tells_apart = self.tells_apart(statement)

	def tells_apart(self, statement: str) -> bool:
		"""Tell whether what was read hangs on what is hidden: names it, or would be another if it were not there."""
		rows = getattr(self.real, "_rows", None)
		if rows is None:
			return True
		if rows and is_about_hidden(str(rows)):
			return True
		twin = get_twin_text(statement)
		if twin == statement:
			return False
		with closing(self.owner.real.cursor()) as other:
			other.execute(twin)
			return str(rows) != str(other._rows)


def get_statement(cursor: Any) -> str:
	"""Return what was sent to the database, with the values in it."""
	statement = getattr(cursor, "_executed", None) or getattr(cursor, "query", None) or ""
	return statement.decode(errors="replace") if isinstance(statement, bytes) else str(statement)
