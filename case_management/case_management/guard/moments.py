"""What a process finds out about its site, and knows for a moment: so short that whoever changes it can wait as long."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import frappe

SECONDS = 1
# Of which site until when, and what.
known: dict[str, tuple[float, dict]] = {}


def known_for_a_moment(find: Callable[..., Any]) -> Callable[..., Any]:
	"""Let a process find something out once in a moment, whatever the number of requests."""

	@wraps(find)
	def give(*arguments: Any) -> Any:
		until, found = known.get(frappe.local.site, (0, {}))
		if time.monotonic() >= until:
			found = {}
			known[frappe.local.site] = (time.monotonic() + SECONDS, found)
		key = (find.__name__, *arguments)
		if key not in found:
			found[key] = find(*arguments)
		return found[key]

	return give


def wait() -> None:
	"""Wait until no process knows what was before."""
	forget()
	time.sleep(SECONDS)


def forget() -> None:
	"""Let this process find out afresh."""
	known.pop(frappe.local.site, None)
