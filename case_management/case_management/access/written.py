"""Conditions that are written once: to write the rule takes longer than to ask by it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from case_management.case_management.access.grants import get_state

# For a few dozen people at work, each with their lists and forms.
KEPT = 256


def written_once(write: Callable[..., Any]) -> Callable[..., Any]:
	"""Keep what a function of a DocType and a user writes, for as long as nothing that it depends on changes."""
	keep = lru_cache(maxsize=KEPT)(lambda state, *arguments: write(*arguments))

	@wraps(write)
	def give(doctype: str, user: str, *arguments: Any) -> Any:
		return keep(get_state(user), doctype, user, *arguments)

	return give
