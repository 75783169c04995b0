"""The global search, a page of which is cut after what somebody does not see was left out.

It stands in for Frappe's own (hook override_whitelisted_methods); where nothing that it finds is hidden, it finds the same.
"""

import frappe
from frappe.utils import cint, global_search

from case_management.case_management.guard.referencing import tells_of_clients
from case_management.permissions import is_visible


@frappe.whitelist()
def search(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict]:
	"""Leave out of what the global search finds what the user does not see.

	:param text: what to look for
	:param start: how many results to pass over
	:param limit: how many to return at most
	:param doctype: of which DocType only
	:return: results as Frappe gives them
	"""
	words = filter(None, map(str.strip, set(text.split("&"))))
	return [row for word in words for row in find_page(word, cint(start), cint(limit), doctype)]


def find_page(word: str, start: int, limit: int, doctype: str) -> list[dict]:
	"""Return a page of what the search finds and the user sees, as if the rest were not there."""
	size = start + limit
	while True:
		found = sorted(global_search.search(word, 0, size, doctype), key=lambda row: -row.rank)
		seen = [
			row for row in found if not tells_of_clients(row.doctype) or is_visible(row.doctype, row.name)
		]
		if len(seen) >= start + limit or len(found) < size:
			return seen[start : start + limit]
		size *= 2
