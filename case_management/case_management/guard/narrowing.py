"""Functions of Frappe that show more than the user's own view of what is asked: the request is made to ask for no more.

What Frappe then answers is its own answer: the user's own events, the record that is not there, the one that is found.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_safe_filters

from case_management.case_management.guard.addresses import get_function
from case_management.case_management.guard.referencing import tells_of_clients
from case_management.case_management.guard.unseen import refuse_unseen
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, is_visible

GET = "frappe.client.get"
ORDER = "frappe.desk.doctype.kanban_board.kanban_board.update_order"
# Functions that show what is anybody's to whoever asks: by which argument they take the user. Here they show one's own.
OF_ANYBODY = {
	"frappe.core.doctype.user_permission.user_permission.get_user_permissions": "user",
	"frappe.desk.doctype.event.event.get_events": "user",
	# Frappe 15 only.
	"frappe.desk.page.user_profile.user_profile.get_energy_points_percentage_chart_data": "user",
	"frappe.desk.query_report.run": "user",
}
# Functions that have an answer of their own for what is not there: by which argument they take the name.
OF_ABSENT = {
	"frappe.client.validate_link": "docname",
	"frappe.client.validate_link_and_fetch": "docname",
	"frappe.desk.form.load.getdoc": "name",
}
# Functions that ask too little: for Frappe 15 anybody's template is run; a Frappe 16 asks, and goes on regardless.
OF_FEW = {
	"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview": (
		lambda: "System Manager" in frappe.get_roles()
	),
	"frappe.core.doctype.user.user.impersonate": lambda: frappe.has_permission("User", "impersonate"),
}
NARROWED = frozenset([GET, ORDER, *OF_ANYBODY, *OF_ABSENT, *OF_FEW])


def narrow(given: dict[str, Any]) -> None:
	"""Make the request ask for no more than the user's own view of what it asks for.

	:param given: the request's arguments, as `get_arguments` returns them
	:raises frappe.PermissionError: the function is not for this user, or nothing that the user sees matches
	"""
	function, doctype = get_function(), given.get("doctype")
	if (is_allowed := OF_FEW.get(function)) and not is_allowed():
		deny(_("Not permitted"))
	if (user := OF_ANYBODY.get(function)) and user in given:
		frappe.form_dict[user] = frappe.session.user
	# A board of clients' records keeps no order of cards (outgoing.py), and Frappe would tell in which column each stands.
	if (
		function == ORDER
		and frappe.db.get_value("Kanban Board", given.get("board_name"), "reference_doctype")
		in CLIENT_RECORDS
	):
		frappe.form_dict.order = "{}"
	if not isinstance(doctype, str) or not tells_of_clients(doctype):
		return
	# Fields with “Ignore User Permissions” ask for a search past all permissions.
	frappe.form_dict.pop("ignore_user_permissions", None)
	name = OF_ABSENT.get(function)
	if name and not (isinstance(given.get(name), str) and is_visible(doctype, given[name])):
		frappe.form_dict[name] = frappe.generate_hash(length=20)
	if function == GET and given.get("filters") and not given.get("name"):
		frappe.form_dict.name = find(doctype, given)


def find(doctype: str, given: dict[str, Any]) -> str:
	"""Find by filters among what the user sees; Frappe tells whether there is another record that matches."""
	filters = get_safe_filters(given["filters"])
	found = frappe.get_list(doctype, filters, pluck="name", limit=1, parent_doctype=given.get("parent"))
	return found[0] if found else refuse_unseen()
