"""What a job does to one record after the other: one that fails stays as it was, and does not stop the others."""

from collections.abc import Callable, Iterable

import frappe


def do_one_by_one(names: Iterable[str], act: Callable[[str], object], what: str) -> None:
	"""Do something to each case of these codes.

	:param act: what is done, given a case's code
	:param what: a few words for the log's title
	"""
	for name in names:
		attempt("Client Case", name, lambda name=name: act(name), what)


def attempt(doctype: str, name: str, act: Callable[[], object], what: str) -> None:
	"""Act on one record; if that fails nothing of it is stored, and the error names the code only."""
	frappe.db.savepoint("one_by_one")
	try:
		act()
	except Exception as error:
		frappe.db.rollback(save_point="one_by_one")
		log_failure(doctype, name, error, what)


def log_failure(doctype: str, name: str, error: Exception, what: str) -> None:
	"""Note a failure for the System Manager, without the values that a traceback of Frappe's shows."""
	frappe.log_error(
		title=f"Case Management: {what} failed for {name}"[:140],
		message=f"{doctype} {name}\n{type(error).__name__}\n{frappe.get_traceback()}",
	)
